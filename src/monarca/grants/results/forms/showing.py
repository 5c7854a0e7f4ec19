"""The pages of results as data: indicators with their bars, markers with their evidence, lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.engines import markers
from monarca.engines.reasons import Reason
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.states import Sensitivity
from monarca.grants.calls import queries as calls
from monarca.grants.reports.models import Report
from monarca.grants.reports.states import Status as Told
from monarca.grants.results import queries
from monarca.grants.results.forms.asking import Recording, Scoring, Targeting, group_name, scored
from monarca.grants.results.models import Actual, Indicator, MarkerScore
from monarca.grants.results.queries import Line, Outcome, Proposal
from monarca.grants.results.states import (
    GE_CODE,
    MARKERS,
    ORDER,
    OUTCOMES,
    SIGNIFICANCE,
    Level,
    Unit,
)
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Bar, Link, Noted, Status

type Definition = Mapping[str, Any]

MET = {"marker.met": "ok", "marker.not_met": "bad", "marker.not_answered": "plain"}


def amount(value: int | None, unit: str) -> str:
    """A value with its sign; a dash where there is none."""
    if value is None:
        return "—"
    said = formats.number(value)
    return _("%(number)s%%") % {"number": said} if unit == Unit.PERCENT else said


@dataclass(frozen=True, slots=True)
class Step:
    """What can be done with one indicator and one report: a page to go to, a button to press."""

    report: int
    href: str
    text: str
    verify: str = ""
    waits: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as the file's page prints it."""

    indicator: Indicator
    level: str
    is_outcome: bool
    caption: str
    said: str
    rows: Sequence[Sequence[Any]]
    status: Status
    steps: Sequence[Step]
    targets_url: str


def chart_head() -> list[str]:
    reached, way = pgettext("column", "Reached"), pgettext("column", "From → to")
    return [pgettext("column", "Who"), pgettext("column", "Progress"), reached, way]


def shown(outcome: Outcome, steps: Sequence[Step]) -> Shown:
    one = outcome.indicator
    where = [one.agreement.application.reference, one.number]
    return Shown(
        indicator=one,
        level=str(Level(one.level).label),
        is_outcome=one.level in OUTCOMES,
        caption=f"{one.number}. {trilingual.say(one.name).text}",
        said=_said(outcome.total),
        rows=[_row(line, one) for line in outcome.lines],
        status=_status(outcome),
        steps=steps,
        targets_url=reverse("results:targets", args=where),
    )


def _said(total: Line) -> str:
    """Where the values come from."""
    if total.actual is None or total.measured_on is None:
        return _("No report gave a value yet.")
    return _("Reached as report %(number)s says, measured on %(day)s.") % {
        "number": total.report,
        "day": formats.day(total.measured_on),
    }


def _row(line: Line, indicator: Indicator) -> list[Any]:
    unit = indicator.unit
    percent = line.percent
    reached = amount(line.actual, unit)
    way = _("%(percent)s%% of the way") % {"percent": formats.number(percent or 0)}
    start, target = amount(line.baseline, unit), amount(line.target, unit)
    return [
        group_name(line.group),
        Bar(percent or 0, 100, "wing" if line.group else "ink"),
        Noted(reached, way) if percent is not None else reached,
        target if line.baseline is None else f"{start} → {target}",
    ]


def _status(outcome: Outcome) -> Status:
    values = [line for line in outcome.lines if line.actual is not None]
    if not values:
        return Status(_("No value yet"), "plain")
    if all(line.is_verified for line in values):
        return Status(_("Verified"), "ok")
    return Status(_("To verify"), "warn")


def steps_of(
    indicator: Indicator,
    reports: Iterable[Report],
    standing: Mapping[int, Sequence[Actual]],
    me: int,
) -> list[Step]:
    """One step a received report: record from it, or correct and verify what was recorded."""
    ref = indicator.agreement.application.reference
    found = []
    for report in reports:
        where = [ref, indicator.number, report.number]
        rows = standing.get(report.pk, ())
        waiting = [row for row in rows if row.verified_at is None]
        others = [row for row in waiting if row.by_id != me]
        said = _("Correct the values of report %(number)s")
        if not rows:
            said = _("Record the values of report %(number)s")
        verify = reverse("results:verify", args=where) if others else ""
        accepted = report.status == Told.ACCEPTED
        found.append(
            Step(
                report=report.number,
                href=reverse("results:values", args=where),
                text=said % {"number": report.number},
                verify=verify if accepted else "",
                waits=bool(waiting) and not accepted,
                own=bool(waiting) and not others,
            )
        )
    return found


def standing_of(agreement: Agreement) -> dict[int, dict[int, list[Actual]]]:
    """Indicator -> report -> the values that stand, in one query."""
    found: dict[int, dict[int, list[Actual]]] = {}
    for row in queries.live().filter(indicator__agreement=agreement):
        found.setdefault(row.indicator_id, {}).setdefault(row.report_id, []).append(row)
    return found


def history(rows: Iterable[Actual], zone: str) -> list[list[Any]]:
    """Every value as it was written down; nothing is ever removed."""
    return [
        [
            Noted(
                trilingual.say(row.indicator.name).text,
                f"{group_name(row.group)} · "
                + _("Report %(number)s") % {"number": row.report.number},
            ),
            amount(row.value, row.indicator.unit),
            Noted(_who(row.by, row.at, zone), row.words, lang=row.report.language),
            _fate(row, zone),
        ]
        for row in rows
    ]


def _who(who: Any, at: Any, zone: str) -> str:
    return f"{who}, {formats.instant(at, zone)}"


def _fate(row: Actual, zone: str) -> Any:
    if hasattr(row, "corrected_by"):
        return Status(_("Corrected later"), "plain")
    if row.verified_at:
        return [Status(_("Verified"), "ok"), Noted(_who(row.verified_by, row.verified_at, zone))]
    return Status(_("To verify"), "warn")


def history_head() -> list[str]:
    return [
        pgettext("column", "Indicator"),
        pgettext("column", "Value"),
        pgettext("column", "Recorded"),
        pgettext("column", "Status"),
    ]


@dataclass(frozen=True, slots=True)
class Mark:
    """One marker as the page prints it: its score, what the evidence gives, and why."""

    name: str
    score: str
    derived: str
    because: str
    criteria: Sequence[tuple[str, Status]]
    notes: Sequence[str]
    words: str
    by: str
    url: str
    is_overridden: bool


def marks(agreement: Agreement, rows: Iterable[MarkerScore]) -> list[Mark]:
    definition = calls.definition(agreement.application.form_id)
    return [_mark(row, definition, agreement.application.reference) for row in rows]


def _mark(row: MarkerScore, definition: Definition, reference: str) -> Mark:
    labels = {b["code"]: trilingual.say(b["label"]).text for b in definition["gba"]["booleans"]}
    given = [Reason(one["code"], one["values"]) for one in row.reasons]
    criteria = [
        (labels.get(str(one.values["criterion"]), str(one.values["criterion"])), _met(one))
        for one in given[1:]
        if one.code in MET
    ]
    first = given[0] if given else None
    named = labels.get(str(first.values.get("criterion", ""))) if first else None
    because = reasons.sentence(first) if first else ""
    return Mark(
        name=str(MARKERS[row.marker]),
        score=score_name(row.marker, row.score, definition),
        derived=score_name(row.marker, row.derived, definition) if given else "",
        because=f"{because} ({named})" if named else because,
        criteria=criteria,
        notes=[reasons.sentence(one) for one in given[1:] if one.code not in MET],
        words=row.words,
        by=str(row.by),
        url=reverse("results:marker", args=[reference, row.marker]),
        is_overridden=bool(row.words) and bool(given),
    )


def _met(reason: Reason) -> Status:
    said = {
        "marker.met": pgettext("criterion", "Met"),
        "marker.not_met": pgettext("criterion", "Not met"),
        "marker.not_answered": pgettext("criterion", "Not answered"),
    }
    tones: dict[str, Any] = MET
    return Status(said[reason.code], tones[reason.code])


def score_name(marker: str, score: int | None, definition: Definition) -> str:
    """A score in words; blank is not the same as zero."""
    if score is None:
        return _("Blank: not screened")
    if marker == GE_CODE:
        return code_names(definition).get(score, f"GE-{score}")
    return f"{score}: {SIGNIFICANCE[score]}"


def code_names(definition: Definition) -> dict[int, str]:
    """The fund's own words for GE-0 to GE-3."""
    asked: Definition = next((q for q in definition["gba"]["questions"] if q["key"] == GE_CODE), {})
    return {int(o["code"]): trilingual.say(o["label"]).text for o in asked.get("options", ())}


def scoring(agreement: Agreement, marker: str, row: MarkerScore | None, sent: Any) -> Scoring:
    """The form that sets one marker, with its own scores in words."""
    definition = calls.definition(agreement.application.form_id)
    steps = markers.significances(marker)
    names = {score: score_name(marker, score, definition) for score in steps}
    return Scoring(names, sent, initial=scored(row))


def other_markers(agreement: Agreement, rows: Iterable[MarkerScore]) -> list[tuple[str, str]]:
    """(name, address) of the markers that nobody has set, gender aside."""
    taken = {row.marker for row in rows} | {GE_CODE, "1"}
    ref = agreement.application.reference
    return [
        (str(name), reverse("results:marker", args=[ref, code]))
        for code, name in MARKERS.items()
        if code not in taken
    ]


def offers(agreement: Agreement) -> dict[str, list[dict[str, str]]]:
    """What may be planned: the applicant's own, then the fund's list by level."""
    url = reverse("results:add", args=[agreement.application.reference])
    found: dict[str, list[dict[str, str]]] = {"own": []}
    for each in queries.proposals_of(agreement):
        key = "own" if each.is_own else each.level
        found.setdefault(key, []).append(_offer(each, url))
    return found


def _offer(each: Proposal, url: str) -> dict[str, str]:
    text, lang = trilingual.say(each.name)
    said = " · ".join(part for part in (each.start, each.target) if part)
    return {"href": f"{url}?code={each.code}", "text": text, "lang": lang, "note": said}


VIEWS = ("plan", "record", "verify", "score", "all")


def tabs() -> list[tuple[str, str]]:
    names = {
        "plan": _("To plan"),
        "record": _("To record"),
        "verify": _("To verify"),
        "score": _("To derive markers"),
        "all": _("All"),
    }
    return [(names[view], f"?view={view}") for view in VIEWS]


def list_head(view: str) -> list[str]:
    first = [pgettext("column", "Agreement"), pgettext("column", "Organization")]
    if view in {"record", "verify"}:
        return [*first, pgettext("column", "Report"), pgettext("column", "Accepted on")]
    return [
        *first,
        pgettext("column", "Indicators"),
        pgettext("column", "With a value"),
        pgettext("column", "Verified"),
        pgettext("column", "GE code"),
    ]


def report_rows(rows: Iterable[Report]) -> list[list[Any]]:
    return [
        [
            _link(row.agreement),
            _organisation(row.agreement),
            Noted(_("Report %(number)s") % {"number": row.number}, row.get_kind_display()),
            formats.day(row.closed_at.date(), style="medium") if row.closed_at else "—",
        ]
        for row in rows
    ]


def agreement_rows(rows: Iterable[Any]) -> list[list[Any]]:
    """Rows of `queries.counted`."""
    return [
        [
            _link(row),
            _organisation(row),
            formats.number(row.planned),
            formats.number(row.measured),
            formats.number(row.verified),
            "—" if row.ge is None else f"GE-{row.ge}",
        ]
        for row in rows
    ]


def _link(agreement: Agreement) -> Link:
    file = agreement.application
    return Link(agreement.number, reverse("results:file", args=[file.reference]), file.shown_title)


def _organisation(agreement: Agreement) -> str:
    """The recipient's name, kept out of the list where the file is not open."""
    is_open = agreement.application.sensitivity == Sensitivity.OPEN
    return agreement.recipient.legal_name if is_open else "—"


def found(view: str, total: int) -> str:
    said = ngettext("%(n)s agreement", "%(n)s agreements", total)
    if view in {"record", "verify"}:
        said = ngettext("%(n)s report", "%(n)s reports", total)
    return said % {"n": formats.number(total)}


def target_grid(form: Targeting) -> dict[str, Any]:
    """The table in which start and target are typed."""
    return {"grid": form.grid(), "grid_head": [pgettext("column", "Who"), *form.heads().values()]}


def value_grid(form: Recording, indicator: Indicator) -> dict[str, Any]:
    """The table in which values are typed, with the target beside each box."""
    rows = queries.targets_of(indicator)
    cells = {
        group: [amount(rows[group].value if group in rows else None, indicator.unit)]
        for group in ORDER
    }
    head = [pgettext("column", "Who"), pgettext("column", "Target"), *form.heads().values()]
    return {"grid": form.grid(cells), "grid_head": head}
