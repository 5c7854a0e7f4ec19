"""Lists, tables and papers: what a record says and what must be done with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.kit.formats import Deadline
from monarca.portal.components.templatetags.cells import cell
from monarca.portal.components.templatetags.rendering import Row, check, padded, places, render

register = template.Library()


@register.simple_tag
def task_list(tasks: Sequence[Row], *, start: int = 1) -> SafeString:
    """What must be done, in order: (title, note, address, status, tone); the whole row is a link.

    A second list on the same page starts its numbers (`start`) after the first.
    """
    rows = [
        {"id": f"task-{start + index}", "cells": padded(task, 5)}
        for index, task in enumerate(tasks)
    ]
    return render("task_list", tasks=rows)


@register.simple_tag
def figures(items: Sequence[Row]) -> SafeString:
    """Three to five numbers worth remembering: (value ready to print, what it counts)."""
    return render("figures", items=items)


@register.simple_tag
def deadline(when: Deadline, *, title: str = "", level: int = 2) -> SafeString:
    """An instant in words, in the call's own city, in UTC, and what is left; never an offset.

    `when` comes from `monarca.kit.formats.deadline`; the script counts from its `now`.
    """
    closes = pgettext("deadline", "Closes")
    head = title or (pgettext("deadline", "Closed") if when.is_past else closes)
    left = (
        "" if when.is_past else format_html(_("{left} left"), left=render("countdown", when=when))
    )
    return render("deadline", when=when, title=head, left=left, level=str(level))


class Looks(TypedDict, total=False):
    """How a table is drawn."""

    foot: Row | None
    numbers: str | Sequence[int]  # columns of figures, the first column being 0: (2, 3) or "2,3"
    stack: bool  # cards on a phone
    sticky: bool  # the head stays in sight
    hide_caption: bool
    row_class: Sequence[str]  # "sealed" or "changed", one a row
    budget: bool  # inputs with data-factor, totals with data-total and data-sum


@register.simple_tag
def table(
    caption: str, head: Sequence[str], rows: Sequence[Row], **looks: Unpack[Looks]
) -> SafeString:
    """Rows to compare; the first cell names the row.

    A cell is words, rendered HTML (SafeString), a part of `monarca.kit.parts` or a list of those.
    """
    check("table", looks, Looks)
    numeric = places(looks.get("numbers", ()))
    classes = looks.get("row_class", ())
    columns = [
        {"text": text, "plain": strip_tags(str(text)), "num": index in numeric}
        for index, text in enumerate(head)
    ]
    body = [
        {"cells": _paired(columns, row), "class": classes[index] if index < len(classes) else ""}
        for index, row in enumerate(rows)
    ]
    foot = looks.get("foot")
    sum_row = _paired(columns, foot) if foot else None
    given = {"stack": True, **looks, "foot": sum_row}
    return render("table", caption=caption, columns=columns, body=body, **given)


def _paired(columns: Sequence[object], row: Row) -> list[tuple[object, object]]:
    """Each cell with its column; a row of another length is a fault of ours (ValueError)."""
    return [(column, cell(one)["text"]) for column, one in zip(columns, row, strict=True)]


class Plot(TypedDict, total=False):
    """How a chart is set."""

    legend: Sequence[tuple[str, str]]  # words and tone: ink wing soft line ok link
    note: str
    numbers: str | Sequence[int]
    wide: bool


@register.simple_tag
def plot(
    caption: str, head: Sequence[str], rows: Sequence[Row], **given: Unpack[Plot]
) -> SafeString:
    """A chart that is a table: every row prints its figures and draws them in one cell.

    A cell that is a drawing is a `Drawing` of `monarca.kit.parts`.
    """
    check("plot", given, Plot)
    numeric = places(given.get("numbers", ()))
    columns = [{"text": text, "num": index in numeric} for index, text in enumerate(head)]
    body = [
        [{"num": index in numeric, **cell(one)} for index, one in enumerate(row)] for row in rows
    ]
    rest = {key: given.get(key) for key in ("legend", "note", "wide")}
    return render("plot", caption=caption, columns=columns, body=body, **rest)


@register.simple_tag
def compare(caption: str, rows: Sequence[Row], *, before: str = "", after: str = "") -> SafeString:
    """Two versions line by line: (name, before, after); a line that differs is marked in words."""
    lines = [
        {"name": name, "before": old, "after": new, "changed": str(old) != str(new)}
        for name, old, new in rows
    ]
    heads = {"before": before or _("Before"), "after": after or _("After")}
    return render("compare", caption=caption, lines=lines, **heads)


@register.simple_tag
def filter_bar(controls: Sequence[Row], *, action: str = "") -> SafeString:
    """Narrows a list by a GET form; the address keeps the choice.

    A control is (name, label, value) for words to search, or (name, label, value, options) with
    options (value, text) for a closed list.
    """
    rows = [
        {
            "name": row[0],
            "label": row[1],
            "value": str(row[2]),
            "options": [(str(value), text) for value, text in row[3]] if len(row) > 3 else None,  # type: ignore[attr-defined]
        }
        for row in controls
    ]
    return render("filter_bar", controls=rows, action=action or _("Filter"))


@register.simple_tag
def timeline(items: Sequence[Row]) -> SafeString:
    """The journal of one record, newest first: (instant, words of it, what happened, is key)."""
    rows = [padded(item, 4) for item in items]
    for row in rows:
        row[0] = row[0].isoformat() if isinstance(row[0], datetime) else row[0]
    return render("timeline", items=rows)


@register.simple_tag
def receipt(*, reference: str, at: str, utc: str, digest: str, address: str = "") -> SafeString:
    """Proof of arrival that a person can read and anyone can verify without a special device.

    `digest` is the SHA-256 in hexadecimal; it prints in groups of four.
    """
    spaced = " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
    return render("receipt", reference=reference, at=at, utc=utc, digest=spaced, address=address)


@register.simple_tag
def evidence(
    quote: str, *, field: str, source: str = "", lang: str = "es", href: str = ""
) -> SafeString:
    """The applicant's own words behind a judgement, with the place they come from."""
    return render("evidence", quote=quote, field=field, source=source, lang=lang, href=href)
