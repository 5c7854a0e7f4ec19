"""Cells of tables and charts: plain words stay, parts of `monarca.kit.parts` are drawn."""

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypedDict

from django.utils.html import format_html
from django.utils.safestring import SafeString

from monarca.kit.parts import (
    Bar,
    Doubt,
    Entry,
    Link,
    Noted,
    Pick,
    Reach,
    Spark,
    Spread,
    Stacked,
    Status,
    Total,
)
from monarca.portal.components.templatetags import charts
from monarca.portal.components.templatetags.rendering import render


class Cell(TypedDict):
    """What a table's template prints: the words or the drawing, and whether it is a drawing."""

    text: object
    drawn: bool


def cell(content: object) -> Cell:
    """One cell; a list holds several parts one after the other."""
    if isinstance(content, list):
        return {"text": render("row", parts=[part(one) for one in content]), "drawn": False}
    return {"text": part(content), "drawn": isinstance(content, DRAWINGS)}


def part(content: object) -> object:
    """The HTML of one part; anything else as it is, to be escaped by the template."""
    if name := NAMES.get(type(content)):
        values = {field.name: getattr(content, field.name) for field in fields(content)}  # type: ignore[arg-type]
        return render(name, **{key: unbroken(value) for key, value in values.items()})
    if draw := DRAWN.get(type(content)):
        return draw(content)
    return unbroken(content)


def unbroken(content: object) -> object:
    """A reference such as `CFLI-MX-2024-7K3QF` stays on one line: it is copied by hand."""
    if isinstance(content, str) and REFERENCE.fullmatch(content):
        return format_html('<span class="num">{}</span>', content)
    return content


REFERENCE = re.compile(r"(?=.{8,24}$)[A-Z]+(?:-[A-Z0-9]+)+")


# Parts whose template takes their own fields.
NAMES: dict[type, str] = {
    Entry: "entry",
    Link: "link",
    Noted: "noted",
    Pick: "pick",
    Status: "status_tag",
    Total: "total",
}

# Parts that fill a cell of a chart.
DRAWINGS = (Bar, Stacked, Spread, Doubt, Reach)

# Parts whose figures become coordinates first.
DRAWN: dict[type, Callable[[Any], SafeString]] = {
    Bar: lambda it: charts.bar(it.value, top=it.top, tone=it.tone),
    Doubt: charts.score_doubt,
    Reach: lambda it: charts.portfolio_bar(
        it.chosen, envelope=it.whole, floor=it.floor, ceiling=it.ceiling
    ),
    Spark: lambda it: charts.sparkline(it.values, label=it.label),
    Spread: lambda it: charts.score_spread(it.scores, mean=it.mean),
    Stacked: lambda it: charts.stacked(it.parts, top=it.top),
}
