"""One example of each page of people: who looks, and with which parts of the address.

The pages `code` and `second-factor` belong to a browser that is half way in, and lead anybody
else to the first step.
"""

from django.utils import timezone

from monarca.ground.people import actions
from monarca.ground.people.models import Role, User


def live_link():
    """The secret of a sign-in letter that was mailed just now."""
    secret = "an-example-of-a-secret"
    address = f"http://testserver/es/sign-in/link/{secret}/"
    invitation = actions.Invitation("lupita@example.org", "es", "123456", secret, address)
    actions.invite(invitation, by=None, at=timezone.now())
    return secret


def somebody():
    """A person with no role."""
    held = Role.objects.values("user")
    known = User.objects.exclude(pk__in=held).order_by("pk").first()
    return known or actions.join("lupita@example.org", by=None, at=timezone.now(), name="Lupita")


EXAMPLES = {
    "people:sign-in": lambda _world: (None, {}),
    "people:code": lambda _world: (None, {}),
    "people:link": lambda _world: (None, {"secret": live_link()}),
    "people:second-factor": lambda _world: (None, {}),
    "people:closed": lambda _world: (None, {}),
    "people:sign-out": lambda _world: (somebody(), {}),
    "people:set-up": lambda _world: (somebody(), {}),
    "people:codes": lambda _world: (somebody(), {}),
    "people:preferences": lambda _world: (somebody(), {}),
}
