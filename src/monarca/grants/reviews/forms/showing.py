"""Ready to print: piles, the applicant's answers, reviews side by side, derived markers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.engines import markers
from monarca.grants.applications.forms import answers_in_words
from monarca.grants.applications.models import Application
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import Sensitivity
from monarca.grants.reviews.models import Assessment, Assignment, Statement
from monarca.grants.reviews.queries import weighted
from monarca.grants.reviews.states import Status as Stage
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Link, Noted, Spread, Status, Tone

type Definition = Mapping[str, Any]

TONES: Mapping[str, Tone] = {"assigned": "warn", "in_progress": "info", "complete": "ok"}
MET: Mapping[bool | None, Tone] = {True: "ok", False: "bad", None: "plain"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One section of the application as the reviewer reads it."""

    title: str
    answers: Sequence[Any]


def reading_of(sheet: Sheet) -> list[Reading]:
    """Every answered question by section, the applicant's words in their own language."""
    found = []
    for section in sheet.definition["sections"]:
        answers = [one for one in answers_in_words(sheet, section, {}) if one.words]
        if answers:
            found.append(Reading(trilingual.say(section["title"]).text, answers))
    return found


def name_of(file: Application) -> tuple[str, str]:
    """Title and the line under it; a restricted file shows its alias and no name."""
    open_ = file.sensitivity == Sensitivity.OPEN
    return file.shown_title or file.reference, file.reference if open_ else _("Restricted")


def mine_row(row: Assignment) -> tuple[Any, ...]:
    """One review of one's own pile."""
    title, note = name_of(row.application)
    url = reverse("reviews:review", args=[row.application.reference])
    due = formats.day(row.due_on, style="medium") if row.due_on else "—"
    state = Status(str(Stage(row.status).label), TONES.get(row.status, "plain"))
    given = formats.day(row.assigned_at.date(), style="medium")
    return (Link(title, url, note), state, given, due)


def assign_row(file: Application) -> tuple[Any, ...]:
    """One eligible file that nobody reads."""
    title, note = name_of(file)
    url = reverse("reviews:file", args=[file.reference])
    open_ = file.sensitivity == Sensitivity.OPEN
    arrived = formats.day(file.submitted_at.date(), style="medium") if file.submitted_at else "—"
    return (Link(title, url, note), file.applicant.legal_name if open_ else "—", arrived)


def going_row(file: Any) -> tuple[Any, ...]:
    """One file with its readers; `file` carries `readers`, `done` and `due_on`."""
    title, note = name_of(file)
    url = reverse("reviews:file", args=[file.reference])
    count = {"done": file.done, "readers": file.readers}
    said = ngettext(
        "%(done)s of %(readers)s complete", "%(done)s of %(readers)s complete", file.readers
    )
    due = formats.day(file.due_on, style="medium") if file.due_on else "—"
    return (Link(title, url, note), said % count, due)


@dataclass(frozen=True, slots=True)
class Side:
    """One review as it stands beside the others; `is_shown` is false while it must stay closed."""

    number: int
    assignment: Assignment
    name: str
    state: Status
    is_shown: bool
    assessment: Assessment | None
    comments: Sequence[tuple[str, str]]
    statements: Sequence[Mapping[str, Any]]
    mean: str
    ge: str
    advice: str


def sides_of(
    numbered: Iterable[tuple[int, Assignment]],
    assessments: Mapping[int, Assessment],
    sheet: Sheet,
    *,
    blind_but: int | None,
    names: bool,
) -> list[Side]:
    """The reviews side by side; with `blind_but` (a person) all but theirs stay closed."""
    sides = []
    for number, row in numbered:
        mine = blind_but is None or row.reviewer_id == blind_but
        shown = mine and row.status == Stage.COMPLETE
        found = assessments.get(row.pk) if shown else None
        name = str(row.reviewer) if names else _("Review %(number)s") % {"number": number}
        sides.append(_side(number, row, name, found, sheet, is_shown=shown))
    return sides


def _side(
    number: int,
    row: Assignment,
    name: str,
    found: Assessment | None,
    sheet: Sheet,
    *,
    is_shown: bool,
) -> Side:
    points = points_of(found) if found else {}
    labels = {c["code"]: trilingual.say(c["label"]).text for c in sheet.definition["criteria"]}
    comments = {s.criterion: (s.points, s.words) for s in found.scores.all()} if found else {}
    mean = weighted(points, sheet.definition)
    advice = getattr(found, "recommendation", None) if found else None
    return Side(
        number=number,
        assignment=row,
        name=name,
        state=Status(str(Stage(row.status).label), TONES.get(row.status, "plain")),
        is_shown=is_shown,
        assessment=found,
        comments=[
            (f"{labels[code]}: {comments[code][0]}", comments[code][1])
            for code in labels
            if code in comments
        ],
        statements=statement_rows(found, sheet.definition) if found else (),
        mean=formats.number(mean) if mean is not None else "—",
        ge=f"GE-{found.ge_code}" if found and found.ge_code is not None else "—",
        advice=str(advice.get_advice_display()) if advice else "—",
    )


def points_of(assessment: Assessment) -> dict[str, int]:
    return {score.criterion: score.points for score in assessment.scores.all()}


def ge_differ(sides: Iterable[Side]) -> bool:
    """Do two complete reviews give different GE codes? The committee resolves; both are kept."""
    codes = {
        side.assessment.ge_code
        for side in sides
        if side.assessment is not None and side.assessment.ge_code is not None
    }
    return len(codes) > 1


def criteria_rows(sides: Iterable[Side], definition: Definition) -> list[tuple[Any, ...]]:
    """Each criterion with its weight, every reviewer's points and their spread, drawn."""
    given = [points_of(side.assessment) for side in sides if side.assessment]
    rows = []
    for criterion in definition["criteria"]:
        points = [one[criterion["code"]] for one in given if criterion["code"] in one]
        if not points:
            continue
        mean = (Decimal(sum(points)) / len(points)).quantize(Decimal("0.1"))
        weak = min(points) < criterion.get("minimum", 0)
        note = _("below the call's minimum") if weak else ""
        name = Noted(trilingual.say(criterion["label"]).text, note)
        each = " · ".join(str(one) for one in points)
        drawn = Spread(points, mean)
        rows.append((name, str(criterion["weight"]), each, formats.number(mean), drawn))
    return rows


def statement_rows(
    assessment: Assessment | None, definition: Definition
) -> list[Mapping[str, Any]]:
    """GBA+ statements with the applicant's words they rest on, and a key to strike each."""
    if assessment is None:
        return []
    gba = definition["gba"]
    kinds = {k["code"]: trilingual.say(k["label"]).text for k in gba["kinds"]}
    factors = {f["code"]: trilingual.say(f["label"]).text for f in gba["factors"]}
    asked = {
        q["key"]: trilingual.say(q["label"]).text
        for section in definition["sections"]
        for q in section["questions"]
    }
    return [
        {
            "key": key_of(row),
            "about": " · ".join(
                filter(None, (kinds.get(row.kind, row.kind), factors.get(row.code)))
            ),
            "level": row.level,
            "words": row.words,
            "quote": row.quote,
            "question": row.question,
            "asked": asked.get(row.question, row.question),
        }
        for row in sorted(assessment.statements.all(), key=lambda row: row.pk)
    ]


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def key_of(row: Statement) -> str:
    """A name for one statement that is no count and no table key."""
    parts = (row.kind, row.code, row.words, row.question, row.quote, row.at.isoformat())
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def proposal_of(assessment: Assessment | None, definition: Definition) -> dict[str, Any]:
    """What the checklist gives, criterion by criterion, beside the reviewer's own GE code."""
    answers = assessment.booleans if assessment else {}
    own = assessment.ge_code if assessment else None
    derived, dac = markers.ge_code(answers), markers.dac_gender(answers, ge=own)
    labels = {b["code"]: trilingual.say(b["label"]).text for b in definition["gba"]["booleans"]}
    every = {one.code: one for one in (*dac.criteria, *derived.criteria)}
    rows = [
        (labels.get(one.code, one.code), Status(_met(one.met), MET[one.met]))
        for one in every.values()
    ]
    blank = pgettext("marker", "blank")
    return {
        "ge": f"GE-{derived.value}" if derived.value is not None else blank,
        "ge_reason": reasons.sentence(derived.reason),
        "own": f"GE-{own}" if own is not None else _("not given yet"),
        "differs": own is not None and derived.value is not None and own != derived.value,
        "dac": str(dac.value) if dac.value is not None else blank,
        "dac_reason": _dac_reason(dac, labels),
        "rows": rows,
    }


def _met(met: bool | None) -> str:
    if met is None:
        return pgettext("criterion", "Not answered")
    return pgettext("criterion", "Met") if met else pgettext("criterion", "Not met")


def _dac_reason(score: markers.Score, labels: Mapping[str, str]) -> str:
    """The engine's sentence, with the criterion it names in words."""
    said = reasons.sentence(score.reason)
    code = str(score.reason.values.get("criterion", ""))
    return f"{said} ({labels[code]})" if code in labels else said
