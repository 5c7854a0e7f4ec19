"""The delegates' room: proposals, comments, amendments, votes, yes or no to the final text."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.kit import formats, reasons, trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.youthlab import actions, policy, queries
from monarca.programmes.youthlab.forms import answering, asking, showing
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Communique, Edition, Proposal, Round, Statement
from monarca.programmes.youthlab.states import Fate, Rounds, Shared, Text
from monarca.programmes.youthlab.views.common import edition_for, refused, show, status_of
from monarca.programmes.youthlab.views.public import about

KEEP = "keep"


@words_survive
def room(request: Request, code: str) -> HttpResponse:
    """What is open now, the proposals, the rounds, the sessions."""
    edition = edition_for(request, code)
    require(policy.may_read(request.user, edition, at=request.at))
    zone, at = edition.time_zone, request.at
    text = queries.communique_of(edition)
    proposals = queries.proposals_visible_to(request.user, edition, at=at)
    context = {
        **about(request, edition),
        "may_write": policy.may_deliberate(request.user, edition, at=at),
        "proposals": [_line(each) for each in proposals.exclude(status=Shared.WITHDRAWN)],
        "rounds": showing.round_rows(queries.rounds_of(edition), zone, at=at),
        "sessions": showing.session_rows(queries.sessions_of(edition), zone),
        "text_open": text is not None and text.status == Text.PROPOSED,
    }
    return show(request, "room", context)


def _line(each: Proposal) -> dict[str, Any]:
    return {
        "row": each,
        "title": each.title or _("Without a title"),
        "author": each.author.person.get_short_name(),
        "status": str(Shared(each.status).label),
        "is_draft": each.status == Shared.DRAFT,
    }


def proposal_for(request: Request, code: str, number: int) -> Proposal:
    edition = edition_for(request, code)
    rows = queries.proposals_visible_to(request.user, edition, at=request.at)
    return get_object_or_404(rows, number=number)


@words_survive
def propose(request: Request, code: str) -> HttpResponse:
    """A new proposal: whatever is typed is kept, and only its author sees it."""
    edition = edition_for(request, code)
    require(policy.may_deliberate(request.user, edition, at=request.at))
    initial = {"language": (get_language() or "es")[:2]}
    form = asking.Writing(typed(request), themes=edition.themes.order_by("number"), initial=initial)
    if request.method == "POST" and form.is_valid():
        reading = _reading(edition, form.cleaned_data)
        made = actions.propose(edition, reading, by=request.user, at=request.at)
        return _onward(request, made)
    context = {**about(request, edition), "form": form, "proposal": None}
    return show(request, "writing", context, status=status_of(request))


@words_survive
def revise(request: Request, code: str, number: int) -> HttpResponse:
    """The author writes on; a shared proposal keeps every reading it had."""
    row = proposal_for(request, code, number)
    require(policy.may_revise(request.user, row))
    theme = str(row.theme.number) if row.theme else ""
    initial = {"language": row.language, "theme": theme, "title": row.title, "text": row.text}
    themes = row.edition.themes.order_by("number")
    form = asking.Writing(typed(request), themes=themes, initial=initial)
    if request.method == "POST" and form.is_valid():
        reading = _reading(row.edition, form.cleaned_data)
        try:
            held = actions.save_story(row, reading, by=request.user, at=request.at)
            return _onward(request, held)
        except Refused as no:
            refused(form, no)
    context = {
        **about(request, row.edition),
        "form": form,
        "proposal": row,
        "is_draft": row.status == Shared.DRAFT,
        "saved": formats.clock(row.saved_at, row.edition.time_zone),
    }
    return show(request, "writing", context, status=status_of(request))


def _reading(edition: Edition, given: dict[str, Any]) -> actions.Reading:
    number = given["theme"]
    theme = edition.themes.filter(number=number).first() if number else None
    return actions.Reading(given["title"], given["text"], given["language"], theme)


def _onward(request: Request, row: Proposal) -> HttpResponse:
    """To sharing, to the proposal, or on with writing."""
    code = row.edition.code
    do = request.POST.get("do", KEEP)
    if do == "share" and row.status == Shared.DRAFT:
        try:
            actions.share(row, by=request.user, at=request.at)
        except Refused as no:
            messages.error(request, reasons.sentence(no.reason))
            return redirect("youthlab:revise", code, row.number)
    if do == "withdraw":
        actions.take_back(row, by=request.user, at=request.at)
        return redirect("youthlab:room", code)
    if do == KEEP and row.status == Shared.DRAFT:
        messages.success(request, _("Saved. Only you see it until you share it."))
        return redirect("youthlab:revise", code, row.number)
    return redirect("youthlab:proposal", code, row.number)


@words_survive
def proposal(request: Request, code: str, number: int) -> HttpResponse:
    """A proposal with all it was told; a comment is sent, or kept for later."""
    row = proposal_for(request, code, number)
    place = f"comment:{code}:{number}"
    kept = queries.draft_of(request.user, place)
    form = asking.Commenting(typed(request), initial=kept)
    if request.method == "POST":
        if request.POST.get("amendment"):
            return _answered(request, row)
        if form.is_valid() and _commented(request, row, form, place):
            return redirect("youthlab:proposal", code, number)
    held = queries.open_round(row.edition, Rounds.COMMENT, at=request.at)
    context = {
        **about(request, row.edition),
        "proposal": row,
        "form": form,
        "is_mine": policy.may_revise(request.user, row),
        "is_shared": row.status == Shared.SHARED,
        "may_comment": _may(request, row, held),
        "may_amend": _may(
            request, row, queries.open_round(row.edition, Rounds.AMEND, at=request.at)
        ),
        "comments": queries.comments_on(row),
        "amendments": queries.amendments_to(row),
        "open_fate": Fate.OPEN,
        "revisions": queries.revisions_of(row),
        "has_kept": bool(kept),
    }
    return show(request, "proposal", context, status=status_of(request))


def _may(request: Request, row: Proposal, held: Round | None) -> bool:
    is_delegate = policy.may_deliberate(request.user, row.edition, at=request.at)
    return held is not None and row.status == Shared.SHARED and is_delegate


def _commented(request: Request, row: Proposal, form: asking.Commenting, place: str) -> bool:
    """Send it, or keep it; what could not be sent is kept as well."""
    text = form.cleaned_data["text"]
    if request.POST.get("do") == KEEP:
        actions.keep(place, {"text": text}, by=request.user, at=request.at)
        messages.success(request, _("Kept. Nobody else sees it."))
        return True
    language = (get_language() or "es")[:2]
    try:
        actions.comment(row, text, language=language, place=place, by=request.user, at=request.at)
    except Refused as no:
        actions.keep(place, {"text": text}, by=request.user, at=request.at)
        refused(form, no, "text")
        return False
    return True


def _answered(request: Request, row: Proposal) -> HttpResponse:
    """The author takes an amendment, or leaves it."""
    number = request.POST.get("amendment", "")
    found = queries.amendments_to(row).filter(number=number if number.isdecimal() else 0).first()
    if found is None:
        raise Http404
    is_taken = request.POST.get("do") == "take"
    actions.answer_amendment(found, is_taken=is_taken, by=request.user, at=request.at)
    return redirect("youthlab:proposal", row.edition.code, row.number)


@words_survive
def amend(request: Request, code: str, number: int) -> HttpResponse:
    """Another wording of a proposal, sent or kept for later."""
    row = proposal_for(request, code, number)
    require(policy.may_deliberate(request.user, row.edition, at=request.at))
    place = f"amend:{code}:{number}"
    kept = queries.draft_of(request.user, place)
    form = asking.Amending(typed(request), initial=kept or {"text": row.text})
    if request.method == "POST" and form.is_valid() and _amended(request, row, form, place):
        return redirect("youthlab:proposal", code, number)
    context = {**about(request, row.edition), "proposal": row, "form": form}
    return show(request, "amend", context, status=status_of(request))


def _amended(request: Request, row: Proposal, form: asking.Amending, place: str) -> bool:
    given = form.cleaned_data
    if request.POST.get("do") == KEEP:
        actions.keep(place, given, by=request.user, at=request.at)
        messages.success(request, _("Kept. Nobody else sees it."))
        return True
    change = actions.Change(given["text"], given["reason"], (get_language() or "es")[:2])
    try:
        actions.amend(row, change, place=place, by=request.user, at=request.at)
    except Refused as no:
        actions.keep(place, given, by=request.user, at=request.at)
        refused(form, no, "text")
        return False
    return True


VALUES = {"agree": 1, "disagree": -1, "pass": 0}


@words_survive
def vote(request: Request, code: str, number: int) -> HttpResponse:
    """The statements of a round, each with three buttons; a vote may be changed until it closes."""
    edition = edition_for(request, code)
    held = get_object_or_404(queries.rounds_of(edition), number=number, kind=Rounds.VOTE)
    require(policy.may_vote(request.user, held, at=request.at))
    refusal, status = "", 200
    if request.method == "POST":
        try:
            return _voted(request, held)
        except Refused as no:
            refusal, status = reasons.sentence(no.reason), 409
    mine = queries.votes_of(held, request.user, at=request.at)
    names = {value: name for name, value in VALUES.items()}
    statements = list(queries.statements_of(held))
    context = {
        **about(request, edition),
        "held": held,
        "refusal": refusal,
        "is_open": queries.phase_of(held, at=request.at) == "open",
        "statements": [
            _statement(each, names.get(mine.get(each.pk, 9), "")) for each in statements
        ],
        "done": len(mine),
        "all": len(statements),
        "until": formats.deadline(held.closes_at, edition.time_zone, request.at),
    }
    return show(request, "vote", context, status=status)


def _statement(each: Statement, mine: str) -> dict[str, Any]:
    text, language = trilingual.say(each.text)
    return {"number": each.number, "text": text, "lang": language, "mine": mine}


def _voted(request: Request, held: Round) -> HttpResponse:
    """One button, one vote: `name` says the statement, `value` the answer."""
    number = request.POST.get("statement", "")
    rows = queries.statements_of(held)
    row = get_object_or_404(rows, number=number if number.isdecimal() else 0)
    value = VALUES.get(request.POST.get("says", ""))
    if value is None:
        raise Http404
    actions.vote(held, {row.number: value}, by=request.user, at=request.at)
    following = rows.filter(number__gt=row.number).first() or row
    place = redirect("youthlab:vote", held.edition.code, held.number)
    place["Location"] += f"#s{following.number}"
    return place


@words_survive
def adopt(request: Request, code: str) -> HttpResponse:
    """The final text in three languages, and a delegate's yes or no to each part of it."""
    edition = edition_for(request, code)
    require(policy.may_read(request.user, edition, at=request.at))
    row = queries.communique_of(edition)
    if row is None or row.status == Text.DRAFT:
        raise Http404
    if request.method == "POST":
        says = _says(request, [each.pk for each in queries.recommendations_of(row)])
        actions.adopt(row, says, by=request.user, at=request.at)
        messages.success(
            request, _("Your yes and no are noted. You can change them until it closes.")
        )
        return redirect("youthlab:adopt", code)
    me = queries.delegate(edition, request.user, at=request.at)
    mine = queries.said_by(row, me) if me else {}
    text = answering.text_of(row, request.user, at=request.at, whole=True)
    for each in text["recommendations"]:
        each["mine"] = _word(mine, each["row"].pk)
    context = {
        **about(request, edition),
        "text": text,
        "mine_whole": _word(mine, None),
        "may_vote": me is not None and _is_open(row, request),
        "until": formats.deadline(row.closes_at, edition.time_zone, request.at)
        if row.closes_at
        else None,
    }
    return show(request, "adopt", context)


def _word(mine: Mapping[int | None, bool], key: int | None) -> str:
    return ("yes" if mine[key] else "no") if key in mine else ""


def _is_open(row: Communique, request: Request) -> bool:
    is_proposed = row.status == Text.PROPOSED
    return is_proposed and row.closes_at is not None and request.at < row.closes_at


def _says(request: Request, keys: list[int]) -> dict[int | None, bool]:
    """What was ticked: `whole`, and `r` and the place of each recommendation."""
    boxes: dict[str, int | None] = {"whole": None}
    boxes |= {f"r{place}": key for place, key in enumerate(keys, 1)}
    words = {"yes": True, "no": False}
    return {
        key: words[request.POST[box]]
        for box, key in boxes.items()
        if request.POST.get(box) in words
    }
