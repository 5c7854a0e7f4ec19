"""Rows ready to print: files before the committee, what was found, what was decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.queries import Finding, Findings, Purse, reason_label
from monarca.grants.decisions.states import Outcome
from monarca.grants.decisions.states import Status as Standing
from monarca.grants.reviews.models import ConflictDeclaration
from monarca.grants.reviews.queries import Summary
from monarca.grants.reviews.states import Conflict
from monarca.kit import formats, trilingual
from monarca.kit.parts import Bar, Link, Spread, Status, Tone

TONES: Mapping[str, Tone] = {
    "": "plain",
    Outcome.APPROVED: "ok",
    Outcome.RESERVED: "warn",
    Outcome.DECLINED: "bad",
    Outcome.DEFERRED: "info",
}


def name_of(file: Application, page: str = "decisions:file") -> Link:
    """A file in a list: its reference and its title, or its alias while it is restricted."""
    return Link(file.reference, reverse(page, args=[file.reference]), file.shown_title)


def organisation_of(file: Application) -> str:
    """The organisation's name where the file is open; nothing that betrays it otherwise."""
    is_open = file.sensitivity == Sensitivity.OPEN
    return file.applicant.legal_name if is_open else _("By alias")


def outcome_tag(decision: Decision | None) -> Status:
    """Where a file stands with the committee."""
    if decision is None or not decision.outcome:
        is_offered = decision is not None and decision.amount_cents
        return (
            Status(str(Standing.PROPOSED.label), "info") if is_offered else Status(_("Not decided"))
        )
    words = str(Outcome(decision.outcome).label)
    if decision.status == Standing.CONFIRMED:
        words = _("%(outcome)s, confirmed") % {"outcome": words}
    return Status(words, TONES[decision.outcome])


def _scores(found: Finding) -> Any:
    if found.mean is None:
        return _("no scores")
    return Spread(found.means, found.mean)


def mean_of(found: Finding) -> str:
    return formats.number(found.mean) if found.mean is not None else "—"


def codes_of(found: Finding) -> str:
    """Gender-equality codes of the readers, in the order of their reviews: GE-1, GE-2."""
    return ", ".join(f"GE-{code}" for code in found.ge_codes) or "—"


def asked(file: Application) -> str:
    return formats.money(file.requested_cents) if file.requested_cents is not None else "—"


def file_rows(files: Iterable[Application], findings: Findings) -> list[tuple[Any, ...]]:
    """Files that wait for the committee, with what their readers found."""
    return [
        (
            name_of(file),
            organisation_of(file),
            asked(file),
            _scores(findings[file.pk]),
            mean_of(findings[file.pk]),
            codes_of(findings[file.pk]),
            _waiting(file),
        )
        for file in files
    ]


def _waiting(file: Any) -> Status:
    """Not decided, or put off in an earlier meeting (`before_committee` says which)."""
    is_put_off = file.standing == Standing.DEFERRED
    return Status(str(Outcome.DEFERRED.label), "info") if is_put_off else Status(_("Not decided"))


def decision_rows(decisions: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Decisions that wait for the head of mission; files they scored say so."""
    return [
        (
            name_of(row.application, "decisions:confirm"),
            organisation_of(row.application),
            asked(row.application),
            outcome_tag(row),
            formats.money(row.amount_cents) if row.amount_cents else "—",
            Status(_("You scored it: somebody else confirms"), "warn") if row.has_scored else "",
        )
        for row in decisions
    ]


def agenda_rows(
    files: Iterable[Application], decisions: Mapping[int, Decision]
) -> list[tuple[Any, ...]]:
    """The files of a meeting and what was decided on each."""
    rows = []
    for file in files:
        decision = decisions.get(file.pk)
        amount = formats.money(decision.amount_cents) if decision and decision.amount_cents else "—"
        tag = outcome_tag(decision)
        rows.append((name_of(file), organisation_of(file), asked(file), tag, amount))
    return rows


def meeting_rows(meetings: Iterable[Meeting]) -> list[tuple[Any, ...]]:
    """The meetings of a call."""
    return [
        (
            Link(
                _("Meeting %(number)s") % {"number": row.number},
                reverse("decisions:meeting", args=[row.call.code, row.number]),
            ),
            formats.instant(row.held_at, row.call.time_zone),
            row.chair.get_short_name(),
            standing_of(row),
        )
        for row in meetings
    ]


def standing_of(meeting: Meeting) -> Status:
    """Whether the meeting's minutes are closed."""
    if meeting.ended_at:
        return Status(_("Ended"), "ok")
    return Status(pgettext("meeting", "Open"), "info")


def bar_rows(purse: Purse) -> list[tuple[Any, ...]]:
    """What is promised and what is left of the envelope, each with its bar."""
    rows = [
        (_("Promised"), purse.promised_cents, "ink"),
        (_("Left"), purse.left_cents, "soft"),
    ]
    return [
        (name, formats.money(cents), Bar(cents, purse.total_cents, tone))
        for name, cents, tone in rows
    ]


def criterion_rows(definition: Mapping[str, Any], summary: Summary) -> list[tuple[Any, ...]]:
    """Every criterion with the points of each reader."""
    rows = []
    for criterion in definition["criteria"]:
        points = summary.by_criterion.get(criterion["code"], ())
        mean = sum(points) * 100 // len(points) if points else 0
        drawn = Spread(points, Decimal(mean) / 100) if points else "—"
        said = ", ".join(str(point) for point in points) or "—"
        rows.append((trilingual.say(criterion["label"]).text, said, drawn))
    return rows


def interests(rows: Iterable[ConflictDeclaration]) -> list[tuple[str, str]]:
    """Who declared an interest in which file, without their words."""
    return [
        (
            one.user.get_short_name(),
            _("Recused: a conflict of interest")
            if one.level == Conflict.ACTUAL
            else _("Declared a potential conflict of interest"),
        )
        for one in rows
    ]


def ruling_facts(decision: Decision, definition: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """A decision as facts: outcome, amount or reason, words, conditions."""
    reason = trilingual.say(reason_label(definition, decision.reason)).text
    facts: list[tuple[str, Any]] = [(_("Decision"), str(Outcome(decision.outcome).label))]
    if decision.amount_cents:
        facts.append((_("Approved amount"), formats.money(decision.amount_cents)))
    rest = [
        (_("Reason"), reason),
        (_("Words for the organization"), decision.words),
        (_("Conditions"), decision.conditions),
    ]
    return facts + [(name, value) for name, value in rest if value]


@dataclass(frozen=True, slots=True)
class Minute:
    """One file in the minutes, with everything a reader needs and nothing more."""

    reference: str
    title: str
    outcome: str
    facts: list[tuple[str, Any]]
    interests: list[tuple[str, str]]


def minutes_of(
    items: Iterable[Mapping[str, Any]],
    files: Mapping[int, Application],
    declared: Iterable[ConflictDeclaration],
    definitions: Mapping[int, Mapping[str, Any]],
) -> list[Minute]:
    """The files of a meeting that the reader may see, as they were decided then."""
    said: dict[int, list[ConflictDeclaration]] = {}
    for one in declared:
        said.setdefault(one.application_id, []).append(one)
    return [
        _minute(item, file, definitions[file.form_id], said.get(file.pk, []))
        for item in items
        if (file := files.get(item["file"]))
    ]


def _minute(
    item: Mapping[str, Any],
    file: Application,
    definition: Mapping[str, Any],
    said: list[ConflictDeclaration],
) -> Minute:
    outcome = str(Outcome(item["outcome"]).label) if item["outcome"] else _("Not decided")
    reason = trilingual.say(reason_label(definition, item["reason"])).text
    mean = formats.number(Decimal(item["mean"])) if item["mean"] else "—"
    codes = ", ".join(f"GE-{code}" for code in item["ge_codes"]) or "—"
    facts = [
        (_("Asked"), asked(file)),
        (_("Mean score, of 5"), mean),
        (pgettext("minutes", "Gender equality"), codes),
        (_("Approved amount"), formats.money(item["cents"]) if item["cents"] else ""),
        (_("Reason"), reason),
        (_("Words for the organization"), item["words"]),
        (_("Conditions"), item["conditions"]),
    ]
    kept = [(name, value) for name, value in facts if value]
    return Minute(file.reference, file.shown_title, outcome, kept, interests(said))
