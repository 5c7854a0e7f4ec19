"""Questions about public records: which a person sees, and what waits for whom."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import gate
from monarca.grants.applications.models import Application
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.states import OF_ITS_OWN, OFFICIAL, Field, Level, Status
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox

WRITERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
APPROVERS = frozenset({Roles.MANAGER})
PUBLISHERS = frozenset({Roles.HEAD_OF_MISSION})
EVERY_TEXT = len(Field.values) * len(OFFICIAL)


def visible_to(user: User, *, at: datetime) -> QuerySet[Disclosure]:
    """Records of the files this person may see, for staff of their missions only."""
    rows = Disclosure.objects.filter(gate.seen(user, at=at, path="application__"))
    rows = rows.filter(gate.serving(user, at=at, path="application__"))
    return rows.order_by("-prepared_at", "-pk")


def of(file: Application) -> Disclosure | None:
    return Disclosure.objects.filter(application=file).first()


def translations_of(disclosure: Disclosure) -> dict[tuple[str, str], Translation]:
    """The official texts by field and language."""
    rows = Translation.objects.filter(disclosure=disclosure).select_related(
        "translator", "reviewed_by"
    )
    return {(row.field, row.language): row for row in rows.order_by("field", "language")}


def working_at(user: User, *, at: datetime) -> bool:
    """Does this person serve a mission, so that the desk's list is theirs to read?"""
    return people.missions_of(user, at=at).exists()


def listed(user: User, *, at: datetime) -> QuerySet[Disclosure]:
    """Every record this person sees, ready for a list."""
    return visible_to(user, at=at).select_related("application__call", "agreement__recipient")


def to_prepare(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Signed agreements without a public record, where this person prepares."""
    ours = Disclosure.objects.filter(agreement=OuterRef("pk"))
    here = gate.serving(user, at=at, roles=WRITERS, path="application__")
    rows = agreements.visible_to(user, at=at).filter(here, ~Exists(ours), signed_on__isnull=False)
    rows = rows.select_related("application__call", "recipient")
    return rows.order_by("signed_on", "pk")


def to_write(user: User, *, at: datetime) -> QuerySet[Disclosure]:
    """Prepared records that still lack an official text."""
    rows = _served(user, WRITERS, at=at).filter(status=Status.PREPARED, level__in=OF_ITS_OWN)
    return rows.exclude(pk__in=_worded()).order_by("prepared_at", "pk")


def to_approve(user: User, *, at: datetime) -> QuerySet[Disclosure]:
    """Prepared records with every text, by somebody else than this manager."""
    rows = _served(user, APPROVERS, at=at).filter(status=Status.PREPARED)
    ready = Q(pk__in=_worded()) | ~Q(level__in=OF_ITS_OWN)
    return rows.filter(ready).exclude(prepared_by=user).order_by("prepared_at", "pk")


def to_publish(user: User, *, at: datetime) -> QuerySet[Disclosure]:
    """Approved records that wait for this head of mission; withheld ones wait for nobody."""
    rows = _served(user, PUBLISHERS, at=at).filter(status=Status.APPROVED)
    return rows.exclude(level=Level.WITHHELD).order_by("approved_at", "pk")


def _served(user: User, roles: frozenset[str], *, at: datetime) -> QuerySet[Disclosure]:
    ours = gate.serving(user, at=at, roles=roles, path="application__")
    return listed(user, at=at).filter(ours)


def _worded() -> QuerySet[Any, Any]:
    """The records of which every official text stands."""
    rows = Translation.objects.filter(language__in=OFFICIAL).exclude(source_sha256="")
    counted = rows.order_by().values("disclosure").annotate(n=Count("pk"))
    return counted.filter(n=EVERY_TEXT).values("disclosure")


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits on the way to the public for this person's roles."""
    held = people.held(user, at=at)
    url = reverse("disclosure:list")
    found = []
    if held & WRITERS:
        found += [
            Inbox("to-disclose", _("To prepare for the public"), to_prepare(user, at=at), url),
            Inbox(
                "to-word", _("Official texts to write"), to_write(user, at=at), f"{url}?view=write"
            ),
        ]
    if held & APPROVERS:
        rows = to_approve(user, at=at)
        found.append(
            Inbox("to-let-pass", _("Public records to approve"), rows, f"{url}?view=approve")
        )
    if held & PUBLISHERS:
        rows = to_publish(user, at=at)
        found.append(Inbox("to-publish", _("To publish"), rows, f"{url}?view=publish"))
    return tuple(found)
