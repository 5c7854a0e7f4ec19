"""A public record is begun, or begun again: how much of an agreement is told, and why not more."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import calendar, references
from monarca.engines.publishing.fiscal import reference_number
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.disclosure import policy, queries
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.states import MOVES, OPEN_TO, Level, Why
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move

LONGEST_SERIAL = 99_999
LETTERS = 8


class NotSignedYet(Refused):
    """Only an agreement that both parties signed has a public record."""


class AlreadyPrepared(Refused):
    """One public record an agreement; the present one is prepared again."""


class MoreThanIsSafe(Refused):
    """A restricted file is never told in full, and a sealed one has no line of its own."""


class WhyNotInFull(Refused):
    """Whoever keeps something from the public says why."""


class SectorUnknown(Refused):
    """The sector is one of those that the fund proposes for the project's priority."""


@transaction.atomic
def prepare(
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    level: str,
    reason: str = "",
    sector: str = "",
) -> Disclosure:
    """Begin the public record of a signed agreement. Its reference names the quarter of signature.

    `level` says how much is told and `reason` (one of `Why`) why not everything. `sector` is an
    OECD-DAC code among those of the project's priority; the first of them when none is given.
    Raises `NotSignedYet`, `AlreadyPrepared`, `MoreThanIsSafe`, `WhyNotInFull`, `SectorUnknown`.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    file = held.application
    require(policy.may_prepare(by, file, at=at))
    if held.signed_on is None:
        raise NotSignedYet(number=held.number)
    if queries.of(file):
        raise AlreadyPrepared(number=held.number)
    made = Disclosure.objects.create(
        agreement=held,
        application=file,
        reference=_drawn("reference", lambda: _a_reference(held)),
        slug=_drawn("slug", _a_slug),
        prepared_at=at,
        prepared_by=by,
        **_chosen(file, level=level, reason=reason, sector=sector),
    )
    _journal("disclosure.prepared", made, by=by, at=at)
    return made


@transaction.atomic
def prepare_again(
    disclosure: Disclosure,
    *,
    by: User,
    at: datetime,
    level: str,
    reason: str = "",
    sector: str = "",
) -> Disclosure:
    """Begin anew a record that was withdrawn, or not yet published: it needs approval again.

    With another level every official text is stale, and the record gets a new reference and
    address: nobody can lay the old one beside it. Raises what `prepare` raises.
    """
    file = disclosure.application
    require(policy.may_prepare(by, file, at=at))
    changes = _chosen(file, level=level, reason=reason, sector=sector or disclosure.sector)
    if level != disclosure.level:
        agreement = disclosure.agreement
        changes["reference"] = _drawn("reference", lambda: _a_reference(agreement))
        changes["slug"] = _drawn("slug", _a_slug)
        stale = Translation.objects.filter(disclosure=disclosure)
        stale.update(source_sha256="", reviewed_by=None, reviewed_at=None)
    anew = {"prepared_at": at, "prepared_by": by, "approved_at": None, "approved_by": None}
    anew |= {"published_at": None, "withdrawn_at": None}
    move(disclosure, MOVES, "prepare_again", **anew, **changes)
    _journal("disclosure.prepared_again", disclosure, by=by, at=at)
    return disclosure


def _chosen(file: Application, *, level: str, reason: str, sector: str) -> dict[str, Any]:
    """What was chosen, checked against the file as it is today."""
    if level not in OPEN_TO[file.sensitivity]:
        raise MoreThanIsSafe(level=str(level))
    told_in_full = level == Level.FULL
    if not told_in_full and reason not in Why.values:
        raise WhyNotInFull
    proposed = queries.sectors_for(file)
    if sector and sector not in proposed:
        raise SectorUnknown(sector=sector)
    return {
        "level": Level(level),
        "reason": "" if told_in_full else reason,
        "sector": sector or proposed[0],
    }


def _drawn(column: str, draw: Callable[[], str]) -> str:
    """A value that no other record has; the column's own constraint is the last word."""
    value = draw()
    while Disclosure.objects.filter(**{column: value}).exists():
        value = draw()
    return value


def _a_reference(agreement: Agreement) -> str:
    if agreement.signed_on is None:
        raise NotSignedYet(number=agreement.number)
    return reference_number(
        department=queries.DEPARTMENT,
        quarter=calendar.quarter_of(agreement.signed_on),
        serial=secrets.randbelow(LONGEST_SERIAL) + 1,
    )


def _a_slug() -> str:
    return "".join(secrets.choice(references.LETTERS) for _ in range(LETTERS)).lower()


def _journal(verb: str, made: Disclosure, *, by: User, at: datetime) -> None:
    said = {"reference": made.reference, "level": made.level, "reason": made.reason}
    record(verb, made, by=by, at=at, file=made.application, **said)
