"""Gate 1: which series, editions, items, papers, inputs and texts a person may know of.

An edition is read inside by our house (roles of its mission, readers by name of our side) and by
guests: counterparts with whom it was shared by name. Who is a counterpart of a mission, or a
guest of an edition, never counts as its house there, whatever other role they hold.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from monarca.ground.commitments.models import Commitment
from monarca.ground.people import queries as people
from monarca.ground.people.models import Access, Mission, Role, User
from monarca.ground.people.states import Effects, Roles
from monarca.programmes.dialogues.models import (
    Edition,
    Input,
    Item,
    Paper,
    Practice,
    Sender,
    Series,
    Sharing,
    Text,
    Version,
)
from monarca.programmes.dialogues.states import (
    GUEST,
    OURS,
    PASSED_ON,
    THEIRS,
    Consent,
    Sensitivity,
)


def _is_known(user: User | None) -> bool:
    return user is not None and user.is_authenticated and user.is_active


def _abroad(user: User, at: datetime) -> QuerySet[Role, int]:
    """The missions at which the person is a counterpart."""
    rows = people.roles_of(user, at=at).order_by().filter(role=Roles.COUNTERPART)
    return rows.values_list("mission", flat=True)


def _shared(user: User, at: datetime) -> QuerySet[Access, int]:
    rows = people.opened_to(user, Edition, at=at).order_by().filter(reason=GUEST)
    return rows.values_list("subject_id", flat=True)


def _barred(user: User, at: datetime) -> QuerySet[Access, int]:
    rows = people.closed_to(user, Edition, at=at).order_by()
    return rows.values_list("subject_id", flat=True)


def missions_inside(user: User, *, at: datetime) -> QuerySet[Mission]:
    """The missions whose meetings the person reads by role, which no counterpart does."""
    return people.missions_of(user, at=at).exclude(pk__in=_abroad(user, at))


def house(user: User | None, *, at: datetime) -> QuerySet[Edition]:
    """The editions that this person reads as one of ours."""
    if user is None or not _is_known(user):
        return Edition.objects.none()
    ours = Q(series__mission__in=missions_inside(user, at=at).order_by().values("pk"))
    named = people.opened_to(user, Edition, at=at).order_by().exclude(reason=GUEST)
    by_name = Q(pk__in=named.values("subject_id")) & ~Q(series__mission__in=_abroad(user, at))
    rows = Edition.objects.filter(ours | by_name)
    closed = rows.exclude(pk__in=_shared(user, at)).exclude(pk__in=_barred(user, at))
    return closed.order_by("-starts_at", "-pk")


def guest(user: User | None, *, at: datetime) -> QuerySet[Edition]:
    """The editions that were shared with this counterpart by name."""
    if user is None or not _is_known(user):
        return Edition.objects.none()
    rows = Edition.objects.filter(pk__in=_shared(user, at), series__mission__in=_abroad(user, at))
    return rows.exclude(pk__in=_barred(user, at)).order_by("-starts_at", "-pk")


def inside(user: User | None, *, at: datetime) -> QuerySet[Edition]:
    """The editions whose inside the person reads, on either side, latest first."""
    if user is None or not _is_known(user):
        return Edition.objects.none()
    ours, theirs = (
        rows.order_by().values("pk") for rows in (house(user, at=at), guest(user, at=at))
    )
    return Edition.objects.filter(Q(pk__in=ours) | Q(pk__in=theirs)).order_by("-starts_at", "-pk")


def public() -> QuerySet[Edition]:
    """The editions that everybody may know of, latest first."""
    rows = Edition.objects.filter(is_public=True, series__is_public=True)
    return rows.order_by("-starts_at", "-pk")


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Edition]:
    """The editions of which this person may know: public ones, and those they read inside.

    Of a public one only the public part is shown to who does not read it inside.
    """
    known = inside(user, at=at).order_by().values("pk")
    rows = Edition.objects.filter(Q(is_public=True, series__is_public=True) | Q(pk__in=known))
    return rows.order_by("-starts_at", "-pk")


def series_visible_to(user: User | None, *, at: datetime) -> QuerySet[Series]:
    """Public series, those of one's missions, and those of which one reads an edition."""
    seen = Q(is_public=True)
    if user is not None and _is_known(user):
        known = inside(user, at=at).order_by().filter(series=OuterRef("pk"))
        ours = missions_inside(user, at=at).order_by().values("pk")
        seen |= Q(mission__in=ours) | Q(Exists(known))
    return Series.objects.filter(seen).order_by("kind", "code")


def side_of(user: User | None, edition: Edition, *, at: datetime) -> str:
    """On which side of the table the person reads this edition; "" for neither."""
    if guest(user, at=at).filter(pk=edition.pk).exists():
        return THEIRS
    return OURS if house(user, at=at).filter(pk=edition.pk).exists() else ""


def _sides(user: User | None, at: datetime) -> tuple[Q, Q, Q]:
    """Rows of an edition read inside; rows of one's own side; rows of the other side."""
    ours = Q(edition__in=house(user, at=at).order_by().values("pk"))
    theirs = Q(edition__in=guest(user, at=at).order_by().values("pk"))
    own = ours & Q(side=OURS) | theirs & Q(side=THEIRS)
    across = ours & Q(side=THEIRS) | theirs & Q(side=OURS)
    return ours | theirs, own, across


def items_visible_to(user: User | None, *, at: datetime) -> QuerySet[Item]:
    """Open items, internal ones of one's own side, sealed ones of which one is a reader by name."""
    return _items(user, at).filter(dropped_at=None)


def _items(user: User | None, at: datetime) -> QuerySet[Item]:
    """Those too that are off the agenda: what was written about them stays."""
    if user is None or not _is_known(user):
        return Item.objects.none()
    within, own, _across = _sides(user, at)
    named = people.opened_to(user, Item, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Item, at=at).order_by().values("subject_id")
    seen = within & Q(sensitivity=Sensitivity.OPEN)
    seen |= own & Q(sensitivity=Sensitivity.INTERNAL)
    seen |= within & Q(sensitivity=Sensitivity.SEALED, pk__in=named)
    rows = Item.objects.filter(seen).exclude(pk__in=closed)
    return rows.order_by("edition_id", "position", "pk")


def papers_visible_to(user: User | None, *, at: datetime) -> QuerySet[Paper]:
    """Papers of one's own side, and those of the other side of which a version was shared.

    A paper on an item is read by who may read the item, on the agenda or off it.
    """
    if user is None or not _is_known(user):
        return Paper.objects.none()
    _within, own, across = _sides(user, at)
    items = Q(item=None) | Q(item__in=_items(user, at).order_by().values("pk"))
    shared = Q(Exists(Sharing.objects.filter(version__paper=OuterRef("pk"))))
    rows = Paper.objects.filter(own | across & shared).filter(items)
    return rows.order_by("edition_id", "side", "made_at", "pk")


def versions_visible_to(user: User | None, *, at: datetime) -> QuerySet[Version]:
    """Every version of one's own side's papers; of the other side's those that were shared."""
    papers = papers_visible_to(user, at=at).order_by().values("pk")
    ours = Q(paper__edition__in=house(user, at=at).order_by().values("pk"), paper__side=OURS)
    theirs = Q(paper__edition__in=guest(user, at=at).order_by().values("pk"), paper__side=THEIRS)
    shared = Q(Exists(Sharing.objects.filter(version=OuterRef("pk"))))
    rows = Version.objects.filter(paper__in=papers).filter(ours | theirs | shared)
    return rows.order_by("paper_id", "number")


def inputs_visible_to(user: User | None, *, at: datetime) -> QuerySet[Input]:
    """Our house reads all that arrived; a guest what was passed on and not withdrawn since."""
    ours = Q(edition__in=house(user, at=at).order_by().values("pk"))
    theirs = Q(edition__in=guest(user, at=at).order_by().values("pk"))
    rows = Input.objects.filter(ours | theirs & PASSED, is_erased=False)
    return rows.order_by("edition_id", "arrived_at", "pk")


PASSED = Q(passed_on_at__isnull=False, withdrawn_at=None, consent__in=sorted(PASSED_ON))
"""What may be read across the table, and be printed in a pack."""


def senders_visible_to(user: User | None, *, at: datetime) -> QuerySet[Sender]:
    """Who sent an input: of an unnamed one its reader by name only, whatever one's role."""
    if user is None or not _is_known(user):
        return Sender.objects.none()
    seen = inputs_visible_to(user, at=at).order_by().values("pk")
    opened = people.opened_to(user, Sender, at=at).order_by().values("subject_id")
    unnamed = Q(input__consent=Consent.ANONYMOUS)
    rows = Sender.objects.filter(~unnamed | Q(pk__in=opened), input__in=seen)
    return rows.order_by("pk")


def practices_visible_to(user: User | None, *, at: datetime) -> QuerySet[Practice]:
    rows = Practice.objects.filter(edition__in=inside(user, at=at).order_by().values("pk"))
    return rows.order_by("edition_id", "shared_at", "pk")


def texts_visible_to(user: User | None, *, at: datetime) -> QuerySet[Text]:
    """The texts of an edition one reads inside; those of a sealed item with that item."""
    if user is None or not _is_known(user):
        return Text.objects.none()
    items = items_visible_to(user, at=at).order_by().values("pk")
    rows = Text.objects.filter(edition__in=inside(user, at=at).order_by().values("pk"))
    return rows.filter(Q(item=None) | Q(item__in=items)).order_by("edition_id", "begun_at", "pk")


def readers_of(
    record: Edition | Item | Commitment, *, at: datetime, reason: str = ""
) -> QuerySet[User]:
    """Who reads this record by name now; for one `reason` only, if it is given."""
    kind = record._meta.label_lower
    rows = Access.objects.in_force(at).filter(
        kind=kind, subject_id=record.pk, effect=Effects.READER
    )
    if reason:
        rows = rows.filter(reason=reason)
    return User.objects.filter(pk__in=rows.order_by().values("user")).order_by("name", "pk")
