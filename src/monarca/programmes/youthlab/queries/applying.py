"""What an application asks, and what is still missing in one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from monarca.ground.people.models import User
from monarca.programmes.youthlab.models import Candidacy, Edition
from monarca.programmes.youthlab.queries import seeing
from monarca.programmes.youthlab.states import (
    OF_CANADA,
    SILENT,
    VALUES,
    Countries,
    Features,
    Sent,
)

SECTIONS = ("you", "kinds", "words")
"""The pages of an application, in order; a last page shows all of it."""

NAMES = {
    "you": ("name", "phone", "declares_age"),
    "words": ("theme", "motivation", "needs", "declares_true"),
}
LONGEST = {"name": 200, "phone": 40, "motivation": 4000, "needs": 2000}
WORDS = 300
"""Words of the longest answer."""


class Gap(NamedTuple):
    """What keeps an application from being sent: where, and a code for the sentence."""

    section: str
    field: str
    code: str


def consent(feature: str) -> str:
    """The name of the box under a question about oneself."""
    return f"{feature}_consent"


def gaps(candidacy: Candidacy) -> tuple[Gap, ...]:
    """Everything that is missing or does not fit, in the order of the pages."""
    return (*_of_words(candidacy.words), *_of_traits(candidacy.traits))


def _of_words(words: Mapping[str, Any]) -> Iterator[Gap]:
    if not str(words.get("name") or "").strip():
        yield Gap("you", "name", "name")
    if not words.get("declares_age"):
        yield Gap("you", "declares_age", "declares_age")
    motivation = str(words.get("motivation") or "")
    if not motivation.strip():
        yield Gap("words", "motivation", "motivation")
    elif len(motivation.split()) > WORDS:
        yield Gap("words", "motivation", "too_long")
    if not words.get("declares_true"):
        yield Gap("words", "declares_true", "declares_true")


def _of_traits(traits: Mapping[str, Any]) -> Iterator[Gap]:
    for feature in Features.values:
        value = said_of(traits, feature)
        if not value:
            yield Gap("kinds", feature, "answer")
        elif value != SILENT and not traits[feature].get("consent"):
            yield Gap("kinds", consent(feature), "consent")
    country, region = (said_of(traits, each) for each in (Features.COUNTRY, Features.REGION))
    known = {Countries.CANADA: True, Countries.MEXICO: False}
    is_region = region in VALUES[Features.REGION].values
    if country in known and is_region and (region in OF_CANADA) != known[Countries(country)]:
        yield Gap("kinds", Features.REGION, "other_country")


def said_of(traits: Mapping[str, Any], feature: str) -> str:
    """The answer as it was given; "" for none, or for one that is not in the list."""
    value = str((traits.get(feature) or {}).get("value") or "")
    return value if value == SILENT or value in VALUES[feature].values else ""


def answers(traits: Mapping[str, Any]) -> dict[str, str]:
    """What counts in the lottery: answers given with consent; everything else is blank."""
    found = {}
    for feature in Features.values:
        value = said_of(traits, feature)
        agreed = bool((traits.get(feature) or {}).get("consent"))
        found[feature] = value if value != SILENT and agreed else ""
    return found


def is_changed(candidacy: Candidacy) -> bool:
    """Was something typed since it was sent?"""
    if candidacy.status != Sent.SENT:
        return False
    now = (candidacy.words, candidacy.traits)
    return now != (candidacy.sent_words, candidacy.sent_traits)


def phase(edition: Edition, *, at: datetime) -> str:
    """coming, open or closed: applications are taken in the half-open interval between."""
    if at < edition.opens_at:
        return "coming"
    return "open" if at < edition.closes_at else "closed"


def unchecked(edition: Edition) -> QuerySet[Candidacy]:
    """Applications that nobody has checked yet."""
    rows = Candidacy.objects.filter(edition=edition, status=Sent.SENT, ruling=None)
    return rows.order_by("sent_at", "pk")


def eligible(edition: Edition) -> QuerySet[Candidacy]:
    """Who takes part in the lottery."""
    rows = Candidacy.objects.filter(edition=edition, status=Sent.SENT, ruling__is_eligible=True)
    return rows.order_by("number")


def tally(edition: Edition) -> Counter[str]:
    """How many were sent, are checked, may take part and may not."""
    rows = Candidacy.objects.filter(edition=edition, status=Sent.SENT)
    found = Counter(rows.values_list("ruling__is_eligible", flat=True))
    names = {None: "unchecked", True: "eligible", False: "refused"}
    return Counter({"sent": found.total(), **{names[key]: n for key, n in found.items()}})


def to_check(user: User, *, at: datetime) -> QuerySet[Candidacy]:
    """What waits for this person's check: sent, of an edition that has closed or not."""
    return seeing.kept_by(user, at=at).filter(ruling=None).exclude(person=user)
