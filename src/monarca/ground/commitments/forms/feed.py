"""Public news as an Atom feed (RFC 4287): identities that never change, links, languages."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from django.urls import reverse
from django.utils.translation import gettext as _
from lxml import etree

from monarca.ground.commitments.forms.showing import foreign, named
from monarca.ground.commitments.queries import News
from monarca.ground.commitments.states import Aims
from monarca.kit import formats, trilingual

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml; charset=utf-8"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without news was changed last."""

type Whole = Callable[[str], str]


def written(news: Sequence[News], *, whole: Whole, author: str, aim: str = "") -> bytes:
    """The feed in the reader's language; `whole` makes an address of a path of ours."""
    language = formats.language()
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set(LANG, formats.TAGS[language])
    _text(feed, "id", _identity("feed", language, aim))
    _text(feed, "title", _title(aim))
    _text(feed, "subtitle", _("What was promised in public life, and what became of it."))
    _text(feed, "updated", _instant(news[0].at if news else BEGINNING))
    _text(etree.SubElement(feed, f"{{{ATOM}}}author"), "name", author)
    asked = f"?aim={aim}" if aim else ""
    _link(feed, "self", whole(reverse("commitments:feed") + asked), type="application/atom+xml")
    _link(feed, "alternate", whole(reverse("commitments:list") + asked), type="text/html")
    for one in news:
        _entry(feed, one, whole=whole, language=language)
    return bytes(etree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: etree._Element, one: News, *, whole: Whole, language: str) -> None:
    row = one.commitment
    said = trilingual.say(row.text)
    tag = foreign(said.language)
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", _identity(row.reference, language, one.key))
    _text(entry, "title", f"{_kind(one)}: {said.text}", tag)
    _text(entry, "updated", _instant(one.at))
    _text(entry, "published", _instant(one.at))
    _link(
        entry,
        "alternate",
        whole(reverse("commitments:one", args=[row.reference])),
        type="text/html",
    )
    if one.progress and one.progress.evidence_url.lower().startswith("http"):
        _link(entry, "related", one.progress.evidence_url)
    for text, lang in _summary(one):
        _text(entry, "summary", text, lang)


def _summary(one: News) -> Iterator[tuple[str, str]]:
    """One summary at most: what was said, or why it was worded anew, or when it is due."""
    if one.progress and one.progress.note:
        yield one.progress.note, foreign(one.progress.language)
    elif one.wording is None and one.commitment.due_on:
        yield _("Due on %(day)s") % {"day": formats.day(one.commitment.due_on)}, ""


def _kind(one: News) -> str:
    if one.progress:
        return named(one.progress.status).text
    return _("Worded anew") if one.wording else _("New commitment")


def _title(aim: str) -> str:
    title = _("News of commitments")
    return f"{title}: {Aims(aim).label}" if aim else title


def _identity(*parts: str) -> str:
    """A name that stays the same wherever the house stands, and says nothing about its rows."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('monarca', 'commitments', *parts)))}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(parent: etree._Element, name: str, text: str, lang: str = "") -> None:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = UNWRITABLE.sub("", text)
    if lang:
        element.set(LANG, lang)


def _link(parent: etree._Element, relation: str, href: str, **given: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": href, **given})
