"""Gate 1 as a condition: which rows belong to a file that a person may see.

`path` leads from the rows to their file, one foreign key after the other (`application__`,
`agreement__application__`); without it the rows are the files. Said of the rows themselves, the
condition is asked only of those that a list holds anyway.
"""

from datetime import datetime
from functools import lru_cache

from django.db.models import Q

from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.calls.models import Call
from monarca.ground.partners import queries as partners
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEES_ALL
from monarca.kit.record import Keys, keys

NOTHING = Q(pk__in=())


def seen(user: User, *, at: datetime, path: str = "") -> Q:
    """Of a file that this person may see at this instant; everything else does not exist.

    Members see their organisation's files; staff see what was submitted to their missions
    unless it is sealed; named readers see theirs; a barred person sees nothing of the file,
    whatever else they hold. A barred member still sees their own organisation's file never.
    """
    if getattr(user, "pk", None) is None:
        return NOTHING
    file = path.removesuffix("__") or "pk"
    mine = Q((f"{path}applicant__in", _organisations(user.pk, at)))
    held = serving(user, at=at, path=path) & Q((f"{path}submitted_at__isnull", False))
    held &= ~Q((f"{path}sensitivity", Sensitivity.SEALED))
    named = Q((f"{file}__in", _opened(user.pk, at)))
    barred = Q((f"{file}__in", _closed(user.pk, at)))
    return (held | mine | named) & ~barred


def serving(user: User, *, at: datetime, roles: frozenset[str] = SEES_ALL, path: str = "") -> Q:
    """Of a mission where the person holds one of these roles; headquarters is of every mission."""
    if getattr(user, "pk", None) is None:
        return NOTHING
    return Q((f"{path}call__in", _calls(user.pk, roles, at)))


def served(user: User, *, roles: frozenset[str], at: datetime, path: str = "") -> Q:
    """Of a file they may see, of a mission where they hold one of these roles."""
    return seen(user, at=at, path=path) & serving(user, at=at, roles=roles, path=path)


def speaking(user: User, *, at: datetime, path: str = "") -> Q:
    """Of an organisation that the person speaks for."""
    if getattr(user, "pk", None) is None:
        return NOTHING
    return Q((f"{path}applicant__in", _organisations(user.pk, at)))


@lru_cache(maxsize=32)
def _organisations(pk: int, at: datetime) -> Keys:
    """A question that nobody has asked yet: it holds no rows, so it cannot go stale."""
    return keys(partners.memberships_of(User(pk=pk), at=at), "organisation")


@lru_cache(maxsize=64)
def _calls(pk: int, roles: frozenset[str], at: datetime) -> Keys:
    missions = people.missions_of(User(pk=pk), at=at, roles=roles).order_by().values("pk")
    return keys(Call.objects.filter(mission__in=missions))


@lru_cache(maxsize=32)
def _opened(pk: int, at: datetime) -> Keys:
    return keys(people.opened_to(User(pk=pk), Application, at=at), "subject_id")


@lru_cache(maxsize=32)
def _closed(pk: int, at: datetime) -> Keys:
    return keys(people.closed_to(User(pk=pk), Application, at=at), "subject_id")
