"""Messages, buttons and ways around a page."""

from collections.abc import Sequence
from typing import Literal, Required, TypedDict, Unpack

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.kit.parts import Tone
from monarca.portal.components.templatetags.rendering import Row, check, padded, render

register = template.Library()

type Kind = Literal["primary", "start", "second", "quiet", "danger"]

AROUND = 1  # page numbers shown on each side of the present one


def stages() -> list[str]:
    """The seven stages of the river in the reader's language."""
    return [
        pgettext("stage", "Call"),
        pgettext("stage", "Application"),
        pgettext("stage", "Review"),
        pgettext("stage", "Decision"),
        pgettext("stage", "Agreement"),
        pgettext("stage", "Report"),
        pgettext("stage", "Publication"),
    ]


@register.simple_block_tag
def notice(
    content: str, *, tone: Literal["info", "ok", "warn", "bad"] = "info", title: str = ""
) -> SafeString:
    """One message about the whole page, in words; never the only place where an error is said."""
    return render("notice", content=content, tone=tone, title=title)


class Button(TypedDict, total=False):
    """What a button may carry: where it goes or what it sends."""

    kind: Kind
    href: str
    name: str
    value: str
    about: str  # read aloud after the text: which row this button belongs to
    disabled: bool
    tiny: bool
    dialog: str  # id of the dialog that its link may open
    prints: bool  # prints the page; shown only when the script runs
    form: str  # id of the form it sends, when it stands outside


@register.simple_tag
def button(text: str, **given: Unpack[Button]) -> SafeString:
    """Does something (button) or goes somewhere (`href`). One `start` a page at most."""
    check("button", given, Button)
    return render("button", text=text, **{"kind": "primary", **given})


@register.simple_tag
def status_tag(text: str, *, tone: Tone = "plain") -> SafeString:
    """A status in words with a shape; colour is the third signal, never the first."""
    return render("status_tag", text=text, tone=tone)


@register.simple_tag
def footer() -> SafeString:
    """The foot of every page: what Monarca is, and the pages about it."""
    return render("footer")


@register.simple_tag
def river(stage: int, *, links: Sequence[str] = (), label: str = "") -> SafeString:
    """Where a record is: 0 (call) to 6 (publication); `links` lead back, "" for a stage without."""
    steps = [
        {
            "name": name,
            "state": "done" if index < stage else "here" if index == stage else "",
            "href": links[index] if index < len(links) and index <= stage else "",
        }
        for index, name in enumerate(stages())
    ]
    return render("river", steps=steps, label=label or _("Stages of the river"))


@register.simple_tag
def crumbs(trail: Sequence[tuple[str, str]]) -> SafeString:
    """The way back up: (text, address) a level; the page itself is not repeated."""
    return render("crumbs", trail=trail)


@register.simple_tag
def tabs(items: Sequence[Row], *, here: int = 0, label: str = "") -> SafeString:
    """Sibling views as plain links: (text, address); the address says which one is open."""
    return render("tabs", items=items, here=here, label=label or _("Views"))


@register.simple_tag
def pager(*, page: int, pages: int, found: str, query: str = "") -> SafeString:
    """How many there are (`found`, a whole phrase) and links to the other screens of them.

    `query` is the rest of the address's query, url-encoded: `status=sent&q=agua`.
    """
    near = range(max(page - AROUND, 1), min(page + AROUND, pages) + 1)
    shown = sorted({1, pages, *near}) if pages > 1 else []
    links = [
        {"text": str(number), "here": number == page, "gap": number - before > 1}
        for before, number in zip([0, *shown], shown, strict=False)
    ]
    return render("pager", links=links, found=found, query=query)


@register.simple_tag
def save_line(state: Literal["saved", "phone", "unsaved"] = "saved", *, at: str = "") -> SafeString:
    """Where the words are now: at the embassy, only on this phone, or not saved yet."""
    say = {
        "saved": _("Saved at the embassy at %(time)s") % {"time": at}
        if at
        else _("Saved at the embassy"),
        "phone": _("Only on this phone: save when you have signal"),
        "unsaved": _("Changes not saved yet"),
    }
    return render("save_line", state=state, say=say, words=say[state])


class Dialog(TypedDict, total=False):
    """What a dialog asks: its form posts to `action`, which is also a page with the same words."""

    id: Required[str]
    title: Required[str]
    action: Required[str]
    confirm: Required[str]
    cancel: str
    kind: Kind
    name: str
    value: str


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, **given: Unpack[Dialog]) -> SafeString:
    """Asks once before something that cannot be undone; fields in its content are sent too."""
    check("dialog", given, Dialog)
    token = context.get("csrf_token", "")
    return render("dialog", content=content, csrf_token=token, **{"kind": "danger", **given})


@register.simple_block_tag
def empty(content: str, *, title: str, action: str = "", level: int = 2) -> SafeString:
    """Nothing here yet: says why, and what to do next if anything (`action`: a rendered button)."""
    return render("empty", content=content, title=title, action=action, level=str(level))


@register.simple_block_tag
def sealed(content: str, *, title: str, label: str = "", actions: str = "") -> SafeString:
    """A record closed to this reader: that it exists, why it is closed, who can open it."""
    return render(
        "sealed", content=content, title=title, label=label or _("Sealed"), actions=actions
    )


@register.simple_tag
def facts(rows: Sequence[Row], *, tight: bool = False) -> SafeString:
    """Questions and answers: (term, value), or (term, value, address where it can be changed)."""
    return render("facts", rows=[padded(row, 3) for row in rows], tight=tight)
