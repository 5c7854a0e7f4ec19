"""Agreed texts: side by side, paragraph by paragraph, worded and agreed by both sides."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.kit import formats
from monarca.programmes.dialogues import actions, forms, policy, queries
from monarca.programmes.dialogues.models import Edition, Paragraph, Text
from monarca.programmes.dialogues.states import Sensitivity, Stage
from monarca.programmes.dialogues.views.answering import (
    allow,
    frame,
    opened,
    say,
    shown,
    signed_in,
    tried,
)


@signed_in
def listing(request: Request, ref: str) -> HttpResponse:
    """The texts of a meeting, and the form that begins another."""
    edition = opened(request, ref)
    seen = queries.items_visible_to(request.user, at=request.at).filter(edition=edition)
    sealed = seen.filter(sensitivity=Sensitivity.SEALED)
    form = forms.Beginning(request.POST or None, items=sealed)
    made: list[str] = []

    def act() -> None:
        text = actions.begin(edition, by=request.user, at=request.at, **form.given())
        made.append(text.code)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The text is begun. Both sides word and agree it."))
        return redirect("dialogues:text", ref, made[0])
    rows = queries.texts_visible_to(request.user, at=request.at).filter(edition=edition)
    context = {
        **frame(request, edition, "texts"),
        "form": form,
        "head": [_("Text"), _("Languages"), _("Status")],
        "rows": forms.text_rows(rows.select_related("edition", "item")),
    }
    return shown(request, "texts", context)


def load(request: Request, edition: Edition, code: str) -> Text:
    rows = queries.texts_visible_to(request.user, at=request.at).filter(edition=edition)
    return get_object_or_404(rows.select_related("item", "edition__series__mission"), code=code)


@signed_in
def detail(request: Request, ref: str, code: str) -> HttpResponse:
    """The parallel texts, who agreed what, and what is missing before it can be final."""
    edition = opened(request, ref)
    text = load(request, edition, code)
    framed = frame(request, edition, "texts")
    standings = queries.standings(text)
    is_draft = text.status == Stage.DRAFT
    side = framed["side"] if is_draft else ""
    lines = forms.lines(standings, side)
    context = {
        **framed,
        "text": text,
        "name": forms.text_name(text),
        "is_draft": is_draft,
        "lines": lines,
        "missing": _missing(standings) if is_draft else [],
        "boxes": forms.boxes(lines),
        "may_word": bool(side),
        "may_adopt": is_draft and policy.may_adopt(request.user, text, at=request.at),
        "may_publish": not is_draft
        and text.item is None
        and text.published_at is None
        and policy.may_publish(request.user, edition, at=request.at),
    }
    return shown(request, "text", context)


def _missing(standings: list[queries.Standing]) -> list[str]:
    """What each side has still to agree, in words."""
    lack = queries.missing(standings)
    said = []
    for name, count in ((_("Canada"), lack.canada), (_("Mexico"), lack.mexico)):
        if count:
            words = ngettext(
                "%(side)s has %(n)s language version to agree.",
                "%(side)s has %(n)s language versions to agree.",
                count,
            )
            said.append(words % {"side": name, "n": formats.number(count)})
    return said


def _form(request: Request, text: Text, **given: Any) -> forms.Wording:
    items = queries.items_visible_to(request.user, at=request.at)
    open_items = items.filter(edition=text.edition_id, sensitivity=Sensitivity.OPEN)
    side = policy.speaks_for(request.user, text.edition, at=request.at)
    people = queries.may_be_named(text.edition, side=side, at=request.at)
    return forms.Wording(request.POST or None, text=text, items=open_items, people=people, **given)


def _words(form: forms.Wording, after: Paragraph | None = None) -> actions.Paragraphs:
    """What was typed, as the act takes it."""
    terms = None
    if form.is_promise:
        given = form.terms()
        owners = tuple(actions.Owed(*owner) for owner in given.pop("owners"))
        terms = actions.Terms(owners=owners, **given)
    return actions.Paragraphs(form.three("words"), terms=terms, item=form.item(), after=after)


@signed_in
def add(request: Request, ref: str, code: str) -> HttpResponse:
    """Another paragraph; `?promise=1` makes it a promise, `?after=` says behind which."""
    edition = opened(request, ref)
    text = load(request, edition, code)
    allow(policy.may_word(request.user, text, at=request.at))
    is_promise = request.GET.get("promise") == "1"
    after = text.paragraphs.filter(code=request.GET.get("after", "")).first()
    form = _form(request, text, is_promise=is_promise, is_new=True)

    def act() -> None:
        actions.add(text, _words(form, after), by=request.user, at=request.at)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        say(request, _("The paragraph is proposed to both sides."))
        return redirect("dialogues:text", ref, code)
    context = {
        **frame(request, edition, "texts"),
        "form": form,
        "text": text,
        "name": forms.text_name(text),
        "is_promise": is_promise,
    }
    return shown(request, "word", context)


@signed_in
def paragraph(request: Request, ref: str, code: str, mark: str) -> HttpResponse:
    """One paragraph: worded anew by either side, with every wording there was."""
    edition = opened(request, ref)
    text = load(request, edition, code)
    row: Paragraph = get_object_or_404(text.paragraphs.select_related("text"), code=mark)
    row.text = text
    standing = queries.standing_of(row)
    may = text.status == Stage.DRAFT and policy.may_word(request.user, text, at=request.at)
    start = forms.worded_as(standing, list(_people(request, edition)))
    form = _form(request, text, is_promise=row.is_promise, initial=start)

    def act() -> None:
        seen = form.cleaned_data["seen"] or 0
        actions.word(row, _words(form), seen=seen, by=request.user, at=request.at)

    if request.method == "POST":
        allow(may)
        if form.is_valid() and tried(form, act):
            say(request, _("Worded anew. Both sides agree this paragraph again."))
            return redirect("dialogues:text", ref, code)
    wordings, accords = queries.history_of(row)
    context = {
        **frame(request, edition, "texts"),
        "form": form if may else None,
        "text": text,
        "name": forms.text_name(text),
        "line": forms.lines([standing], "")[0],
        "wordings": forms.wordings_told(wordings, accords),
    }
    return shown(request, "paragraph", context)


def _people(request: Request, edition: Edition) -> Any:
    side = policy.speaks_for(request.user, edition, at=request.at)
    return queries.may_be_named(edition, side=side, at=request.at)


@signed_in
@require_POST
def agree(request: Request, ref: str, code: str) -> HttpResponse:
    """Agree, as they were read, one language of one paragraph, all of it, or all of the text.

    Each box is `paragraph:round:language`; what changed since is not agreed (409).
    """
    edition = opened(request, ref)
    text = load(request, edition, code)
    allow(policy.may_word(request.user, text, at=request.at))
    made = actions.agree_read(text, _ticked(request, text), by=request.user, at=request.at)
    words = ngettext("%(n)s language version agreed.", "%(n)s language versions agreed.", made)
    say(request, words % {"n": formats.number(made)})
    place = reverse("dialogues:text", args=[ref, code])
    return redirect(f"{place}#{request.POST.get('at', '')[:12]}")


def _ticked(request: Request, text: Text) -> list[tuple[Paragraph, int, str]]:
    """What was ticked: the paragraph, the round that was read, the language."""
    known = {row.code: row for row in text.paragraphs.select_related("text__edition__series")}
    found = []
    for box in request.POST.getlist("agree")[:2000]:
        mark, _colon, rest = box.partition(":")
        seen, _colon, language = rest.partition(":")
        if mark in known and seen.isascii() and seen.isdigit() and len(seen) < 9:
            found.append((known[mark], int(seen), language))
    return found


@signed_in
@require_POST
def adopt(request: Request, ref: str, code: str) -> HttpResponse:
    text = load(request, opened(request, ref), code)
    actions.adopt(text, by=request.user, at=request.at)
    say(request, _("Adopted by both sides. Its promises stand in the register."))
    return redirect("dialogues:text", ref, code)


@signed_in
@require_POST
def publish(request: Request, ref: str, code: str) -> HttpResponse:
    text = load(request, opened(request, ref), code)
    actions.publish(text, by=request.user, at=request.at)
    say(request, _("Everybody can read it now, in its languages."))
    return redirect("dialogues:text", ref, code)
