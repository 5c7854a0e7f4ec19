"""The questions of a section as fields to draw: values as typed, hints, limits, errors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monarca.engines import questions
from monarca.engines.questions import Problem
from monarca.grants.applications.forms import saying
from monarca.grants.applications.forms.shapes import Field, Group, Row
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import GROUPS, SIDES
from monarca.ground.codelists import queries as codelists
from monarca.kit import reasons, trilingual

type Question = Mapping[str, Any]
type Problems = Mapping[str, Sequence[Problem]]

MANY = 7
TYPES = {"email": "email", "phone": "tel", "url": "url"}
AUTOCOMPLETE = {
    "email": "email",
    "phone": "tel",
    "url": "url",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing one section needs to know."""

    sheet: Sheet
    context: questions.Context
    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    add: str
    today: str

    def draw(self, question: Question, value: Any, name: str) -> Field:
        made: Field = DRAWERS.get(question["kind"], _text)(self, question, value, name)
        optional = not question.get("required")
        hint = made.hint or trilingual.say(question.get("hint")).text
        return replace(made, hint=hint, error=self.errors.get(name, ""), optional=optional)


def shown_problems(problems: Problems) -> dict[str, str]:
    """The first sentence for each field id, in the order of the form."""
    shown: dict[str, str] = {}
    for key, found in problems.items():
        for each in found:
            shown.setdefault(key + each.field, reasons.sentence(each.reason))
    return shown


def titled(definition: Mapping[str, Any], errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same sentences, each with the label of its question, and of its part, before it."""
    asked = {q["key"]: q for each in definition["sections"] for q in each["questions"]}
    return [(name, reasons.about(_titles(asked, name), said)) for name, said in errors.items()]


def _titles(asked: Mapping[str, Question], name: str) -> str:
    """The label of a field id's question; of a row or a table, the label of the box as well."""
    key, _dash, part = name.partition("-")
    question = asked[key]
    labels = [_label(question)]
    if question["kind"] == "people" and part:
        side, _dash, group = part.partition("-")
        labels.append(f"{GROUPS.get(group, group)}, {SIDES.get(side, side)}")
    elif question["kind"] == "repeat" and len(question["fields"]) > 1:
        box = part.partition("-")[2].partition("-")[0]
        labels += [_label(field) for field in question["fields"] if field["key"] == box]
    return " · ".join(label.rstrip(" .:") for label in labels)


def fields_of(
    sheet: Sheet,
    section: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    answers: Mapping[str, Any] | None = None,
    add: str = "",
    today: str = "",
) -> list[Group]:
    """The section as groups of fields; `add` names a repeat that shows one more blank row.

    `today` (ISO) is offered where the day of signing was never answered.
    """
    given = sheet.answers if answers is None else answers
    drawing = Drawing(sheet, sheet.offer, given, errors or {}, add, today)
    labels = {q["key"]: q for each in sheet.definition["sections"] for q in each["questions"]}
    groups: list[Group] = []
    for says, asked, members in _runs(section["questions"], drawing, labels):
        fields = tuple(drawing.draw(each, _value(drawing, each), each["key"]) for each in members)
        groups.append(Group(says, asked, fields))
    return groups


def _runs(
    asked: Iterable[Question], drawing: Drawing, labels: Mapping[str, Question]
) -> Iterator[tuple[str, bool, list[Question]]]:
    held: list[Question] = []
    for question in asked:
        if held and question.get("when") != held[0].get("when"):
            yield _run(held, drawing, labels)
            held = []
        held.append(question)
    if held:
        yield _run(held, drawing, labels)


def _run(
    held: list[Question], drawing: Drawing, labels: Mapping[str, Question]
) -> tuple[str, bool, list[Question]]:
    when = held[0].get("when")
    if not when:
        return "", True, held
    is_open = questions.is_asked(held[0], drawing.answers, context=drawing.context)
    is_open = is_open or any(name.startswith(q["key"]) for q in held for name in drawing.errors)
    return condition(when, labels), is_open, held


def condition(when: Mapping[str, Any], labels: Mapping[str, Question]) -> str:
    """When these questions are asked, in words."""
    before = labels[when["question"]]
    names = {"yes": _("Yes"), "no": _("No")}
    names |= {
        each["code"]: trilingual.say(each["label"]).text for each in before.get("options", ())
    }
    return _("If you answered “%(answer)s” to “%(question)s”") % {
        "answer": _(" or ").join(names.get(code, code) for code in when["is"]),
        "question": trilingual.say(before["label"]).text,
    }


def _value(drawing: Drawing, question: Question) -> Any:
    """The answer, or what we already know for a question that was never answered."""
    key = question["key"]
    if key in drawing.answers:
        return drawing.answers[key]
    application = drawing.sheet.application
    if question["kind"] == "date" and drawing.today:
        return drawing.today
    known = {"organisation": application.applicant.legal_name, "language": application.language}
    return known.get(question.get("maps_to", ""))


def _label(question: Question) -> str:
    return trilingual.say(question["label"]).text


def as_typed(value: Any) -> str:
    """A single value as a person types it: what was typed when it could not be read."""
    raw = questions.raw_of(value)
    if raw is not None:
        return raw
    if isinstance(value, Mapping) and isinstance(value.get("cents"), int):
        return saying.amount(value["cents"])
    return "" if value is None or isinstance(value, dict | list) else str(value)


def _text(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    kind, length = question["kind"], question.get("length")
    hint = trilingual.say(question.get("hint")).text
    if length and kind == "text":
        hint = f"{hint} {_('Up to %(count)s characters.') % {'count': length}}".strip()
    return Field(
        face="text",
        id=name,
        label=_label(question),
        hint=hint,
        value=as_typed(value),
        kind=TYPES.get(kind, "text"),
        width="w20" if kind in {"phone", "email"} or (length and length <= 60) else "",
        autocomplete=AUTOCOMPLETE.get(kind, ""),
        lang=drawing.sheet.application.language if kind == "text" else "",
    )


def _words(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    limit = question.get("words", 0)
    return Field(
        face="words",
        id=name,
        label=_label(question),
        value=as_typed(value),
        words=limit,
        rows=max(3, min(9, limit // 25)) if limit else 4,
        lang=drawing.sheet.application.language,
    )


def _month(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    hint = trilingual.say(question.get("hint")).text or _("Year and month, for example 2024-10.")
    return Field(
        face="text", id=name, label=_label(question), hint=hint, value=as_typed(value), width="w10"
    )


def _number(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    return Field(face="number", id=name, label=_label(question), value=as_typed(value))


def _money(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    call = drawing.sheet.application.call
    currency = call.currency if question["kind"] == "money" else call.local_currency
    label = _label(question)
    return Field(face="money", id=name, label=label, value=as_typed(value), currency=currency)


def _date(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    typed = as_typed(value)
    parts = typed.split("-", 2)
    year, month, day = parts if len(parts) == 3 else ("", "", typed)
    return Field(face="date", id=name, label=_label(question), day=day, month=month, year=year)


def _choice(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    offered = drawing.context.options(question, drawing.answers)
    options = [
        (str(each["code"]), *(trilingual.say(each.get(part)).text for part in ("label", "hint")))
        for each in offered
    ]
    many = question["kind"] == "choices"
    if not many and len(options) > MANY:
        blank = _("Choose a state") if question.get("list") == "states" else _("Choose one")
        pairs = [option[:2] for option in options]
        return Field(
            face="select", id=name, label=_label(question), options=pairs, chosen=_codes(value),
            blank=blank,
        )  # fmt: skip
    return _ticks(question, name, options, _codes(value), many=many)


def _yes_no(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    chosen = {True: ["yes"], False: ["no"]}.get(value, []) if isinstance(value, bool) else []
    return _ticks(question, name, [("yes", _("Yes")), ("no", _("No"))], chosen)


def _ticks(
    question: Question,
    name: str,
    options: Sequence[tuple[str, ...]],
    chosen: Sequence[str],
    *,
    many: bool = False,
) -> Field:
    """Radios or boxes; a radio that may stay empty can be emptied again."""
    if not many and not question.get("required"):
        options = [*options, ("", _("No answer"))]
        chosen = chosen or [""]
    return Field(
        face="choice", id=name, label=_label(question), options=options, chosen=chosen, many=many
    )


def _codes(value: Any) -> list[str]:
    raw = questions.raw_of(value)
    if raw is not None:
        return [raw]
    return [str(each) for each in value] if isinstance(value, list) else [str(value or "")]


def _declaration(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    chosen = ["yes"] if value is True else []
    return Field(face="check", id=name, label=_label(question), chosen=chosen)


def _place(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    """State and municipality by list, locality in words; the second list follows the first."""
    given = value if isinstance(value, Mapping) else {}
    state, town = str(given.get("state") or ""), str(given.get("municipality") or "")
    part = _part(drawing, name)
    towns, locality = _options(state), str(given.get("locality") or "")
    parts = [
        part("state", _("State"), "listed", value=_picked(_options(None), state)),
        part("municipality", _("Municipality"), "listed", value=_picked(towns, town))
        if towns
        else part("municipality", _("Municipality"), "later"),
        part("locality", _("Locality or neighbourhood"), "text", value=locality, optional=True),
    ]
    return Field(face="place", id=name, label=_label(question), parts=parts)


@lru_cache(maxsize=64)
def _options(state: str | None) -> str:
    """A state's municipalities, or (None) all states, as options; printed once and kept."""
    if state is not None and state not in codelists.state_names():
        return ""
    listed = codelists.states() if state is None else codelists.municipalities(state)
    pairs = ((each.code, each.name) for each in listed)
    return format_html_join("", '<option value="{}">{}</option>', pairs)


def _picked(options: str, code: str) -> SafeString:
    """The same options with one of them chosen; a code that is not offered chooses none."""
    chosen = format_html('<option value="{}">', code)
    return SafeString(options.replace(chosen, f"{chosen[:-1]} selected>"))


def _part(drawing: Drawing, name: str) -> Any:
    def part(key: str, label: str, face: str, **given: Any) -> Field:
        error = drawing.errors.get(f"{name}-{key}", "")
        return Field(face=face, id=f"{name}-{key}", label=label, error=error, **given)

    return part


def _people(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    given = value if isinstance(value, Mapping) else {}
    part = _part(drawing, name)
    rows = [
        Row(
            group,
            str(label),
            [
                part(
                    f"{side}-{group}",
                    f"{label}: {words}",
                    "number",
                    value=as_typed((given.get(side) or {}).get(group)),
                )
                for side, words in SIDES.items()
            ],
        )
        for group, label in GROUPS.items()
    ]
    return Field(face="people", id=name, label=_label(question), lines=rows)


def _repeat(drawing: Drawing, question: Question, value: Any, name: str) -> Field:
    rows = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    most = question.get("max") or 200
    if (not rows or drawing.add == name) and len(rows) < most:
        rows = [*rows, {"id": questions.next_row(rows)}]
    lines = [_row(drawing, question, row, place, name) for place, row in enumerate(rows, 1)]
    return Field(
        face="repeat", id=name, label=_label(question), lines=lines, can_add=len(rows) < most
    )


def _row(
    drawing: Drawing, question: Question, row: Mapping[str, Any], place: int, name: str
) -> Row:
    key = str(row.get("id") or f"r{place}")
    fields = [
        drawing.draw(field, row.get(field["key"]), f"{name}-{key}-{field['key']}")
        for field in question["fields"]
    ]
    if len(fields) == 1:
        fields = [replace(fields[0], bare=True)]
    removable = not questions.is_blank(row)
    return Row(key, _("Number %(place)s") % {"place": place}, fields, removable)


def _file(drawing: Drawing, question: Question, value: Any, name: str) -> Field:  # noqa: ARG001
    papers = [
        {
            "name": row.file.name,
            "size": saying.size(row.file.size),
            "digest": row.file.sha256[:16],
        }
        for row in drawing.sheet.attached
        if row.question == name
    ]
    return Field(face="file", id=name, label=_label(question), papers=papers)


DRAWERS: Mapping[str, Any] = {
    "words": _words,
    "month": _month,
    "number": _number,
    "percent": _number,
    "money": _money,
    "local_money": _money,
    "date": _date,
    "choice": _choice,
    "choices": _choice,
    "yes_no": _yes_no,
    "declaration": _declaration,
    "place": _place,
    "people": _people,
    "repeat": _repeat,
    "file": _file,
}
