"""Fields from plain data, and the same HTML from a bound Django field."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypedDict, Unpack

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monarca.portal.components.templatetags.rendering import check, padded, render, render_around

register = template.Library()

type Option = tuple[str, str] | tuple[str, str, str]  # value, words, and what it means


class Field(TypedDict, total=False):
    """What every field may say."""

    id: Required[str]
    label: Required[str]
    name: str  # the id unless given
    hint: str
    error: str
    optional: bool
    disabled: bool


class Text(Field, total=False):
    """One line or many."""

    value: str
    words: int  # word limit: counted on the server and, when it can, in the page
    kind: Literal["text", "email", "tel", "url", "search", "password"]
    width: Literal["", "w4", "w6", "w10", "w20"]
    autocomplete: str
    inputmode: str
    lang: str  # language of what is typed, when it is not the page's
    rows: int


class Number(Field, total=False):
    """A whole number with its unit."""

    value: str | int
    unit: str


class Money(Field, total=False):
    """An amount as it was typed or as `kit.formats` prints it."""

    value: str
    currency: str


class Date(Field, total=False):
    """A date as three texts, kept as they were typed."""

    day: str
    month: str
    year: str


class Choice(Field, total=False):
    """A closed list; an option is (value, words) or (value, words, what it means)."""

    options: Required[Sequence[Option]]
    chosen: str | Sequence[str]
    many: bool


class Check(Field, total=False):
    """One box to tick."""

    chosen: bool
    value: str


class Select(Field, total=False):
    """A closed list of more than seven."""

    options: Required[Sequence[Option]]
    chosen: str | Sequence[str]
    width: str
    blank: str  # the first, empty option: "Choose a state"; without it none is added


class File(Field, total=False):
    """A paper or a photo of it."""

    accept: str
    have: str  # what already arrived, in words
    camera: bool  # offer the phone's camera
    multiple: bool


class Score(Field, total=False):
    """Points with anchor words, one for each of 0 to 5."""

    anchors: Required[Sequence[str]]
    chosen: int | None
    weight: int


@register.simple_tag
def text_field(**given: Unpack[Text]) -> SafeString:
    """One line (`kind`, `width`) or many (`rows` or a limit in `words`)."""
    check("text_field", given, Text)
    words = given.get("words", 0)
    used = len(str(given.get("value", "")).split())
    say = _("{used} of {limit} words")
    return _field(
        "text",
        given,
        control="count" if words else "",
        words=str(words) if words else "",
        over=bool(words) and used > words,
        say=say,
        typed={"value": given.get("value", ""), "said": say.format(used=used, limit=words)},
        rows=str(given.get("rows") or (7 if words else "")),
    )


@register.simple_tag
def number_field(**given: Unpack[Number]) -> SafeString:
    """A whole number with its unit said after it; no spinner, digits keyboard."""
    check("number_field", given, Number)
    unit = given.get("unit", "")
    return _field(
        "number",
        given,
        control="unit" if unit else "",
        typed={"value": given.get("value", "")},
        mode="numeric",
        width="w6",
        unit=unit,
    )


@register.simple_tag
def money_field(**given: Unpack[Money]) -> SafeString:
    """An amount with its ISO code, never a bare dollar sign."""
    check("money_field", given, Money)
    currency = given.get("currency", "CAD")
    typed = {"value": given.get("value", "")}
    return _field(
        "number", given, control="unit", typed=typed, mode="decimal", width="w10", unit=currency
    )


@register.simple_tag
def date_field(**given: Unpack[Date]) -> SafeString:
    """Three short boxes named `_day`, `_month`, `_year`: quicker than a calendar on a phone."""
    check("date_field", given, Date)
    boxes = [
        {"part": "day", "label": _("Day"), "value": given.get("day", ""), "width": "w4"},
        {"part": "month", "label": _("Month"), "value": given.get("month", ""), "width": "w4"},
        {"part": "year", "label": _("Year"), "value": given.get("year", ""), "width": "w6"},
    ]
    return _field("date", given, boxes=boxes)


@register.simple_tag
def choice_field(**given: Unpack[Choice]) -> SafeString:
    """Radios, or check boxes with `many`; 44 px rows, each with its own explanation if any."""
    check("choice_field", given, Choice)
    picked = _picked(given.get("chosen", ()))
    options = [
        {"value": str(row[0]), "text": row[1], "note": row[2], "chosen": str(row[0]) in picked}
        for row in (padded(option, 3) for option in given["options"])
    ]
    return _field("choice", given, options=options)


@register.simple_tag
def check_field(**given: Unpack[Check]) -> SafeString:
    """One box to tick, such as a declaration; `value` ("on") is what is sent."""
    check("check_field", given, Check)
    return _field("check", {"value": "on", **given})


@register.simple_tag
def select_field(**given: Unpack[Select]) -> SafeString:
    """A closed list of more than seven; shorter lists are radios."""
    check("select_field", given, Select)
    picked = _picked(given.get("chosen", ""))
    options = [
        {"value": str(option[0]), "text": option[1], "chosen": str(option[0]) in picked}
        for option in given["options"]
    ]
    return _field("select", given, options=options, width=given.get("width", "w20"))


@register.simple_tag
def file_field(**given: Unpack[File]) -> SafeString:
    """A paper or a photo of it; says sizes and formats before, and what arrived after."""
    check("file_field", given, File)
    accept = given.get("accept", ".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png")
    return _field("file", given, accept=accept)


@register.simple_tag
def score_input(**given: Unpack[Score]) -> SafeString:
    """0 to 5 with anchor words; no default, so a score is always a decision."""
    check("score_input", given, Score)
    anchors = given["anchors"]
    chosen = given.get("chosen")
    steps = [
        {"value": str(step), "anchor": anchor, "chosen": step == chosen}
        for step, anchor in enumerate(anchors)
    ]
    shown = [steps[0], steps[len(steps) // 2], steps[-1]]
    hint = " ".join([given.get("hint", ""), *(f"{s['value']}: {s['anchor']}." for s in shown)])
    weight = str(given.get("weight") or "")
    return _field("score", {**given, "hint": hint.strip()}, steps=steps, weight=weight)


@register.simple_tag
def error_summary(errors: Sequence[tuple[str, str]], *, title: str = "") -> SafeString:
    """First thing on a page with errors: takes focus and links to each field, (id, sentence).

    The caller prefixes the page's title with "Error: ".
    """
    if not errors:
        return SafeString("")
    return render("error_summary", errors=errors, title=title or _("There is something to correct"))


def _picked(chosen: str | Sequence[str]) -> frozenset[str]:
    return frozenset([chosen] if isinstance(chosen, str) else (str(one) for one in chosen))


def _field(
    template_name: str,
    given: Mapping[str, object],
    *,
    control: str = "",
    typed: Mapping[str, Any] | None = None,
    **values: object,
) -> SafeString:
    """Render one kind of field; `control` names a part of it that also describes the input.

    `typed` is what a person wrote in it and what follows from that alone.
    """
    own = str(given["id"])
    parts = [
        f"{own}_helptext" if given.get("hint") else "",
        f"{own}_error" if given.get("error") else "",
        f"{own}-{control}" if control else "",
    ]
    described = " ".join(part for part in parts if part)
    defaults = {"name": own, "kind": "text", "value": "", "described": described}
    drawn = {**defaults, **given, **values}
    if typed is None:
        return render(f"field_{template_name}", **drawn)
    kept = {key: value for key, value in drawn.items() if key not in typed}
    return render_around(f"field_{template_name}", typed, **kept)
