"""Questions about meetings of both sides: who may know of what, what stands, what was promised."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox
from monarca.programmes.dialogues.models import Edition, Input, Text
from monarca.programmes.dialogues.queries.asking import (
    chairless,
    counterparts,
    full_name,
    has_minutes,
    input_of,
    invitation_of,
    invited_to,
    item_readers,
    last_versions,
    left_alone,
    may_be_named,
    may_read_names,
    members_of,
    open_to_everybody,
    promise_readers,
    public_items,
    public_series,
    public_texts,
    sealed_with,
    takes_inputs,
)
from monarca.programmes.dialogues.queries.gate import (
    PASSED,
    guest,
    house,
    inputs_visible_to,
    inside,
    items_visible_to,
    missions_inside,
    papers_visible_to,
    practices_visible_to,
    public,
    readers_of,
    senders_visible_to,
    series_visible_to,
    side_of,
    texts_visible_to,
    versions_visible_to,
    visible_to,
)
from monarca.programmes.dialogues.queries.register import (
    EARLIEST,
    Followed,
    Report,
    before,
    followed,
    of_edition,
    of_series,
    report,
    years,
)
from monarca.programmes.dialogues.queries.standing import (
    Cell,
    Missing,
    Standing,
    history_of,
    missing,
    standing_of,
    standings,
    unagreed_by,
)
from monarca.programmes.dialogues.states import OURS, PASSED_ON, THEIRS

__all__ = [
    "EARLIEST",
    "PASSED",
    "Cell",
    "Followed",
    "Missing",
    "Report",
    "Standing",
    "before",
    "chairless",
    "counterparts",
    "followed",
    "full_name",
    "guest",
    "has_minutes",
    "history_of",
    "house",
    "inbox",
    "input_of",
    "inputs_visible_to",
    "inside",
    "invitation_of",
    "invited_to",
    "item_readers",
    "items_visible_to",
    "last_versions",
    "left_alone",
    "may_be_named",
    "may_read_names",
    "members_of",
    "missing",
    "missions_inside",
    "of_edition",
    "of_series",
    "open_to_everybody",
    "papers_visible_to",
    "practices_visible_to",
    "promise_readers",
    "public",
    "public_items",
    "public_series",
    "public_texts",
    "readers_of",
    "report",
    "sealed_with",
    "senders_visible_to",
    "series_visible_to",
    "side_of",
    "standing_of",
    "standings",
    "takes_inputs",
    "texts_visible_to",
    "to_agree",
    "to_pass_on",
    "unagreed_by",
    "versions_visible_to",
    "visible_to",
    "years",
]


def to_agree(user: User, *, at: datetime) -> QuerySet[Text]:
    """Drafts in which the person's own side has not agreed everything yet."""
    seen = texts_visible_to(user, at=at)
    if Roles.COUNTERPART in people.held(user, at=at):
        theirs = guest(user, at=at).order_by().values("pk")
        return unagreed_by(THEIRS, seen.filter(edition__in=theirs))
    return unagreed_by(OURS, seen.filter(edition__in=_run(user, at=at).values("pk")))


def to_pass_on(user: User, *, at: datetime) -> QuerySet[Input]:
    """Inputs whose senders let them be passed on, and that nobody has passed on yet."""
    rows = inputs_visible_to(user, at=at).filter(edition__in=_run(user, at=at).values("pk"))
    waiting = rows.filter(consent__in=sorted(PASSED_ON), passed_on_at=None, withdrawn_at=None)
    return waiting.order_by("arrived_at", "pk")


def _run(user: User, *, at: datetime) -> QuerySet[Edition]:
    """The editions whose programme the person runs."""
    roles = people.roles_of(user, at=at).filter(role__in=(Roles.COORDINATOR, Roles.MANAGER))
    missions = roles.order_by().values("mission")
    return house(user, at=at).order_by().filter(series__mission__in=missions)


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for this person: texts to agree; inputs to pass on, for who runs programmes."""
    held = people.held(user, at=at)
    runs = bool(held & {Roles.COORDINATOR, Roles.MANAGER})
    is_guest = Roles.COUNTERPART in held and guest(user, at=at).exists()
    if not runs and not is_guest:
        return ()
    listed = reverse("dialogues:list")
    agree = Inbox("to_agree", _("Texts to agree"), to_agree(user, at=at), f"{listed}?view=texts")
    if not runs:
        return (agree,)
    rows = to_pass_on(user, at=at)
    waits = Inbox("to_pass_on", _("Inputs to pass on"), rows, f"{listed}?view=inputs")
    return (agree, waits)
