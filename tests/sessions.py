"""Sessions of people who look at pages: signed in, and half way in."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monarca.ground.people import actions
from monarca.ground.people.models import User


def session_of(name: str, user: User | None) -> str:
    """The key of a session in which this person sees this page; empty for nobody."""
    client = Client()
    door = DOORS.get(name)
    if door:
        door(client, user)
    elif user is not None:
        client.force_login(user)
    cookie = client.cookies.get("sessionid")
    return cookie.value if cookie else ""


def ask_for_a_letter(client: Client, _user: Any) -> None:
    client.post(reverse("people:sign-in"), {"email": "lupita@example.org"})


def by_a_link(client: Client, user: User | None, email: str = "") -> None:
    """Come in by the link of a letter, as far as the next question."""
    secret = f"a-secret-for-{email or 'somebody'}-{timezone.now().timestamp()}"
    invitation = actions.Invitation(
        email or (user.email if user else "lupita@example.org"),
        "es",
        "123456",
        secret,
        f"http://testserver/es/sign-in/link/{secret}/",
    )
    actions.invite(invitation, by=None, at=timezone.now())
    client.post(reverse("people:link", args=[secret]))


def with_a_second_factor(client: Client, _user: Any) -> None:
    """Somebody who has an authenticator app, before the question about it."""
    at = timezone.now() - timedelta(days=1)
    careful = actions.join("careful@example.org", by=None, at=at, name="Ana", language="es")
    actions.set_second_factor(careful, by=careful, at=at, secret="JBSWY3DPEHPK3PXP")
    by_a_link(client, careful)


def shown_the_codes(client: Client, _user: Any) -> None:
    """Somebody who set up an app a moment ago and has not looked at the recovery codes."""
    at = timezone.now() - timedelta(days=1)
    fresh = actions.join("fresh@example.org", by=None, at=at, name="Eva", language="es")
    actions.set_second_factor(fresh, by=fresh, at=at, secret="JBSWY3DPEHPK3PXQ")
    client.force_login(fresh)
    session = client.session
    session["second_factor"] = fresh.pk
    session.save()


DOORS = {
    "people:code": ask_for_a_letter,
    "people:second-factor": with_a_second_factor,
    "people:set-up": by_a_link,
    "people:codes": shown_the_codes,
}
