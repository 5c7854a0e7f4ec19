"""What waits for each of the eight, the walk of ten minutes, and the letters that stayed here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.agreements import queries as agreements
from monarca.grants.applications import queries as applications
from monarca.grants.decisions import queries as decisions
from monarca.grants.disclosure import queries as disclosure
from monarca.grants.payments import queries as payments
from monarca.grants.reviews import queries as reviews
from monarca.grants.screening import queries as screening
from monarca.ground.letters.models import Letter
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.kit.paging import Inbox
from monarca.portal.demo.states import DOES, PARTS, ROLES
from monarca.portal.home import queries as desk

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
HOST = re.compile(r"^https?://[^/]+")


@dataclass(frozen=True, slots=True)
class Role:
    """One of the eight: who plays it, what it does, and how much waits on that desk."""

    key: str
    label: Any
    name: str
    language: str
    does: Any
    waiting: int
    boxes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the walk: as whom, what there is to see, and where."""

    role: str
    label: Any
    title: Any
    text: Any
    path: str


def person(role: str) -> User | None:
    """Whoever plays this role in the sample year; nobody for another word or an empty home."""
    playable = {key for key, _label in ROLES}
    return people.person_of(PARTS[role].email) if role in playable else None


def roles(*, at: datetime) -> tuple[Role, ...]:
    """The eight that are there, in the order of the river."""
    found = []
    for key, label in ROLES:
        user = person(key)
        if user is not None:
            boxes = [box for box in waiting(user, at=at) if box.count]
            found.append(
                Role(
                    key=key,
                    label=label,
                    name=user.get_short_name(),
                    language=user.language,
                    does=DOES[key],
                    waiting=sum(box.count for box in boxes),
                    boxes=tuple(str(box.title) for box in boxes),
                )
            )
    return tuple(found)


def waiting(user: User, *, at: datetime) -> tuple[desk.Waiting, ...]:
    """A staff person's inboxes, or an applicant's open drafts, questions and reports."""
    if people.is_staff(user, at=at):
        return tuple(desk.waiting(user, at=at))
    return tuple(desk.Waiting(box.title, box.count, box.url) for box in own(user, at=at))


def own(user: User, *, at: datetime) -> Iterator[Inbox]:
    mine = reverse("home:mine")
    drafts = applications.owned_by(user, at=at).filter(status="draft", call__closes_at__gt=at)
    yield Inbox("drafts", _("Drafts"), drafts, mine)
    yield Inbox("asked", _("Questions to answer"), screening.asked(user, at=at), mine)


def walk(*, at: datetime) -> tuple[Step, ...]:
    """The stops that exist here, in the order of the river; empty where there is no sample year."""
    return tuple(
        Step(role, dict(ROLES)[role], title, text, path)
        for role, title, text, find in STOPS
        if (user := person(role)) and (path := find(user, at))
    )


def a_draft(user: User, at: datetime) -> str:
    rows = applications.owned_by(user, at=at).filter(status="draft", call__closes_at__gt=at)
    draft = rows.first()
    return reverse("applications:detail", args=[draft.reference]) if draft else ""


def what_arrived(user: User, at: datetime) -> str:
    arrived = applications.to_confirm(user, at=at).first()
    return reverse("applications:intake", args=[arrived.key]) if arrived else ""


def a_review(user: User, at: datetime) -> str:
    given = reviews.to_read(user, at=at).first()
    return reverse("reviews:review", args=[given.application.reference]) if given else ""


def the_committee(user: User, at: datetime) -> str:
    meeting = decisions.meetings_visible_to(user, at=at).filter(ended_at=None).first()
    place = [meeting.call.code, meeting.number] if meeting else []
    return reverse("decisions:meeting", args=place) if meeting else ""


def a_signature(user: User, at: datetime) -> str:
    sent = agreements.to_sign(user, at=at).first()
    return reverse("agreements:file", args=[sent.application.reference]) if sent else ""


def a_payment(user: User, at: datetime) -> str:
    asked = payments.to_record(user, at=at).first()
    place = [asked.application.reference, asked.instalment.number] if asked else []
    return reverse("payments:part", args=place) if asked else ""


def a_journal(user: User, at: datetime) -> str:
    told = disclosure.published(at=at).order_by().values("application")
    found = applications.visible_to(user, at=at).filter(pk__in=told).order_by("pk").first()
    address = reverse("dossier:dossier", args=[found.reference]) if found else ""
    return f"{address}?v=journal" if address else ""


STOPS = (
    (
        "applicant",
        _("Go on with a draft"),
        _(
            "Eufrosina has begun an application to the call that is open now. One date is "
            "wrong; nothing she typed is lost."
        ),
        a_draft,
    ),
    (
        "coordinator",
        _("Confirm what arrived by mail"),
        _(
            "A Word form was read: the document and what we read in it stand side by side, "
            "with our doubts marked."
        ),
        what_arrived,
    ),
    (
        "reviewer",
        _("Read a file and score it"),
        _(
            "Three criteria are scored. A statement on gender without the applicant's own "
            "words as evidence cannot be saved."
        ),
        a_review,
    ),
    (
        "manager",
        _("Sit in the committee"),
        _(
            "The second meeting is still open: one file waits, and the envelope says how much"
            " there is."
        ),
        the_committee,
    ),
    (
        "head-of-mission",
        _("Sign an agreement"),
        _("The group has signed. Read the paper as Word or PDF, and sign for Canada."),
        a_signature,
    ),
    (
        "finance",
        _("Write down a payment"),
        _("The bank has the money. Say on which day it paid: the rate of that day makes it pesos."),
        a_payment,
    ),
    (
        "auditor",
        _("Follow one file to its end"),
        _(
            "Every act on it, from the e-mail with the form to the public page, with who did "
            "it and when."
        ),
        a_journal,
    ),
)


def letters(to: str) -> QuerySet[Letter]:
    """Every letter that would have been sent, newest first; those to one address if asked."""
    rows = Letter.objects.order_by("-at", "-pk")
    return rows.filter(to__icontains=to) if to else rows


def pieces(body: str) -> list[tuple[str, str]]:
    """A letter's text as (words, path): addresses of ours lead to this very server."""
    found, last = [], 0
    for link in LINK.finditer(body):
        found.append((body[last : link.start()], ""))
        found.append((link[0], HOST.sub("", link[0]) or "/"))
        last = link.end()
    return [*found, (body[last:], "")]
