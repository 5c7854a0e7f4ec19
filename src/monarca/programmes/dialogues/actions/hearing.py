"""Civil society is heard before a meeting: asked, received, passed on, taken back."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEALED
from monarca.kit.guard import Refused, require
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions.holding import check_open, fresh
from monarca.programmes.dialogues.models import Edition, Input, Sender
from monarca.programmes.dialogues.states import PASSED_ON, Asking, Consent

LONGEST = 20_000


class ReaderNeeded(Refused):
    """Inputs are asked for until a day, and one named person alone learns the unnamed names."""


class NotAskedNow(Refused):
    """This meeting takes no inputs now."""


class WordsMissing(Refused):
    """An input has words, at most twenty thousand letters of them."""


class NameNotGiven(Refused):
    """Passing on with a name needs the name of an organisation or a person."""


class NoConsent(Refused):
    """The sender did not let it be passed on, or took that back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who may write, until when, and who alone reads the names of those who stay unnamed."""

    who: str
    until: datetime | None = None
    reader: User | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody sends: their words, in their language, and what may be done with them."""

    text: str
    language: str
    consent: str
    organisation: str = ""
    person: str = ""
    email: str = ""


@transaction.atomic
def ask(edition: Edition, given: Asked, *, by: User, at: datetime) -> Edition:
    """Let civil society write before the meeting, or stop it; earlier invitations end.

    Raises `ReaderNeeded` and `EditionIsClosed`.
    """
    require(policy.may_run(by, edition, at=at))
    check_open(edition)
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if given.who != Asking.NOBODY:
        readers = queries.may_read_names(held, at=at)
        known = given.reader and readers.filter(pk=given.reader.pk).exists()
        if not known or given.until is None or given.until <= at:
            raise ReaderNeeded
    held.asking, held.asked_until, held.names_reader = given.who, given.until, given.reader
    held.invitation += 1
    fields = ["asking", "asked_until", "names_reader", "invitation"]
    held.save(update_fields=fields)
    reader = given.reader.pk if given.reader else None
    record("inputs.asked", held, by=by, at=at, who=given.who, reader=reader)
    edition.refresh_from_db()
    return held


@transaction.atomic
def receive(edition: Edition, given: Heard, *, secret: str, by: User | None, at: datetime) -> Input:
    """Keep what civil society wrote; `secret` is what only the sender will have.

    Sent again with the same secret it is the same input, whatever happened to it since.
    Nobody is its author in the journal. The name of a sender who stays unnamed is sealed for
    the edition's one reader. Raises `NotAskedNow`, `WordsMissing` and `NameNotGiven`.
    """
    require(policy.may_send_input(by))
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    known = queries.input_of(digest(secret))
    if known is not None:
        return known
    if not queries.takes_inputs(held, at=at):
        raise NotAskedNow
    _check(given)
    made = Input.objects.create(
        edition=held,
        code=fresh(),
        language=given.language,
        text=given.text.strip(),
        consent=given.consent,
        secret=digest(secret),
        arrived_at=at,
    )
    sender = Sender.objects.create(
        input=made,
        organisation=given.organisation.strip(),
        person=given.person.strip(),
        email=given.email.strip(),
    )
    if given.consent == Consent.ANONYMOUS and held.names_reader:
        people.open_to(held.names_reader, sender, by=None, at=at, reason=SEALED)
    record("input.received", made, by=None, command="form", at=at, consent=given.consent)
    return made


def digest(secret: str) -> str:
    """What is kept of the sender's secret: its SHA-256."""
    return sha256(secret.encode()).hexdigest()


def _check(given: Heard) -> None:
    if not given.text.strip() or len(given.text) > LONGEST:
        raise WordsMissing
    named = given.organisation.strip() or given.person.strip()
    if given.consent == Consent.BY_NAME and not named:
        raise NameNotGiven


@transaction.atomic
def pass_on(given: Input, *, by: User, at: datetime) -> Input:
    """Let the other side read it, and print it in the pack. Raises `NoConsent`."""
    require(policy.may_pass_on(by, given, at=at))
    check_open(given.edition)
    held = Input.objects.select_for_update().get(pk=given.pk)
    if held.withdrawn_at or held.consent not in PASSED_ON:
        raise NoConsent
    held.passed_on_at, held.passed_on_by = at, by
    held.save(update_fields=["passed_on_at", "passed_on_by"])
    record("input.passed_on", held, by=by, at=at)
    return held


@transaction.atomic
def read_name(sender: Sender, *, by: User, at: datetime) -> Sender:
    """The one reader looks at who stays unnamed; that they did is written down, the name is not."""
    require(policy.may_read_name(by, sender, at=at))
    record("input.name_read", sender.input, by=by, at=at)
    return sender


@transaction.atomic
def withdraw(given: Input, *, erase: bool, by: User | None, at: datetime) -> Input:
    """The sender takes consent back, at any time; with `erase` words and names go too.

    From that instant nobody across the table reads it and no pack prints it.
    """
    require(policy.may_send_input(by))
    held = Input.objects.select_for_update().get(pk=given.pk)
    held.withdrawn_at = held.withdrawn_at or at
    if erase:
        held.text, held.is_erased = "", True
        Sender.objects.filter(input=held).update(organisation="", person="", email="")
    held.save(update_fields=["withdrawn_at", "text", "is_erased"])
    record("input.withdrawn", held, by=None, command="form", at=at, erased=held.is_erased)
    given.refresh_from_db()
    return held
