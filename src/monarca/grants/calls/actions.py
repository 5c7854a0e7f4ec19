"""Everything that can happen to a call: loaded from a pack, published, extended, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import packs
from monarca.grants.calls import policy, queries
from monarca.grants.calls.models import Call, Form
from monarca.grants.calls.states import MOVES, Status
from monarca.ground.codelists import actions as codelists
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes.models import Envelope
from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.rates import queries as rates
from monarca.ground.rates.models import Rate
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class CallHasStarted(Refused):
    """The call is published: its window changes only by `extend`, its form only by `revise`."""


class DeadlineMovesBack(Refused):
    """A deadline that was announced may be extended, never shortened."""


class CallIsOver(Refused):
    """The call closes before it would be published."""


@transaction.atomic
def load(definition: Mapping[str, Any], *, by: User | None, at: datetime) -> Call:
    """Make the draft call of a pack, or bring a draft up to date; freeze the form it has now.

    The same definition loaded twice changes nothing. A published call is never touched
    silently: raises `CallHasStarted` when the definition differs from the frozen one.
    """
    mission = _mission(definition, by=by, at=at)
    require(policy.may_load(by, mission, at=at))
    code = packs.call_code(definition)
    known = Call.objects.select_for_update().filter(code=code).first()
    if known and known.status != Status.DRAFT:
        if queries.form_of(known).sha256 != packs.definition_sha256(definition):
            raise CallHasStarted(call=code)
        return known
    _lists(definition, at=at)
    columns = {**_columns(definition), "mission": mission}
    columns["envelope"] = _envelope(mission, definition, by=by, at=at)
    columns["rate"] = _rate(columns)
    call, made = Call.objects.update_or_create(code=code, defaults=columns)
    if made:
        record("call.drafted", call, by=by, at=at, code=code)
    freeze(call, definition, by=by, at=at)
    return call


@transaction.atomic
def freeze(call: Call, definition: Mapping[str, Any], *, by: User | None, at: datetime) -> Form:
    """Keep this definition as the call's next form, unless it is the latest already."""
    require(policy.may_run(by, call, at=at))
    sha256 = packs.definition_sha256(definition)
    last = Form.objects.filter(call=call).defer("definition").order_by("-version").first()
    if last and last.sha256 == sha256:
        return last
    form = Form.objects.create(
        call=call,
        version=(last.version if last else 0) + 1,
        sha256=sha256,
        definition=dict(definition),
        at=at,
        by=by,
    )
    record("form.frozen", form, by=by, at=at, call=call.code, version=form.version, sha256=sha256)
    return form


@transaction.atomic
def publish(call: Call, *, by: User | None, at: datetime) -> Call:
    require(policy.may_run(by, call, at=at))
    if call.closes_at <= at:
        raise CallIsOver(call=call.code)
    move(call, MOVES, "publish", published_at=at)
    form = queries.form_of(call)
    record("call.published", call, by=by, at=at, form=form.version, sha256=form.sha256)
    return call


@transaction.atomic
def extend(call: Call, *, by: User, at: datetime, closes_at: datetime) -> Call:
    """Move the deadline later, while the call is open."""
    require(policy.may_run(by, call, at=at))
    if closes_at <= call.closes_at or not call.is_open(at):
        raise DeadlineMovesBack(call=call.code)
    before = call.closes_at
    move(call, MOVES, "extend", closes_at=closes_at)
    record(
        "call.extended", call, by=by, at=at, before=before.isoformat(), after=closes_at.isoformat()
    )
    return call


@transaction.atomic
def close(call: Call, *, by: User | None, at: datetime) -> Call:
    """Close a call whose deadline has passed; `tick` does it."""
    require(policy.may_close(by, call, at=at))
    if call.is_open(at):
        raise CallHasStarted(call=call.code)
    move(call, MOVES, "close")
    record("call.closed", call, by=by, at=at, command="" if by else "tick")
    return call


@transaction.atomic
def cancel(call: Call, *, by: User, at: datetime) -> Call:
    require(policy.may_run(by, call, at=at))
    move(call, MOVES, "cancel")
    record("call.cancelled", call, by=by, at=at)
    return call


def _mission(definition: Mapping[str, Any], *, by: User | None, at: datetime) -> Mission:
    given = definition["mission"]
    return people.found_mission(
        given["code"],
        by=by,
        at=at,
        name=given["name"],
        countries=given["countries"],
        time_zone=given["time_zone"],
        email=given.get("email", ""),
        address=given.get("address", {}),
    )


def _lists(definition: Mapping[str, Any], *, at: datetime) -> None:
    """The pack's lists, known to every room by code: aims, priorities with every focus."""
    codelists.load("aim", definition["aims"], by=None, at=at)
    codelists.load("priority", list(_tree(definition["priorities"])), by=None, at=at)
    codelists.load("factor", definition["gba"]["factors"], by=None, at=at)
    codelists.load("budget-category", definition["budget"]["categories"], by=None, at=at)


def _tree(nodes: list[dict[str, Any]], parent: str = "") -> Any:
    for node in nodes:
        official = [code for code, known in node.get("sourced", {}).items() if known]
        entry = {"code": node["code"], "parent": parent, "label": node["label"]}
        yield {**entry, "official": official}
        yield from _tree(node.get("children", []), node["code"])
        yield from _tree(node.get("focus", []), node["code"])


def _columns(definition: Mapping[str, Any]) -> dict[str, Any]:
    call, year = definition["call"], packs.fiscal_year(definition)
    return {
        "title": {
            lang: text.replace("{fiscal_year}", year) for lang, text in call["title"].items()
        },
        "summary": call["summary"],
        "languages": list(call["languages"]),
        "opens_at": datetime.fromisoformat(call["opens_at"]),
        "closes_at": datetime.fromisoformat(call["closes_at"]),
        "grace_minutes": call.get("grace_minutes", 0),
        "time_zone": definition["mission"]["time_zone"],
        "fiscal_year": year,
        "activities_end_on": packs.activities_end(definition),
        "currency": call["currency"],
        "local_currency": call["local_currency"],
        "budget_cents": call["budget_cents"],
        "max_cents": call["max_cents"],
    }


def _envelope(
    mission: Mission, definition: Mapping[str, Any], *, by: User | None, at: datetime
) -> Envelope:
    """The year's envelope; made with the call's budget where nobody set one before."""
    year = packs.fiscal_year(definition)
    known = Envelope.objects.filter(mission=mission, fiscal_year=year).first()
    cents = definition["call"]["budget_cents"]
    return known or envelopes.set_size(mission, year, cents, by=by, at=at)


def _rate(columns: Mapping[str, Any]) -> Rate | None:
    """The rate budgets are converted at: of the opening day, or none while none is known."""
    try:
        return rates.on(columns["opens_at"].date(), columns["local_currency"])
    except rates.RateTooOld:
        return None
