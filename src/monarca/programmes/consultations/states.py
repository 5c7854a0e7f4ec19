"""How a consultation goes on, what its record holds, and who may be told what of it."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves


class Phase(TextChoices):
    """The five phases of an Indigenous consultation, and its end when the matter is dropped."""

    PRIOR = "prior_agreements", _("Prior agreements")
    INFORMATION = "information", _("Information")
    DELIBERATION = "deliberation", _("Their own deliberation")
    DIALOGUE = "dialogue", _("Dialogue and decision")
    FOLLOW_UP = "follow_up", _("Follow-up")
    STOPPED = "stopped", _("Not going forward")


GOING = frozenset({Phase.PRIOR, Phase.INFORMATION, Phase.DELIBERATION, Phase.DIALOGUE})

MOVES = Moves(
    {
        "inform": (frozenset({Phase.PRIOR}), Phase.INFORMATION),
        "deliberate": (frozenset({Phase.INFORMATION, Phase.DIALOGUE}), Phase.DELIBERATION),
        "converse": (frozenset({Phase.DELIBERATION}), Phase.DIALOGUE),
        "conclude": (frozenset({Phase.DIALOGUE}), Phase.FOLLOW_UP),
        "stop": (GOING, Phase.STOPPED),
    }
)


class Kind(TextChoices):
    """What an item of the record is: six sides of the file itself, and what is entered."""

    EXISTENCE = "existence", _("The consultation itself: title, matter, phase")
    PEOPLE = "people", _("The people and the community, their names and languages")
    PLACES = "places", _("The place")
    REPRESENTATIVES = "representatives", _("The names of the representatives")
    INTERPRETERS = "interpreters", _("The names of the interpreters")
    CALENDAR = "calendar", _("Phases and their own deliberation time")
    CHOOSING = "choosing", _("How the representatives were chosen")
    SHARED = "shared", _("Information shared")
    STEP = "step", _("Step")
    POSITION = "position", _("Position")
    AGREEMENT = "agreement", pgettext_lazy("consultation", "Agreement")
    CONDITION = "condition", pgettext_lazy("consultation", "Condition")
    DISSENT = "dissent", _("Dissent")
    OUTCOME = "outcome", _("Outcome")
    WITHDRAWAL = "withdrawal", _("Consent withdrawn")
    ADDITION = "addition", _("Addition")
    OBJECTION = "objection", _("Objection")


SIDES = (
    Kind.EXISTENCE,
    Kind.PEOPLE,
    Kind.PLACES,
    Kind.REPRESENTATIVES,
    Kind.INTERPRETERS,
    Kind.CALENDAR,
)
"""Made with the file: each can be opened to the public or kept by itself."""

PROMISES = frozenset({Kind.AGREEMENT, Kind.CONDITION})
"""What deposits a commitment in the same act."""

BOUND = frozenset({Kind.OUTCOME, Kind.CONDITION})
"""What stands or falls with consent; an agreement binds from the day it was made, whatever the
people decide later."""

THEIRS = frozenset({Kind.ADDITION, Kind.OBJECTION})
"""What a representative may enter at any time, their own deliberation time included."""

ENTERED: Mapping[str, frozenset[Phase]] = {
    Kind.SHARED: frozenset({Phase.PRIOR, Phase.INFORMATION, Phase.DIALOGUE}),
    Kind.STEP: (GOING - {Phase.DELIBERATION}) | {Phase.FOLLOW_UP},
    Kind.POSITION: frozenset({Phase.DIALOGUE}),
    Kind.AGREEMENT: frozenset({Phase.PRIOR, Phase.DIALOGUE}),
    Kind.CONDITION: frozenset({Phase.DIALOGUE}),
    Kind.DISSENT: frozenset({Phase.DIALOGUE, Phase.FOLLOW_UP}),
    Kind.ADDITION: frozenset(Phase),
    Kind.OBJECTION: frozenset(Phase),
}
"""In which phases what may be entered; outcome and withdrawal have acts of their own."""

SPOKEN = frozenset({Kind.POSITION, Kind.AGREEMENT, Kind.CONDITION, Kind.DISSENT})
"""What one of the representatives says, or several together."""


class Result(TextChoices):
    CONSENT = "consent", _("Consent")
    CONDITIONS = "consent_with_conditions", _("Consent with conditions")
    NO_CONSENT = "no_consent", _("No consent")
    NO_AGREEMENT = "no_agreement", _("No agreement")


AGREED = frozenset({Result.CONSENT, Result.CONDITIONS})


class Form(TextChoices):
    """In what form information was shared."""

    TEXT = "text", _("Text")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    IN_PERSON = "in_person", _("In person")


class Part(TextChoices):
    """What of an item a permission is about: a voice can be known where words are not."""

    WORDS = "words", _("Words")
    FILES = "files", _("Recordings and papers")


class How(TextChoices):
    """How the people's representative said so."""

    ACCOUNT = "account", _("By themselves, signed in")
    PAPER = "paper", _("On paper")
    VOICE = "voice", _("By voice")
    LAPSED = "lapsed", _("Lapsed, because what it was about changed")


PROVEN = (How.PAPER, How.VOICE)


class Chooser(TextChoices):
    COMMUNITY = "community", _("The community")
    MISSION = "mission", _("The embassy")
    TOGETHER = "together", _("Both together")


class Country(TextChoices):
    MEXICO = "MX", _("Mexico")
    CANADA = "CA", _("Canada")


class Owning(TextChoices):
    """On which side somebody owes what was promised to the people."""

    CANADA = "canada", _("Canada")
    MEXICO = "mexico", _("Mexico")


ZONES = (
    "America/Mexico_City",
    "America/Cancun",
    "America/Chihuahua",
    "America/Hermosillo",
    "America/Mazatlan",
    "America/Tijuana",
    "America/St_Johns",
    "America/Halifax",
    "America/Toronto",
    "America/Winnipeg",
    "America/Regina",
    "America/Edmonton",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Iqaluit",
    "America/Rankin_Inlet",
)
"""Whose midnight ends a day of the people's own time."""
