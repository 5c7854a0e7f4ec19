"""A report's pages to write in: fields with what was typed, faults in words, what is left to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.engines import questions
from monarca.engines.questions.reading import GROUPS as PEOPLE
from monarca.engines.questions.reading import SIDES
from monarca.grants.reports import queries
from monarca.grants.reports.models import Report
from monarca.grants.reports.queries import Measure, Wrong
from monarca.kit import reasons, trilingual
from monarca.kit.parts import Entry

ORDER = ("narrative", "figures", "expenses", "budget")
MISSING = frozenset({"question.required", "report.no_expenses", "report.indicator_missing"})
LATER = MISSING | {"report.outcome_missing", "people.nobody", "report.variance_unexplained"}


def after(part: str) -> str:
    """The part that follows, or the check at the end."""
    place = ORDER.index(part) + 1
    return ORDER[place] if place < len(ORDER) else "check"


def faults(report: Report, part: str, *, all_of_them: bool) -> tuple[Wrong, ...]:
    """What is wrong in one part; what is only missing waits until the person checks."""
    found = [each for each in queries.problems_of(report) if each.part == part]
    return tuple(each for each in found if all_of_them or each.reason.code not in LATER)


def summary(wrong: Iterable[Wrong], report: Report) -> list[tuple[str, str]]:
    """(id on the page, sentence) for the error summary; a row of expenses says its number."""
    return [(_anchor(each), _sentence(each, report)) for each in wrong]


def _anchor(wrong: Wrong) -> str:
    if wrong.field.startswith("row-"):
        return "rows"
    return "people" if wrong.field.startswith("people") else wrong.field


def _sentence(wrong: Wrong, report: Report) -> str:
    sentence = reasons.sentence(wrong.reason)
    if not wrong.field.startswith("row-"):
        return sentence
    ids = [str(row["id"]) for row in report.rows]
    place = ids.index(wrong.field.split("-")[1]) + 1
    return _("Row %(number)s: %(sentence)s") % {"number": place, "sentence": sentence}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One field as the components take it."""

    id: str
    label: str
    hint: str
    value: str
    error: str
    kind: str = "words"
    words: int = 0
    optional: bool = False
    options: Sequence[tuple[str, str]] = ()


def _errors(wrong: Iterable[Wrong]) -> dict[str, str]:
    return {each.field: reasons.sentence(each.reason) for each in wrong}


def narrative_fields(report: Report, wrong: Iterable[Wrong]) -> list[Drawn]:
    errors = _errors(wrong)
    yes_no = (("yes", _("Yes")), ("no", _("No")))
    return [
        Drawn(
            id=each.key,
            label=str(each.label),
            hint=str(each.hint),
            value=typed(report.narrative.get(each.key)),
            error=errors.get(each.key, ""),
            kind=each.kind,
            words=each.words,
            optional=not each.required or bool(each.after),
            options=yes_no,
        )
        for each in queries.asked_in(report)
    ]


def typed(value: Any) -> str:
    """A stored value as it is put back into its box."""
    raw = questions.raw_of(value)
    if raw is not None:
        return raw
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def group_names() -> dict[str, str]:
    return {
        "women": _("Women"),
        "men": _("Men"),
        "girls": _("Girls"),
        "boys": _("Boys"),
        "non_binary": _("Non-binary people"),
    }


def people_table(report: Report, wrong: Iterable[Wrong]) -> dict[str, Any]:
    """Boxes for people reached: a row a group, directly and indirectly."""
    errors = _errors(wrong)
    names = group_names()
    heads = {"direct": _("Reached directly"), "indirect": _("Reached indirectly")}
    rows = [
        [names[group], *(_box(report, side, group, heads, errors) for side in SIDES)]
        for group in PEOPLE
    ]
    head = [pgettext("column", "Who"), *heads.values()]
    said = next((text for field, text in errors.items() if field.startswith("people")), "")
    return {"head": head, "rows": rows, "error": said}


def _box(
    report: Report, side: str, group: str, heads: Mapping[str, str], errors: Mapping[str, str]
) -> Entry:
    name = f"people-{side}-{group}"
    value = (report.people.get(side) or {}).get(group)
    label = f"{group_names()[group]}: {heads[side]}"
    return Entry(name, label, typed(value), wrong=name in errors)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One indicator to report on: its total, of these women and men, and how it was measured."""

    key: str
    name: str
    target: str
    is_outcome: bool
    boxes: Sequence[Drawn]
    words: str
    has_value: bool


def measure_groups(report: Report, wrong: Iterable[Wrong]) -> dict[str, list[Drawing]]:
    """Indicators of the plan, and those of the fund's list that may be added."""
    errors = _errors(wrong)
    held = {(row["indicator"], row["group"]): row for row in report.actuals}
    drawn = [_measure(each, held, errors) for each in queries.measures_of(report)]
    planned = {each.key for each in queries.measures_of(report) if each.planned}
    return {
        "plan": [each for each in drawn if each.key in planned],
        "library": [each for each in drawn if each.key not in planned],
    }


def _measure(
    measure: Measure, held: Mapping[tuple[str, str], Any], errors: Mapping[str, str]
) -> Drawing:
    labels = {"": _("How many in all?"), "women": _("Of these, women"), "men": _("Of these, men")}
    boxes = []
    for group, label in labels.items():
        name = "-".join(part for part in ("actual", measure.key, group) if part)
        value = typed((held.get((measure.key, group)) or {}).get("value"))
        boxes.append(Drawn(name, label, "", value, errors.get(name, ""), "number", optional=True))
    total = held.get((measure.key, "")) or {}
    name = measure.name if isinstance(measure.name, str) else trilingual.say(measure.name).text
    return Drawing(
        key=measure.key,
        name=name,
        target=measure.target,
        is_outcome=measure.is_outcome,
        boxes=boxes,
        words=str(total.get("words") or ""),
        has_value=any(box.value for box in boxes),
    )


def tasks(report: Report) -> list[tuple[str, str, str, str, str]]:
    """The task list: part, how many things are left, its address, status, tone."""
    left = queries.problems_of(report)
    done, begun = _("Complete"), _("To do")
    rows = []
    for part in ORDER:
        count = sum(each.part == part for each in left)
        where = reverse("reports:part", args=[report.application.reference, report.number, part])
        tone = "warn" if count else "ok"
        rows.append((str(queries.PARTS[part]), "", where, begun if count else done, tone))
    return rows


def missing(report: Report) -> list[dict[str, Any]]:
    """What keeps it from being sent: part, sentence, and the address where it is mended."""
    return [
        {
            "part": queries.PARTS[each.part],
            "sentence": sentence,
            "url": f"{_where(report, each.part)}?check=1#{anchor}",
            "label": _label(each),
        }
        for each in queries.problems_of(report)
        for anchor, sentence in summary([each], report)
    ]


def _where(report: Report, part: str) -> str:
    return reverse("reports:part", args=[report.application.reference, report.number, part])


def _label(wrong: Wrong) -> str:
    """The question a fault belongs to, in the narrative; other parts say it in the sentence."""
    labels = {each.key: str(each.label) for each in queries.NARRATIVE}
    return labels.get(wrong.field, "")
