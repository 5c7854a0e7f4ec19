"""The request our views receive, and our side of allauth: who is in, and by which doors."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, clear_totp_secret, get_totp_secret
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode

from monarca.ground.people import actions, queries
from monarca.ground.people.models import User

PASSED = "second_factor"
READS = frozenset({"GET", "HEAD", "OPTIONS"})
FREE = frozenset({"people:set-up", "people:codes", "people:sign-out", "healthz", "readyz"})
LIMITS = {"letter": "5/15m/key,30/15m/ip", "code": "10/15m/key,60/15m/ip"}


class Request(HttpRequest):
    """A request with its one instant `at` (UTC) and, behind sign-in, a user of ours."""

    user: User
    at: datetime


class ClockMiddleware:
    """Read the clock on arrival: a deadline is judged by this instant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: Request, *_given: Any) -> None:
        """What is sent arrives with its last byte: nobody holds a deadline open by sending slowly.

        The web server hands a body over while it still comes in, so it is read whole first.
        """
        if request.method in READS:
            return
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018
        request.at = timezone.now()


class SecondFactorMiddleware:
    """Staff answer with a second factor in this session, or set one up before anything else.

    What a signed-in person was shown is nobody else's on a shared machine: no cache between keeps
    it, and of staff pages not even the browser does. An applicant's browser may, so that going
    back loses no word; signing out clears it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and "Cache-Control" not in response and is_known(request):
            is_applicant = getattr(request, "_is_staff", None) is False
            kept = "private, no-cache" if is_applicant else "private, no-store"
            response.headers["Cache-Control"] = kept
        return response

    def process_view(
        self, request: Request, view: Callable[..., HttpResponseBase], *_given: Any
    ) -> HttpResponse | None:
        del view
        match = request.resolver_match
        if match is not None and match.view_name in FREE:
            return None
        return redirect("people:set-up") if owes_second_factor(request) else None


def owes_second_factor(request: Request) -> bool:
    """Is this a staff person who has not shown a second factor in this session?"""
    if not settings.STAFF_NEED_SECOND_FACTOR or not is_known(request):
        return False
    return not passed(request) and is_staff(request)


def is_known(request: HttpRequest) -> bool:
    """Is anybody signed in?"""
    return bool(request.user.is_authenticated)


def is_staff(request: Request) -> bool:
    """Does the signed-in person hold a role now? Asked of the database once a request."""
    known: bool | None = getattr(request, "_is_staff", None)
    if known is None:
        known = queries.is_staff(request.user, at=request.at)
        request._is_staff = known  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def has_second_factor(user: User) -> bool:
    """Does the person have an authenticator app?"""
    return bool(get_adapter().is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def signed_in_recently(request: Request) -> bool:
    """Did the person sign in within the last fifteen minutes, second factor included if any?"""
    records = get_authentication_records(request, request.user)
    return bool(records) and request.at.timestamp() - records[-1]["at"] < 15 * 60


def enter(request: Request, user: User, *, door: str, goes_to: str) -> HttpResponse:
    """Let a person in whose letter was right, through allauth's stages: the second factor next."""
    record_authentication(request, user, door, email=user.email)
    response: HttpResponse = perform_login(
        request, Login(user=user, email=user.email, redirect_url=goes_to or None)
    )
    return response


def cleared(response: HttpResponse) -> HttpResponse:
    """With the order to the browser to forget the pages it kept (Clear-Site-Data)."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def is_too_much(request: HttpRequest, action: str, mailbox: str) -> bool:
    """Count one more letter or code of this mailbox and this address; was it one too many?

    Counted in the shared cache: 5 letters and 10 codes a mailbox in 15 minutes, and 30 and 60
    for everybody behind one address, because whole towns share one.
    """
    return not ratelimit.consume(
        request, app="monarca", action=action, config=LIMITS, key=mailbox.strip().lower()
    )


def own_path(request: HttpRequest, place: str) -> str:
    """Where to go afterwards: a path on this host, or nothing."""
    safe = url_has_allowed_host_and_scheme(
        place, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return place if safe and len(place) <= 500 else ""


def our_address(request: HttpRequest, path: str) -> str:
    """The whole address of a path of ours, for a letter that opens a door.

    It stands under the host that asks where the installation names its hosts. Where it allows
    any, whoever asks could write the host: then it is the installation's own address.
    """
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        return f"{settings.ADDRESS}{path}"
    return request.build_absolute_uri(path)


class SecondFactor(AuthenticateStage):
    """allauth's stage that asks whoever has a second factor for it, on our page."""

    urlname = "people:second-factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        return redirect("people:second-factor"), True


class Accounts(DefaultAccountAdapter):
    """allauth's doors, reduced to ours: letter first, then the second factor where there is one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes, then try again."),
        "rate_limited": _("Too many wrong codes. Wait five minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        return ["monarca.ground.people.http.SecondFactor"]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        del request, user
        return redirect("people:closed")

    def post_login(self, request: Any, user: Any, **given: Any) -> HttpResponse:
        passed = any(
            record["method"] == "mfa" for record in get_authentication_records(request, user)
        )
        if passed:
            request.session[PASSED] = user.pk
        actions.signed_in(user, by=user, at=request.at, second_factor=passed)
        return redirect(given["redirect_url"] or settings.LOGIN_REDIRECT_URL)


class SecondFactors(DefaultMFAAdapter):
    """allauth's second factors, with sentences of ours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it was used already. Wait for the next one."
        ),
    }


def passed(request: Request) -> bool:
    """Was the second factor shown, or set up, in this session?"""
    return bool(request.session.get(PASSED) == request.user.pk)


def new_secret(request: Request) -> str:
    """The secret of an authenticator that is being set up; the same until it is kept."""
    secret: str = get_totp_secret(regenerate=SECRET_SESSION_KEY not in request.session)
    return secret


def drawn(user: User, secret: str) -> dict[str, Any]:
    """The secret for a person: as a square to photograph and as text in fours."""
    code = QRCode(border=4)
    code.add_data(get_adapter().build_totp_url(user, secret))
    matrix = code.get_matrix()
    path = "".join(
        f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(matrix) for x, width in _runs(row)
    )
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {"path": path, "size": len(matrix), "secret": " ".join(groups)}


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where the dark stretches of a row begin, and how wide they are."""
    start = 0
    for dark, marks in groupby(row):
        width = len(list(marks))
        if dark:
            yield start, width
        start += width


def keep_second_factor(request: Request, secret: str) -> None:
    """The authenticator that was just set up; this session has shown it."""
    actions.set_second_factor(request.user, by=request.user, at=request.at, secret=secret)
    clear_totp_secret(request)
    request.session[PASSED] = request.user.pk


def recovery_codes_once(request: Request) -> list[str]:
    """The recovery codes the first time they are asked for, afterwards nothing."""
    kept = Authenticator.objects.filter(
        user=request.user, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    if kept is None or not passed(request) or RecoveryCodes(kept).did_view:
        return []
    RecoveryCodes(kept).mark_as_viewed()
    fresh: list[str] = RecoveryCodes(kept).generate_codes()
    return fresh
