"""The call's form as a Word file to fill in without a connection; `intake` reads it again."""

from collections.abc import Mapping
from typing import Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monarca.engines.documents.writing.shapes import (
    Article,
    Document,
    Fact,
    Language,
    Table,
)
from monarca.grants.calls.forms.showing import asked
from monarca.grants.calls.models import Call
from monarca.kit import formats, trilingual

type Definition = Mapping[str, Any]
MARKED = frozenset({"choice", "choices", "yes_no"})
LINES, ROWS = 12, 4
WIDTHS = (4, 4, 2, 3, 3, 3, 3)
BOX = "☐ "


def blank_form(call: Call, definition: Definition) -> Document:
    """Every question of the call with room for its answer, and an empty budget."""
    language = cast("Language", formats.language(get_language() or "en"))
    closes = formats.instant(call.closes_at, call.time_zone)
    sections = zip(asked(definition), definition["sections"], strict=True)
    return Document(
        language=language,
        title=_("Application form"),
        subtitle=trilingual.say(call.title).text,
        number=call.code,
        facts=(Fact(label=_("Closes"), value=closes),),
        text=_(
            "Write each answer beside its question, in Spanish, English or French. Mark a choice "
            "with an X. You can copy the answers into the page of the call, or send this file "
            "to the embassy by e-mail."
        ),
        articles=(*(_section(each, given) for each, given in sections), _budget(definition)),
        numbered=False,
    )


def _section(section: Mapping[str, Any], given: Definition) -> Article:
    """The questions with room beside them; a list of things gets a table of its own below."""
    kinds = {each["key"]: each for each in given["questions"]}
    rows, lists = [], []
    for each in section["questions"]:
        if kinds[each.key]["kind"] == "repeat":
            lists.append(_rows_of(each))
        else:
            rows.append((_question(each), _room(each, kinds[each.key]["kind"])))
    head = (_("Question"), _("Answer"))
    table = Table(caption=section["title"], head=head, rows=tuple(rows), shares=(5, 6))
    title = f"{section['letter']}. {section['title']}"
    tables = (table, *lists) if rows else tuple(lists)
    return Article(key=section["key"], title=title, text=section["intro"], tables=tables)


def _question(each: Any) -> str:
    """The question, and under it what helps to answer it."""
    notes = [each.hint, each.when, f"({each.kind})" if each.kind else ""]
    return "\n".join([f"{each.number} {each.label}", *(note for note in notes if note)])


def _room(each: Any, kind: str) -> str:
    """Boxes to mark, or one line a part; for words or a long list, an empty cell that grows."""
    if kind in MARKED:
        shown = (_("Yes"), _("No")) if kind == "yes_no" else each.options
        return "\n".join(f"{BOX}{option}" for option in shown)
    return "\n".join(f"{option}:" for option in each.options)


def _rows_of(each: Any) -> Table:
    """A list of things: one column a part, and empty rows."""
    empty = ("",) * len(each.options)
    caption = f"{each.number} {each.label}"
    even = (1,) * len(each.options)
    return Table(caption=caption, head=tuple(each.options), rows=(empty,) * ROWS, shares=even)


def _budget(definition: Definition) -> Article:
    head = (
        _("Category"),
        _("Description"),
        _("Total"),
        _("Requested from the fund"),
        _("Own contribution"),
        _("In kind"),
        _("Other donors"),
    )
    names = [trilingual.say(each["label"]).text for each in definition["budget"]["categories"]]
    empty = ("",) * (len(head) - 1)
    rows = tuple((name, *empty) for name in names) + (("", *empty),) * max(LINES - len(names), 0)
    title = _("Budget, in Mexican pesos (MXN)")
    money = (2, 3, 4, 5, 6)
    table = Table(caption=title, head=head, rows=rows, numeric=money, shares=WIDTHS)
    return Article(key="budget", title=title, tables=(table,))
