"""What waits at the desk of who keeps the register: late ones, silent owners, missing words."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments.models import Commitment, Owner, Progress
from monarca.ground.commitments.queries.finding import day_of, visible_to
from monarca.ground.commitments.queries.register import is_overdue
from monarca.ground.commitments.states import OPEN
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.kit import trilingual
from monarca.kit.paging import Inbox

KEEPERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})


def kept_missions(user: User, *, at: datetime) -> QuerySet[Mission]:
    """The missions whose register this person keeps."""
    return people.missions_of(user, at=at, roles=KEEPERS)


def kept_by(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """The commitments that this person keeps: of their missions, as far as they see them."""
    ours = kept_missions(user, at=at).order_by().values("pk")
    return visible_to(user, at=at).filter(mission__in=ours)


def overdue(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Open, and their day has passed."""
    return kept_by(user, at=at).filter(is_overdue(day_of(at)))


def silent(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Open ones whose owners were asked and have not answered since."""
    told = Progress.objects.filter(commitment=OuterRef("pk"), at__gte=OuterRef("asked_at"))
    asked = kept_by(user, at=at).filter(status__in=OPEN, asked_at__isnull=False)
    return asked.filter(~Exists(told))


def wordless(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Those whose text lacks a language."""
    lacks = Q(pk__in=())
    for code in trilingual.LANGUAGES:
        lacks |= Q(**{f"text__{code}__isnull": True}) | Q(**{f"text__{code}": ""})
    return kept_by(user, at=at).filter(lacks)


def ownerless(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Open ones for which nobody can be asked."""
    asked = Owner.objects.in_force(at).filter(commitment=OuterRef("pk"), user__isnull=False)
    return kept_by(user, at=at).filter(~Exists(asked), status__in=OPEN)


def unshown(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Public ones whose owners said something that nobody has shown or taken back yet."""
    said = Progress.objects.filter(
        commitment=OuterRef("pk"), shown_at=None, at__gte=OuterRef("published_at")
    ).exclude(side="")
    return kept_by(user, at=at).filter(Exists(said), is_public=True)


def withheld(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Those that could be made public and are not."""
    return kept_by(user, at=at).filter(is_public=False, is_sealed=False)


def every(user: User, *, at: datetime) -> QuerySet[Commitment]:
    return kept_by(user, at=at)


VIEWS: Mapping[str, Callable[..., QuerySet[Commitment]]] = {
    "overdue": overdue,
    "silent": silent,
    "wordless": wordless,
    "ownerless": ownerless,
    "unshown": unshown,
    "withheld": withheld,
    "all": every,
}


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for who keeps the register; nothing for whoever does not."""
    if not people.held(user, at=at) & KEEPERS:
        return ()
    url = reverse("commitments:desk")
    titles = {
        "overdue": _("Commitments that are overdue"),
        "silent": _("Commitments whose owners were asked and have not answered"),
        "wordless": _("Commitments that lack a language"),
        "unshown": _("Commitments with words of their owners to show"),
    }
    return tuple(
        Inbox(f"commitments-{key}", title, VIEWS[key](user, at=at), f"{url}?view={key}")
        for key, title in titles.items()
    )
