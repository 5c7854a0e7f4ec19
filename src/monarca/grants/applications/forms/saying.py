"""Answers in words, for the page where everything is read once more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monarca.engines import questions
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import GROUPS, SIDES
from monarca.ground.codelists import queries as codelists
from monarca.kit import formats, trilingual

type Question = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in words; `is_asked` is false where the answers before make it needless."""

    key: str
    label: str
    words: str
    is_blank: bool
    error: str


def amount(cents: int) -> str:
    """Cents as an amount without its currency, in the reader's language: 45,000.00."""
    return str(format_decimal(Decimal(cents).scaleb(-2), "#,##0.00", locale=formats.locale()))


def size(count: int) -> str:
    """Bytes as a person reads them; never shown smaller than they are."""
    if count < 1_000_000:
        return f"{formats.number(-(-count // 1000))} KB"
    return f"{formats.number(Decimal(-(-count // 100_000)).scaleb(-1))} MB"


def answers_in_words(
    sheet: Sheet, section: Mapping[str, Any], errors: Mapping[str, str]
) -> list[Said]:
    """Every question of a section that is asked, with its answer in words."""
    context = sheet.context
    return [
        _said(sheet, question, context, errors)
        for question in section["questions"]
        if questions.is_asked(question, sheet.answers, context=context)
        or not questions.is_blank(sheet.answers.get(question["key"]))
    ]


def _said(
    sheet: Sheet, question: Question, context: questions.Context, errors: Mapping[str, str]
) -> Said:
    key = question["key"]
    words = in_words(question, sheet.answers.get(key), sheet, context)
    wrong = [text for name, text in errors.items() if name == key or name.startswith(f"{key}-")]
    label = trilingual.say(question["label"]).text
    return Said(key, label, words, not words, wrong[0] if wrong else "")


def in_words(
    question: Question, value: Any, sheet: Sheet, context: questions.Context
) -> str | SafeString:
    """An answer as a person reads it; empty when there is none."""
    if question["kind"] == "file":
        names = [row.file.name for row in sheet.attached if row.question == question["key"]]
        return ", ".join(names)
    raw = questions.raw_of(value)
    if raw is not None or questions.is_blank(value):
        return own_words(raw, sheet) if raw else ""
    return _known(question, value, sheet, context)


def _known(
    question: Question, value: Any, sheet: Sheet, context: questions.Context
) -> str | SafeString:
    match question["kind"]:
        case "repeat":
            return _rows(question, value, sheet, context)
        case "choice" | "choices":
            return _chosen(question, value, sheet, context)
        case "text" | "words":
            lines = SafeString(linebreaks(str(value), autoescape=True))
            return format_html('<div lang="{}">{}</div>', sheet.application.language, lines)
        case "place":
            return _place(value, sheet)
        case kind:
            return str(WORDS.get(kind, str)(value))


def _chosen(question: Question, value: Any, sheet: Sheet, context: questions.Context) -> str:
    offered = context.options(question, sheet.answers)
    names = {each["code"]: trilingual.say(each["label"]).text for each in offered}
    codes = value if isinstance(value, list) else [value]
    return "; ".join(names.get(str(code), str(code)) for code in codes)


def _rows(question: Question, value: Any, sheet: Sheet, context: questions.Context) -> SafeString:
    rows = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    lines = [
        (
            format_html_join(
                SafeString("<br>"),
                "{}",
                ((each,) for each in _pairs(question["fields"], row, sheet, context)),
            ),
        )
        for row in rows
    ]
    return format_html('<ol class="tall">{}</ol>', format_html_join("", "<li>{}</li>", lines))


def _pairs(
    fields: Sequence[Question], row: Mapping[str, Any], sheet: Sheet, context: questions.Context
) -> Iterator[str]:
    for field in fields:
        value = row.get(field["key"])
        words = in_words(field, value, sheet, context)
        if not words:
            continue
        if field["kind"] in {"text", "words"} and questions.raw_of(value) is None:
            words = own_words(value, sheet)
        label = trilingual.say(field["label"]).text
        said = format_html('<span class="soft">{}:</span> {}', label, words)
        yield words if len(fields) == 1 else said


def _day(value: Any) -> str:
    try:
        return formats.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _month(value: Any) -> str:
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        return str(value)
    return str(format_date(first, "LLLL y", locale=formats.locale()))


def _money(value: Any) -> str:
    if not isinstance(value, Mapping) or not isinstance(value.get("cents"), int):
        return str(value)
    return formats.money(value["cents"], str(value.get("currency") or "CAD"))


def own_words(words: Any, sheet: Sheet) -> SafeString:
    """What the applicant typed, in the language of the application whatever the reader's is."""
    return format_html('<span lang="{}">{}</span>', sheet.application.language, words)


def _place(value: Any, sheet: Sheet) -> str | SafeString:
    if not isinstance(value, Mapping):
        return own_words(value, sheet)
    town = codelists.municipality_names().get(str(value.get("municipality")), "")
    state = codelists.state_names().get(str(value.get("state")), "")
    locality = value.get("locality")
    parts = (own_words(locality, sheet) if locality else "", town, state)
    return format_html_join(", ", "{}", ((part,) for part in parts if part))


def _people(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    said = []
    for side, words in SIDES.items():
        counts = value.get(side) or {}
        known = [
            f"{label}: {formats.number(counts[group])}"
            for group, label in GROUPS.items()
            if isinstance(counts.get(group), int)
        ]
        if known:
            said.append(f"{str(words).capitalize()}: {', '.join(known)}")
    return ". ".join(said)


def _yes_no(value: Any) -> str:
    return _("Yes") if value is True else _("No")


def _number(value: Any) -> str:
    return formats.number(value) if isinstance(value, int) and value > 9999 else str(value)


WORDS: Mapping[str, Any] = {
    "date": _day,
    "month": _month,
    "money": _money,
    "local_money": _money,
    "people": _people,
    "yes_no": _yes_no,
    "declaration": _yes_no,
    "number": _number,
    "percent": _number,
}
