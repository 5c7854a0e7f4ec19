"""Make an open call, a full draft and a signed-in applicant in a home; print what to ask for."""

import json
from datetime import timedelta

import django

django.setup()

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests import world
from tests.grants.applications.filling import page_of

from monarca.ground.people import actions as people
from monarca.portal.home.management.commands.init import prepare


def main() -> None:
    at = timezone.now()
    prepare()
    opens_at, closes_at = at - timedelta(days=10), at + timedelta(days=20)
    before = opens_at - timedelta(days=30)
    call = world.make_call(opens_at=opens_at, closes_at=closes_at, at=before)
    user = people.join("lupita@example.org", by=None, at=before, name="Lupita", language="es")
    draft = world.make_draft(call, user, at=at)
    client = Client()
    client.force_login(user)
    keys = [each["key"] for each in world.definition()["sections"]]
    with override("es"):
        whole = [
            reverse(f"applications:{name}", args=[draft.reference]) for name in ("detail", "budget")
        ]
        sections = {
            key: reverse("applications:section", args=[draft.reference, key]) for key in keys
        }
    print(
        json.dumps(
            {
                "session": Session.objects.get().session_key,
                "pages": [reverse("home:mine"), *whole, *sections.values()],
                "saves": [[url, page_of(key)] for key, url in sections.items()],
            }
        )
    )


main()
