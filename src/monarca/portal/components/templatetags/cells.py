"""Cells of tables and charts: plain words stay, parts of `monarca.kit.parts` are drawn."""

from typing import TypedDict

from django.utils.safestring import SafeString

from monarca.kit.parts import Bar, Link, Noted, Spark, Spread, Stacked, Status
from monarca.portal.components.templatetags import charts
from monarca.portal.components.templatetags.basics import status_tag
from monarca.portal.components.templatetags.rendering import render


class Cell(TypedDict):
    """What a table's template prints: the words or the drawing, and whether it is a drawing."""

    text: object
    drawn: bool


def cell(content: object) -> Cell:
    """One cell; a list holds several parts one after the other."""
    if isinstance(content, list):
        return {"text": render("row", parts=[part(one) for one in content]), "drawn": False}
    return {"text": part(content), "drawn": isinstance(content, Bar | Stacked | Spread)}


def part(content: object) -> object:
    """The HTML of one part; anything else as it is, to be escaped by the template."""
    match content:
        case Link(text, href, note):
            return render("link", text=text, href=href, note=note)
        case Noted(text, note, lang):
            return render("noted", text=text, note=note, lang=lang)
        case Status(text, tone):
            return status_tag(text, tone=tone)
        case _:
            return drawing(content)


def drawing(content: object) -> object | SafeString:
    """The same for the parts that are pictures."""
    match content:
        case Bar(value, top, tone):
            return charts.bar(value, top=top, tone=tone)
        case Stacked(parts, top):
            return charts.stacked(parts, top=top)
        case Spread(scores, mean):
            return charts.score_spread(scores, mean=mean)
        case Spark(values, label):
            return charts.sparkline(values, label=label)
        case _:
            return content
