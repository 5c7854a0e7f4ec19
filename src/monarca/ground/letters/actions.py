"""Writing letters inside the acts they tell of, and sending them afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from monarca.ground.journal.actions import label, record
from monarca.ground.letters import policy, queries
from monarca.ground.letters.models import Beat, Letter
from monarca.ground.letters.queries import Words
from monarca.ground.partners import queries as partners
from monarca.ground.partners.models import Organisation
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.kit.guard import require

LEASE = timedelta(minutes=5)
SECRET_LIVES = timedelta(minutes=15)
SILENCE = timedelta(minutes=5)
MOST_TRIES = 12


@dataclass(frozen=True, slots=True)
class Reader:
    """One address and the language in which it is written to."""

    user: User | None
    email: str
    language: str


@transaction.atomic
def write(  # noqa: PLR0913
    key: str,
    *,
    to: User | Organisation,
    by: User | None,
    at: datetime,
    about: Model,
    file: Model | None = None,
    call_texts: Mapping[str, Any] | None = None,
    **placeholders: Any,
) -> tuple[Letter, ...]:
    """Put one letter a reader into the outbox, in the transaction of the act it tells of.

    An organisation's letter goes to every person who speaks for it, each in their own
    language, and to its own address where nobody does. `call_texts` are the `letters` of the
    call's definition. Placeholders may be days, instants, `Money`, `Reason`, trilingual texts
    or strings; `address` may be a path of ours. With a `file`, `reference`, `address` and the
    `zone` of instants are known. A restricted or sealed file's letter holds the reference and
    a link, nothing else. Raises `PlaceholderMissing` or `LetterUnknown`.
    """
    require(policy.may_write(by))
    values = {**_known(file), **placeholders}
    readers = [one for one in _readers(to, at) if not _is_barred(one, file, at)]
    if not readers:
        record("letter.unaddressed", about, by=by, at=at, file=file, key=key)
    discreet = queries.is_discreet(file)
    letters = []
    for reader in readers:
        # The full text is composed even when it is not used: a missing value is never hidden.
        words = queries.compose(key, reader.language, texts=call_texts, values=values)
        if discreet:
            words = queries.compose("file.news", reader.language, texts=None, values=values)
        letter = _keep(key, reader, words, at=at, about=label(about), file=file)
        record("letter.written", letter, by=by, at=at, file=file, key=key)
        letters.append(letter)
    return tuple(letters)


@transaction.atomic
def keep(
    key: str,
    *,
    to: Iterable[str],
    words: Words,
    by: User | None,
    at: datetime,
    is_secret: bool = False,
) -> tuple[Letter, ...]:
    """Put a letter that is already in words into the outbox: what Django itself would mail."""
    require(policy.may_write(by))
    letters = []
    for email in to:
        user = User.objects.filter(email__iexact=email).first()
        reader = Reader(user, email, words.language)
        letter = _keep(key, reader, words, at=at, is_secret=is_secret)
        record("letter.written", letter, by=by, at=at, key=key)
        letters.append(letter)
    return tuple(letters)


@transaction.atomic
def claim(*, by: User | None, at: datetime) -> Letter | None:
    """Take the letter that waits longest, so that no other worker sends it for five minutes.

    A worker that dies in between loses nothing: the lease ends and the letter is due again.
    A secret older than the code it carries is erased instead.
    """
    require(policy.may_send(by))
    for letter in queries.due(at=at)[:20]:
        if letter.is_secret and at - letter.at > SECRET_LIVES:
            _close(letter, problem="expired", **_erased(letter))
            record("letter.expired", letter, by=None, command="worker", at=at, key=letter.key)
        elif _take(letter, at):
            return letter
    return None


@transaction.atomic
def sent(letter: Letter, *, by: User | None, at: datetime) -> Letter:
    """The letter left the house; a secret's words are erased with it, except in the demo."""
    require(policy.may_send(by))
    _close(letter, sent_at=at, problem="", **_erased(letter))
    record("letter.sent", letter, by=None, command="worker", at=at, key=letter.key)
    return letter


@transaction.atomic
def failed(letter: Letter, *, by: User | None, at: datetime, problem: str) -> Letter:
    """The letter did not leave: try again later, twelve times at most; the problem is kept."""
    require(policy.may_send(by))
    gives_up = letter.tries >= MOST_TRIES
    letter.next_try_at = None if gives_up else at + timedelta(minutes=queries.wait(letter.tries))
    letter.problem = problem[:200]
    letter.save(update_fields=["next_try_at", "problem"])
    verb = "letter.given_up" if gives_up else "letter.delayed"
    record(verb, letter, by=None, command="worker", at=at, key=letter.key, tries=letter.tries)
    return letter


@transaction.atomic
def beat(name: str, *, by: User | None, at: datetime) -> Beat:
    """The worker lives. Journalled only when it comes back from a silence of five minutes."""
    require(policy.may_send(by))
    last = Beat.objects.filter(name=name).first()
    now, _ = Beat.objects.update_or_create(name=name, defaults={"at": at})
    if last is None or at - last.at > SILENCE:
        record("worker.started", now, by=None, command=name, at=at)
    return now


def _known(file: Model | None) -> dict[str, Any]:
    """What every letter about a file may say: its reference, its page, its call's time zone."""
    if file is None:
        return {}
    reference = str(getattr(file, "reference", ""))
    zone = getattr(getattr(file, "call", None), "time_zone", "UTC")
    return {"reference": reference, "address": f"/applications/{reference}/", "zone": zone}


def _readers(to: User | Organisation, at: datetime) -> list[Reader]:
    if isinstance(to, User):
        return [Reader(to, to.email, to.language)] if to.is_active else []
    speakers = [Reader(one, one.email, one.language) for one in partners.people_of(to, at=at)]
    own = [Reader(None, to.email, to.language)] if to.email else []
    return speakers or own


def _is_barred(reader: Reader, file: Model | None, at: datetime) -> bool:
    """Who is barred from a file is told nothing about it, by letter as little as by page."""
    if reader.user is None or file is None:
        return False
    closed = people.closed_to(reader.user, type(file), at=at)
    return closed.filter(subject_id=file.pk).exists()


def _keep(  # noqa: PLR0913
    key: str,
    reader: Reader,
    words: Words,
    *,
    at: datetime,
    about: str = "",
    file: Model | None = None,
    is_secret: bool = False,
) -> Letter:
    return Letter.objects.create(
        key=key,
        user=reader.user,
        to=reader.email,
        language=words.language,
        subject=words.subject[:300],
        body=words.body,
        html=words.html,
        about=about,
        file=label(file) if file else "",
        is_secret=is_secret,
        at=at,
        next_try_at=at,
    )


def _take(letter: Letter, at: datetime) -> bool:
    """Compare and set: true for exactly one of the workers that read the same row."""
    same = Letter.objects.filter(
        pk=letter.pk, sent_at=None, tries=letter.tries, next_try_at=letter.next_try_at
    )
    tries, until = letter.tries + 1, at + LEASE
    if not same.update(tries=tries, next_try_at=until):
        return False
    letter.tries, letter.next_try_at = tries, until
    return True


def _close(letter: Letter, **changes: Any) -> None:
    for name, value in {"next_try_at": None, **changes}.items():
        setattr(letter, name, value)
    letter.save(update_fields=["next_try_at", *changes])


def _erased(letter: Letter) -> dict[str, str]:
    return {"body": "", "html": ""} if letter.is_secret and not settings.DEMO else {}
