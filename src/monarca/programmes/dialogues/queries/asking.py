"""Questions about one edition: who takes part, what may be said in public, who may be named."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEES_ALL, Roles
from monarca.kit import trilingual
from monarca.programmes.dialogues.models import (
    Edition,
    Input,
    Item,
    Member,
    Paper,
    Paragraph,
    Series,
    Text,
    Version,
)
from monarca.programmes.dialogues.queries import gate
from monarca.programmes.dialogues.states import (
    GUEST,
    OURS,
    Asking,
    Sensitivity,
    Status,
)

SALT = "monarca.dialogues.invitation"


def members_of(edition: Edition, *, at: datetime) -> QuerySet[Member]:
    """Who takes part now: our side first, the chair of each side first."""
    rows = Member.objects.in_force(at).filter(edition=edition)
    return rows.order_by("side", "-is_chair", "sector", "pk")


def chairless(edition: Edition, *, at: datetime) -> str:
    """A side without its co-chair, or ""."""
    chairs = members_of(edition, at=at).filter(is_chair=True)
    sides = set(chairs.values_list("side", flat=True))
    return next((side for side in ("canada", "mexico") if side not in sides), "")


def public_series() -> QuerySet[Series]:
    return Series.objects.filter(is_public=True).order_by("kind", "code")


def public_items(edition: Edition) -> QuerySet[Item]:
    """The agenda as everybody may read it: open items only."""
    rows = Item.objects.filter(edition=edition, dropped_at=None, sensitivity=Sensitivity.OPEN)
    return rows.order_by("position", "pk")


def public_texts(edition: Edition) -> QuerySet[Text]:
    """Agreed texts that a manager put before the public."""
    rows = Text.objects.filter(edition=edition, published_at__isnull=False, item=None)
    return rows.order_by("adopted_at", "pk")


def last_versions(papers: Sequence[Paper], versions: QuerySet[Version]) -> Mapping[int, Version]:
    """The latest of these versions of each paper."""
    rows = versions.filter(paper__in=[paper.pk for paper in papers]).order_by("paper_id", "number")
    return {version.paper_id: version for version in rows.select_related("sharing")}


def may_be_named(edition: Edition, *, side: str, at: datetime) -> QuerySet[User]:
    """Who can be made a reader of a sealed item by somebody of this side.

    Both sides know the members with accounts and the guests; only ours knows our house.
    """
    seated = members_of(edition, at=at).exclude(user=None).order_by().values("user")
    guests = gate.readers_of(edition, at=at, reason=GUEST).order_by().values("pk")
    known = Q(pk__in=guests) | Q(pk__in=seated)
    if side == OURS:
        known |= Q(pk__in=_house_of(edition, at))
    rows = User.objects.filter(known, is_active=True).order_by("name", "pk")
    return rows.filter(pk__in=_reads(edition, rows, at))


def _house_of(edition: Edition, at: datetime) -> QuerySet[User, int]:
    rows = people.holders(edition.series.mission, *SEES_ALL, at=at)
    return rows.order_by().values_list("pk", flat=True)


def _reads(edition: Edition, rows: QuerySet[User], at: datetime) -> list[int]:
    """Those of them who read the edition at all; there are never many."""
    return [user.pk for user in rows if gate.side_of(user, edition, at=at)]


def item_readers(item: Item, *, at: datetime) -> tuple[User, ...]:
    """Who reads a sealed item now: its readers by name, as far as they read its edition."""
    rows = gate.readers_of(item, at=at)
    reads = _reads(item.edition, rows, at)
    return tuple(user for user in rows if user.pk in reads)


def sealed_with(user: User, edition: Edition, *, at: datetime) -> list[Item]:
    """The items, dropped or opened since too, that the person reads by name or has promises of."""
    opened, promised = (
        people.opened_to(user, kind, at=at).order_by().values("subject_id")
        for kind in (Item, Commitment)
    )
    owed = Owner.objects.in_force(at).filter(user=user).order_by().values("commitment")
    made = Q(commitment__in=owed) | Q(commitment__in=promised)
    texts = Paragraph.objects.filter(made, text__edition=edition).order_by()
    rows = Item.objects.filter(edition=edition)
    named = Q(pk__in=opened) | Q(pk__in=texts.values("text__item"))
    return list(rows.filter(named).order_by("pk"))


def promise_readers(text: Text, *, at: datetime) -> list[User]:
    """Who reads by name what this text deposited."""
    made = Commitment.objects.filter(
        pk__in=Paragraph.objects.filter(text=text).order_by().values("commitment")
    )
    found = {user.pk: user for one in made for user in gate.readers_of(one, at=at)}
    return [found[key] for key in sorted(found)]


def left_alone(user: User, edition: Edition, *, at: datetime) -> list[Item]:
    """The sealed items that the person put and that nobody of the person's side reads now."""
    rows = Item.objects.filter(edition=edition, sensitivity=Sensitivity.SEALED, put_by=user)
    side = gate.side_of(user, edition, at=at)
    return [
        item
        for item in rows.filter(side=side).order_by("pk")
        if not any(
            gate.side_of(one, edition, at=at) == side for one in gate.readers_of(item, at=at)
        )
    ]


def may_read_names(edition: Edition, *, at: datetime) -> QuerySet[User]:
    """Who can be the one reader of unnamed senders: whoever runs programmes at the mission."""
    mission = edition.series.mission
    rows = people.holders(mission, Roles.COORDINATOR, Roles.MANAGER, at=at)
    return rows.filter(pk__in=_reads(edition, rows, at))


def counterparts(edition: Edition, *, at: datetime) -> QuerySet[User]:
    """The counterparts of the mission, with whom an edition can be shared."""
    return people.holders(edition.series.mission, Roles.COUNTERPART, at=at)


def takes_inputs(edition: Edition, *, at: datetime) -> bool:
    """Is it the time for civil society to write?"""
    if edition.asking == Asking.NOBODY or edition.asked_until is None:
        return False
    return edition.status in {Status.PLANNED, Status.OPEN} and at < edition.asked_until


def invitation_of(edition: Edition) -> str:
    """The words in the address that invites; making another one closes this."""
    return signing.dumps([edition.reference, edition.invitation], salt=SALT)


def invited_to(token: str) -> Edition | None:
    """The edition that an invitation opens, if it is the one that counts."""
    try:
        reference, number = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Edition.objects.filter(reference=reference, invitation=number)
    return rows.exclude(asking=Asking.NOBODY).select_related("series__mission").first()


def open_to_everybody(edition: Edition) -> bool:
    """Does the public page carry the form?"""
    return edition.asking == Asking.EVERYBODY and edition.is_public and edition.series.is_public


def input_of(digest: str) -> Input | None:
    """The input whose secret has this SHA-256."""
    return Input.objects.filter(secret=digest).select_related("edition__series__mission").first()


def has_minutes(item: Item) -> bool:
    """Are there minutes of this item alone?"""
    return Text.objects.filter(item=item).exists()


def full_name(edition: Edition) -> dict[str, str]:
    """What a meeting is called outside its series, in each language."""
    found = {}
    for code in trilingual.LANGUAGES:
        series, meeting = edition.series.name, edition.name
        said = {
            "whole": trilingual.say(series, code).text,
            "part": trilingual.say(meeting, code).text,
        }
        with override(code):
            found[code] = _("%(whole)s: %(part)s") % said
    return found
