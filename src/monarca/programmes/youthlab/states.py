"""Words of a Youth Lab: stages, kinds of people, kinds of rounds, and what may follow what."""

from collections.abc import Mapping
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves
from monarca.ground.commitments.states import Sides
from monarca.ground.people.states import Roles

KEEPERS = (Roles.COORDINATOR, Roles.MANAGER)
"""Who runs the programme, and the only staff who need to know what applicants say of themselves."""

SILENT = "-"
"""Instead of an answer: prefers not to say."""

FEWEST = 5
"""No page counts fewer people apart; the pool file of a draw has a row for each person."""

TWO_THIRDS = Fraction(2, 3)
"""A text is adopted when so many of all delegates with a seat say yes, whoever votes."""

SIDES = (Sides.CANADA, Sides.MEXICO)


class Stage(TextChoices):
    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    CONCLUDED = "concluded", _("Concluded")


STAGES = Moves(
    {
        "publish": (frozenset({Stage.DRAFT}), Stage.PUBLISHED),
        "conclude": (frozenset({Stage.PUBLISHED}), Stage.CONCLUDED),
    }
)


class Features(TextChoices):
    """What an applicant may say of themselves, and what quotas may be about."""

    COUNTRY = "country", _("Country")
    GENDER = "gender", _("Gender")
    REGION = "region", _("Region")
    INDIGENOUS = "indigenous", _("Indigenous")
    DISABILITY = "disability", _("Disability")
    AGE = "age", _("Age group")


class Countries(TextChoices):
    CANADA = "canada", _("Canada")
    MEXICO = "mexico", _("Mexico")


class Genders(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    ANOTHER = "another", _("Another gender, or none")


class Regions(TextChoices):
    ATLANTIC = "atlantic", _("Canada: Atlantic provinces")
    QUEBEC = "quebec", _("Canada: Quebec")
    ONTARIO = "ontario", _("Canada: Ontario")
    PRAIRIES = "prairies", _("Canada: Prairies")
    PACIFIC = "pacific", _("Canada: British Columbia")
    ARCTIC = "arctic", _("Canada: the three territories")
    NORTH = "north", _("Mexico: north")
    WEST = "west", _("Mexico: west")
    CENTRE = "centre", _("Mexico: centre")
    SOUTH = "south", _("Mexico: south")
    SOUTHEAST = "southeast", _("Mexico: southeast")


class YesNo(TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    NO = "no", pgettext_lazy("answer", "No")


class Ages(TextChoices):
    YOUNGEST = "18-19", _("18 or 19 years")
    YOUNGER = "20-21", _("20 or 21 years")
    OLDER = "22-23", _("22 or 23 years")
    OLDEST = "24-25", _("24 or 25 years")


VALUES: Mapping[str, type[TextChoices]] = {
    Features.COUNTRY: Countries,
    Features.GENDER: Genders,
    Features.REGION: Regions,
    Features.INDIGENOUS: YesNo,
    Features.DISABILITY: YesNo,
    Features.AGE: Ages,
}

OF_CANADA = frozenset(
    {
        Regions.ATLANTIC,
        Regions.QUEBEC,
        Regions.ONTARIO,
        Regions.PRAIRIES,
        Regions.PACIFIC,
        Regions.ARCTIC,
    }
)


class Methods(TextChoices):
    LEXIMIN = "leximin", _("Leximin: the smallest chance as large as possible, then the next")
    MAXIMIN = "maximin", _("Maximin: only the smallest chance as large as possible")


class Sent(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", pgettext_lazy("application", "Not sent yet")
    SENT = "sent", pgettext_lazy("application", "Sent")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


SENDING = Moves(
    {
        "send": (frozenset({Sent.DRAFT, Sent.SENT}), Sent.SENT),
        "withdraw": (frozenset({Sent.DRAFT, Sent.SENT}), Sent.WITHDRAWN),
    }
)


class Reasons(TextChoices):
    """Why somebody cannot take part; nothing about what a person is like."""

    AGE = "age", _("Not between 18 and 25 years old on the day of the first session")
    RESIDENCE = "residence", _("Lives in neither Canada nor Mexico")
    TWICE = "twice", _("Applied twice; the other application counts")
    INTEREST = "interest", _("Works for one of the two governments, or is close to who does")
    UNCLEAR = "unclear", _("Could not be reached, or it is not clear who applied")


class Work(TextChoices):
    """A lottery, from being asked for until it is drawn."""

    WAITING = "waiting", _("Waiting to be worked out")
    RUNNING = "running", _("Being worked out")
    READY = "ready", _("Committed to, not drawn yet")
    DRAWN = "drawn", _("Drawn")
    IMPOSSIBLE = "impossible", _("No panel keeps these quotas")
    STOPPED = "stopped", _("Stopped")


UNDER_WAY = frozenset({Work.WAITING, Work.RUNNING, Work.READY})

WORKING = Moves(
    {
        "take": (frozenset({Work.WAITING, Work.RUNNING}), Work.RUNNING),
        "settle": (frozenset({Work.RUNNING}), Work.READY),
        "refuse": (frozenset({Work.RUNNING}), Work.IMPOSSIBLE),
        "stop": (frozenset({Work.WAITING, Work.RUNNING}), Work.STOPPED),
        "draw": (frozenset({Work.READY}), Work.DRAWN),
    }
)


class Place(TextChoices):
    """A seat of the panel: offered to who was drawn, then theirs or not."""

    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", pgettext_lazy("reply", "Accepted")
    DECLINED = "declined", _("Declined")


HELD = frozenset({Place.OFFERED, Place.ACCEPTED})

SEATING = Moves(
    {
        "accept": (frozenset({Place.OFFERED}), Place.ACCEPTED),
        "decline": (frozenset({Place.OFFERED, Place.ACCEPTED}), Place.DECLINED),
    }
)


class Rounds(TextChoices):
    """What a round is for, in the order in which they are held."""

    COMMENT = "comment", _("Comments on the proposals")
    AMEND = "amend", _("Amendments to the proposals")
    VOTE = "vote", _("Agree, disagree or pass")


class Shared(TextChoices):
    DRAFT = "draft", pgettext_lazy("proposal", "Only you see it")
    SHARED = "shared", pgettext_lazy("proposal", "Shared with the delegates")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Taken back")


SHARING = Moves(
    {
        "share": (frozenset({Shared.DRAFT}), Shared.SHARED),
        "withdraw": (frozenset({Shared.DRAFT, Shared.SHARED}), Shared.WITHDRAWN),
    }
)


class Fate(TextChoices):
    """What the author did with an amendment."""

    OPEN = "open", pgettext_lazy("amendment", "Not answered yet")
    TAKEN = "taken", pgettext_lazy("amendment", "Taken into the proposal")
    LEFT = "left", pgettext_lazy("amendment", "Not taken")


FATES = Moves(
    {
        "take": (frozenset({Fate.OPEN}), Fate.TAKEN),
        "leave": (frozenset({Fate.OPEN}), Fate.LEFT),
    }
)


class Text(TextChoices):
    """The final communiqué, from its first draft to the delegates' yes or no."""

    DRAFT = "draft", pgettext_lazy("communiqué", "Being written")
    PROPOSED = "proposed", pgettext_lazy("communiqué", "Before the delegates")
    ADOPTED = "adopted", pgettext_lazy("communiqué", "Adopted")
    REJECTED = "rejected", pgettext_lazy("communiqué", "Not adopted")


TEXTS = Moves(
    {
        "propose": (frozenset({Text.DRAFT, Text.REJECTED}), Text.PROPOSED),
        "adopt": (frozenset({Text.PROPOSED}), Text.ADOPTED),
        "reject": (frozenset({Text.PROPOSED}), Text.REJECTED),
    }
)


class Replies(TextChoices):
    ACCEPT = "accept", pgettext_lazy("reply", "Accepted")
    PART = "part", pgettext_lazy("reply", "Accepted in part")
    NOT = "not", pgettext_lazy("reply", "Not accepted")


def said(feature: str, value: str) -> str:
    """An answer in the reader's language; no answer is that, too."""
    if value in {"", SILENT}:
        return str(_("Prefer not to say"))
    known = VALUES.get(feature)
    return str(known(value).label) if known and value in known.values else value


def named(feature: str) -> str:
    return str(Features(feature).label) if feature in Features.values else feature
