"""Questions about people: the roles they hold, the files opened or closed to them."""

from datetime import datetime
from hashlib import sha256

from django.db.models import Exists, Model, Q, QuerySet

from monarca.ground.people.models import Access, Mission, Role, SignInLink, User
from monarca.ground.people.states import SEALED, SEES_ALL, Effects, Roles


def roles_of(user: User, *, at: datetime) -> QuerySet[Role]:
    return Role.objects.in_force(at).filter(user=user).order_by("mission_id", "role", "pk")


def held(user: User, *, at: datetime) -> frozenset[str]:
    """The roles a person holds anywhere; asked of the database once for one user and instant."""
    known: tuple[datetime, frozenset[str]] | None = getattr(user, "_held", None)
    if known is None or known[0] != at:
        known = (at, frozenset(roles_of(user, at=at).values_list("role", flat=True)))
        user._held = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known[1]


def has_role(user: User, mission: Mission | int, *roles: str, at: datetime) -> bool:
    """Does the person hold any of these roles at this mission at this instant?"""
    return roles_of(user, at=at).filter(mission=mission, role__in=roles).exists()


def is_staff(user: User, *, at: datetime) -> bool:
    """Does the person hold any role at all? Staff sign in with a second factor."""
    return bool(user.is_authenticated) and roles_of(user, at=at).exists()


def missions_of(user: User, *, at: datetime, roles: frozenset[str] = SEES_ALL) -> QuerySet[Mission]:
    """The missions whose files the person may see by role; headquarters sees all."""
    held = roles_of(user, at=at).order_by()
    ours = Q(pk__in=held.filter(role__in=roles).values("mission"))
    if Roles.HEADQUARTERS in roles:
        ours |= Q(Exists(held.filter(role=Roles.HEADQUARTERS)))
    return Mission.objects.filter(ours).order_by("pk")


def holders(mission: Mission, *roles: str, at: datetime) -> QuerySet[User]:
    """The people who hold one of these roles at the mission now."""
    held = Role.objects.in_force(at).filter(mission=mission, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def opened_to(user: User, kind: type[Model], *, at: datetime) -> QuerySet[Access]:
    """Access rows that name this person as a reader of records of this kind."""
    return _access(user, kind, Effects.READER, at)


def closed_to(user: User, kind: type[Model], *, at: datetime) -> QuerySet[Access]:
    """Access rows that bar this person from records of this kind; barred always wins."""
    return _access(user, kind, Effects.BARRED, at)


def _access(user: User, kind: type[Model], effect: str, at: datetime) -> QuerySet[Access]:
    rows = Access.objects.in_force(at).filter(user=user, kind=kind._meta.label_lower)
    return rows.filter(effect=effect).order_by("pk")


def kept_from(user: User, *, at: datetime) -> frozenset[str]:
    """Records this person must not know of, as the journal and the ledger label them.

    Those they are barred from, and the sealed ones of which they are not a reader by name. It
    is what the ground knows of gate 1, for sums that no room narrows.
    """
    rows = Access.objects.in_force(at).order_by().values_list("kind", "subject_id")
    own = rows.filter(user=user)
    sealed = set(rows.filter(effect=Effects.READER, reason=SEALED))
    hidden = sealed - set(own.filter(effect=Effects.READER))
    hidden |= set(own.filter(effect=Effects.BARRED))
    return frozenset(f"{kind}:{pk}" for kind, pk in hidden)


MOST_TRIES = 5


def person_of(email: str) -> User | None:
    """The person known by this address, in whatever case it is typed."""
    return User.objects.filter(email__iexact=email.strip()).first()


def language_of(email: str, *, otherwise: str) -> str:
    """The language a mailbox is written to: its person's, or else the page's."""
    known = User.objects.filter(email__iexact=email.strip()).values_list("language", flat=True)
    return known.first() or otherwise


def letter(number: int) -> SignInLink | None:
    """The sign-in letter that a browser asked for."""
    return SignInLink.objects.filter(pk=number).first()


def link_of(secret: str) -> SignInLink | None:
    """The sign-in letter whose link carries this secret, used and expired ones included."""
    return SignInLink.objects.filter(sha256=sha256(secret.encode()).hexdigest()).first()


def opens(link: SignInLink | None, *, at: datetime) -> bool:
    """Does this sign-in letter still open the door?"""
    return link is not None and link.used_at is None and at < link.expires_at


def tries_left(link: SignInLink | None, *, at: datetime) -> int:
    """How many more times the six digits may be typed: none once used or expired."""
    if link is None or not opens(link, at=at):
        return 0
    return max(MOST_TRIES - link.tries, 0)
