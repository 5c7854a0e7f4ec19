"""The doors: a letter with a code and a link, the second factor, and the way out."""

from secrets import token_urlsafe
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monarca.ground.people import actions, forms, http, queries
from monarca.ground.people.http import Request
from monarca.ground.people.models import SignInLink

LETTER = "sign_in_letter"
YEAR = 365 * 24 * 3600


@never_cache
def sign_in(request: Request) -> HttpResponse:
    """Ask for the mailbox; the answer is the same whether or not we know it."""
    goes_to = http.own_path(request, request.GET.get("next", ""))
    if http.is_known(request):
        return redirect(goes_to or "home:after-sign-in")
    form = forms.Mailbox(request.POST or None, initial={"next": goes_to})
    if not form.is_valid():
        return _again(request, "people/sign-in.html", form)
    email = form.cleaned_data["email"]
    if http.is_too_much(request, "letter", email):
        form.add_error(None, _("Too many letters were asked for. Wait 15 minutes, then try again."))
        return _again(request, "people/sign-in.html", form, status=429)
    invitation = _invitation(request, email, http.own_path(request, form.cleaned_data["next"]))
    request.session[LETTER] = actions.invite(invitation, by=None, at=request.at).pk
    return redirect("people:code")


@never_cache
def code(request: Request) -> HttpResponse:
    """The six digits, in the browser that asked for them."""
    letter = queries.letter(request.session.get(LETTER, 0))
    if letter is None:
        return redirect("people:sign-in")
    form = forms.Code(request.POST or None)
    shown: dict[str, Any] = {"letter": letter}
    if not form.is_valid():
        return _again(request, "people/code.html", form, **shown)
    if http.is_too_much(request, "code", letter.email):
        form.add_error("code", _("Too many codes were typed. Wait 15 minutes, or use the link."))
        return _again(request, "people/code.html", form, status=429, **shown)
    user = actions.open_with_code(
        letter, by=None, at=request.at, code=form.cleaned_data["code"], language=_language()
    )
    if user is None:
        form.add_error("code", _refusal(request, letter))
        return _again(request, "people/code.html", form, **shown)
    del request.session[LETTER]
    return http.enter(request, user, door="code", goes_to=letter.goes_to)


@never_cache
def link(request: Request, secret: str) -> HttpResponse:
    """One button: those who look at links in letters, machines above all, use nothing up."""
    letter = queries.link_of(secret)
    if letter is None or not queries.opens(letter, at=request.at):
        return render(request, "people/link-closed.html", status=410)
    if request.method != "POST":
        return render(request, "people/link.html", {"letter": letter})
    user = actions.open_with_link(letter, by=None, at=request.at, language=_language())
    if user is None:
        return render(request, "people/link-closed.html", status=410)
    if http.is_known(request):
        logout(request, show_message=False)
    return http.enter(request, user, door="link", goes_to=letter.goes_to)


@never_cache
def second_factor(request: Request) -> HttpResponse:
    """The second question, for whoever has a second factor."""
    stage = LoginStageController.enter(request, http.SecondFactor.key)
    if stage is None or stage.login.user is None:
        return redirect("people:sign-in")
    form = forms.Second(request.POST or None, user=stage.login.user)
    if not form.is_valid():
        if form.is_bound:
            actions.second_factor_failed(stage.login.user, by=None, at=request.at)
        return _again(request, "people/second-factor.html", form)
    post_authentication(request, form.authenticator)
    response: HttpResponse = stage.exit()
    return response


@never_cache
@login_required
def set_up(request: Request) -> HttpResponse:
    """A new authenticator app, or another one in place of the old."""
    has_one = http.has_second_factor(request.user)
    if not http.signed_in_recently(request) or (has_one and not http.passed(request)):
        return render(request, "people/again.html")
    secret = http.new_secret(request)
    form = forms.SetUp(request.POST or None, user=request.user, secret=secret)
    if not form.is_valid():
        shown = {"has_one": has_one, **http.drawn(request.user, secret)}
        return _again(request, "people/set-up.html", form, **shown)
    http.keep_second_factor(request, secret)
    return redirect("people:codes")


@never_cache
@login_required
def codes(request: Request) -> HttpResponse:
    """The recovery codes, shown once."""
    return render(request, "people/codes.html", {"codes": http.recovery_codes_once(request)})


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Go out; `next` leads to the second factor's page through the front door."""
    goes_to = http.own_path(request, request.POST.get("next", ""))
    logout(request, show_message=False)
    if goes_to:
        return http.cleared(redirect(reverse("people:sign-in", query={"next": goes_to})))
    messages.success(request, _("You are signed out."))
    return http.cleared(redirect("home:home"))


def closed(request: Request) -> HttpResponse:
    """An account that the team closed."""
    return render(request, "people/closed.html", status=403)


@never_cache
def preferences(request: Request) -> HttpResponse:
    """Name and language of a signed-in person; the colours are anybody's, kept in a cookie."""
    user = request.user
    known = {"name": user.name, "language": user.language} if http.is_known(request) else {}
    theme = request.COOKIES.get("theme", "system")
    kind = forms.Preferences if known else forms.Theme
    form = kind(request.POST or None, initial={**known, "theme": theme})
    if not form.is_valid():
        return _again(request, "people/preferences.html", form)
    chosen = form.cleaned_data.pop("theme")
    if known:
        actions.change_preferences(user, by=user, at=request.at, **form.cleaned_data)
    messages.success(request, _("Your preferences are saved."))
    return _with_theme(redirect("people:preferences"), chosen, secure=request.is_secure())


def _with_theme(response: HttpResponse, theme: str, *, secure: bool) -> HttpResponse:
    if theme == "system":
        response.delete_cookie("theme", samesite="Lax")
    else:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=secure)
    return response


def _again(
    request: Request, template: str, form: Form, *, status: int = 422, **more: Any
) -> HttpResponse:
    """The page with its form: 200 at first, 422 when something has to be corrected."""
    given = {"form": form, "wrong": form.is_bound, **more}
    return render(request, template, given, status=status if form.is_bound else 200)


def _language() -> str:
    return (get_language() or "es")[:2]


def _invitation(request: Request, email: str, goes_to: str) -> actions.Invitation:
    """Two fresh secrets, in the language of the mailbox's person or else of this page."""
    language = queries.language_of(email, otherwise=_language())
    secret = token_urlsafe(32)
    with override(language):
        address = http.our_address(request, reverse("people:link", args=[secret]))
    digits = get_adapter(request).generate_login_code()
    return actions.Invitation(email, language, digits, secret, address, goes_to)


def _refusal(request: Request, letter: SignInLink) -> str:
    letter.refresh_from_db()
    if queries.tries_left(letter, at=request.at):
        return _("This code is not right. Look at the newest letter and type its six digits.")
    return _("This code no longer works. Ask for a new letter.")
