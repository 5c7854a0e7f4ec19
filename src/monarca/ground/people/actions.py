"""Everything that can happen to people: joining, roles, access to single files."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from monarca.ground.journal.actions import record
from monarca.ground.people import policy
from monarca.ground.people.models import Access, Mission, Role, User
from monarca.ground.people.states import Effects
from monarca.kit.guard import require


@transaction.atomic
def join(
    email: str, *, by: User | None, at: datetime, name: str = "", language: str = "es"
) -> User:
    """Make the account of a mailbox, or return the one that exists; addresses fold to lower case."""
    require(by is None or by.is_active)
    folded = email.strip().lower()
    known = User.objects.filter(email__iexact=folded).first()
    if known:
        return known
    user = User(email=folded, name=name, language=language, joined_at=at)
    user.set_unusable_password()
    user.save(force_insert=True)
    record("user.joined", user, by=by or user, at=at)
    return user


@transaction.atomic
def found_mission(  # noqa: PLR0913
    code: str,
    *,
    by: User | None,
    at: datetime,
    name: dict[str, str],
    countries: list[str],
    time_zone: str,
    email: str = "",
    address: dict[str, str] | None = None,
) -> Mission:
    """Make the mission of this code, or bring its names and countries up to date."""
    require(by is None or by.is_active)
    mission, made = Mission.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "countries": countries,
            "time_zone": time_zone,
            "email": email,
            "address": address or {},
        },
    )
    record("mission.founded" if made else "mission.updated", mission, by=by, at=at, code=code)
    return mission


@transaction.atomic
def give_role(user: User, *, by: User | None, at: datetime, mission: Mission, role: str) -> Role:
    require(policy.may_give_roles(by, mission, at=at))
    held = Role.objects.in_force(at).filter(user=user, mission=mission, role=role).first()
    if held:
        return held
    given = Role.objects.create(user=user, mission=mission, role=role, since=at)
    record("role.given", given, by=by, at=at, user=user.pk, role=role, mission=mission.code)
    return given


@transaction.atomic
def end_role(role: Role, *, by: User | None, at: datetime) -> Role:
    require(policy.may_give_roles(by, role.mission, at=at))
    role.until = at
    role.save(update_fields=["until"])
    record("role.ended", role, by=by, at=at, user=role.user_id, role=role.role)
    return role


@transaction.atomic
def open_to(user: User, subject: Model, *, by: User | None, at: datetime, reason: str) -> Access:
    """Deposit: this person may read this record. Called inside another room's action."""
    require(by is None or by.is_active)
    return _deposit(user, subject, Effects.READER, by=by, at=at, reason=reason)


@transaction.atomic
def close_to(user: User, subject: Model, *, by: User | None, at: datetime, reason: str) -> Access:
    """Deposit: this person is barred from this record, whatever else they hold."""
    require(by is None or by.is_active)
    return _deposit(user, subject, Effects.BARRED, by=by, at=at, reason=reason)


def _deposit(
    user: User, subject: Model, effect: str, *, by: User | None, at: datetime, reason: str
) -> Access:
    kind = subject._meta.label_lower
    rows = Access.objects.in_force(at).filter(user=user, kind=kind, subject_id=subject.pk)
    known = rows.filter(effect=effect).first()
    if known:
        return known
    made = Access.objects.create(
        user=user, kind=kind, subject_id=subject.pk, effect=effect, reason=reason, since=at
    )
    record(
        f"access.{effect}", subject, by=by, at=at, file=_file(subject), user=user.pk, reason=reason
    )
    return made


def _file(subject: Model) -> Model | None:
    return subject if subject._meta.label_lower == "applications.application" else None
