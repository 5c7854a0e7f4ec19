"""Everything that can happen to people: joining, signing in, roles, access to single files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.db.models import F, Model
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from monarca.ground.journal.actions import record
from monarca.ground.people import policy, queries
from monarca.ground.people.models import Access, Mission, Role, SignInLink, User
from monarca.ground.people.states import SEALED, Effects
from monarca.kit.guard import require

LIVES = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a sign-in letter carries: two secrets, and where they are typed or opened."""

    email: str
    language: str
    code: str
    secret: str
    address: str
    goes_to: str = ""


@transaction.atomic
def invite(invitation: Invitation, *, by: User | None, at: datetime) -> SignInLink:
    """Mail six digits and a link to a mailbox, known or not; both die after fifteen minutes."""
    require(policy.may_sign_in(by))
    SignInLink.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()
    link = SignInLink.objects.create(
        email=invitation.email,
        sha256=sha256(invitation.secret.encode()).hexdigest(),
        code=_sealed(invitation.email, invitation.code),
        goes_to=invitation.goes_to,
        made_at=at,
        expires_at=at + LIVES,
    )
    _mail(invitation, at)
    record("sign_in.asked", link, by=None, command="sign-in", at=at)
    return link


@transaction.atomic
def open_with_code(
    link: SignInLink, *, by: User | None, at: datetime, code: str, language: str
) -> User | None:
    """The person whose six digits these are, or None; five tries a letter, then it is spent."""
    require(policy.may_sign_in(by))
    counted = SignInLink.objects.filter(
        pk=link.pk, used_at=None, expires_at__gt=at, tries__lt=queries.MOST_TRIES
    ).update(tries=F("tries") + 1)
    right = constant_time_compare(link.code, _sealed(link.email, code))
    if counted and right:
        return _open(link, at, language)
    record("sign_in.refused", link, by=None, command="sign-in", at=at)
    return None


@transaction.atomic
def open_with_link(
    link: SignInLink, *, by: User | None, at: datetime, language: str
) -> User | None:
    """The person whose link this is, or None when it was used or is too old."""
    require(policy.may_sign_in(by))
    user = _open(link, at, language)
    if user is None:
        record("sign_in.refused", link, by=None, command="sign-in", at=at)
    return user


@transaction.atomic
def signed_in(user: User, *, by: User | None, at: datetime, second_factor: bool) -> User:
    """Note that a person came in, after every question was answered."""
    require(policy.may_change(by, user))
    record("user.signed_in", user, by=user, at=at, second_factor=second_factor)
    return user


@transaction.atomic
def second_factor_failed(user: User, *, by: User | None, at: datetime) -> User:
    """Note that somebody had the letter of this person but not the second factor."""
    require(policy.may_sign_in(by))
    record("user.second_factor_failed", user, by=None, command="sign-in", at=at)
    return user


@transaction.atomic
def set_second_factor(user: User, *, by: User | None, at: datetime, secret: str) -> User:
    """A person's authenticator app, in place of any before, with ten new recovery codes."""
    require(policy.may_change(by, user))
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    record("user.second_factor_set", user, by=by, at=at)
    return user


@transaction.atomic
def forget_second_factor(user: User, *, by: User | None, at: datetime) -> User:
    """Phone and recovery codes are lost: the next sign-in sets up another authenticator app."""
    require(policy.may_forget_second_factor(by))
    Authenticator.objects.filter(user=user).delete()
    record("user.second_factor_forgotten", user, by=None, command="forget_second_factor", at=at)
    return user


@transaction.atomic
def change_preferences(
    user: User, *, by: User | None, at: datetime, name: str, language: str
) -> User:
    """What we call a person, and the language in which we write to them."""
    require(policy.may_change(by, user))
    user.name, user.language = name.strip(), language
    user.save(update_fields=["name", "language"])
    record("user.changed", user, by=by, at=at, language=language)
    return user


def _open(link: SignInLink, at: datetime, language: str) -> User | None:
    """Use the letter up, exactly once however many try, and give its person an account."""
    fresh = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at)
    if not fresh.update(used_at=at):
        return None
    return join(link.email, by=None, at=at, language=language)


def _sealed(email: str, code: str) -> str:
    return salted_hmac("monarca.sign-in", f"{email}:{code}", algorithm="sha256").hexdigest()


def _mail(invitation: Invitation, at: datetime) -> None:
    """Hand the letter to the default mailer, which is the outbox: a row in this transaction."""
    with override(invitation.language):
        text = render_to_string("people/letter.txt", {"invitation": invitation})
    subject, _, body = text.strip().partition("\n")
    headers = {
        "X-Monarca-Letter": "sign-in.code",
        "X-Monarca-Secret": "yes",
        "X-Monarca-At": at.isoformat(),
        "Content-Language": invitation.language,
    }
    letter = EmailMessage(subject, body.strip(), to=[invitation.email], headers=headers)
    mailers.default.send_messages([letter])


@transaction.atomic
def join(
    email: str, *, by: User | None, at: datetime, name: str = "", language: str = "es"
) -> User:
    """The account of a mailbox, made if there is none; addresses fold to lower case."""
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


@transaction.atomic
def keep_to(users: Iterable[User], subject: Model, *, by: User | None, at: datetime) -> int:
    """Deposit: nobody but these reads this record by name from now on. How many no longer do."""
    require(by is None or by.is_active)
    kind = subject._meta.label_lower
    rows = Access.objects.in_force(at).filter(kind=kind, subject_id=subject.pk)
    others = rows.filter(effect=Effects.READER).exclude(user__in=[user.pk for user in users])
    ended = list(others.order_by("pk"))
    for access in ended:
        access.until = at
        access.save(update_fields=["until"])
        record("access.ended", subject, by=by, at=at, file=_file(subject), user=access.user_id)
    return len(ended)


def _deposit(
    user: User, subject: Model, effect: str, *, by: User | None, at: datetime, reason: str
) -> Access:
    kind = subject._meta.label_lower
    rows = Access.objects.in_force(at).filter(user=user, kind=kind, subject_id=subject.pk)
    same = {"effect": effect, "reason": reason} if reason == SEALED else {"effect": effect}
    known = rows.filter(**same).first()
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
