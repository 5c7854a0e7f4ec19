"""Position papers: written for one's own side, every version kept, shared by an act."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from monarca.ground.files.models import File
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions.holding import check_open, fresh
from monarca.programmes.dialogues.models import Edition, Item, Paper, Sharing, Version
from monarca.programmes.dialogues.states import Sensitivity


class NothingWritten(Refused):
    """A paper has a title, and words or a file."""


class ItemIsNotOpen(Refused):
    """A paper on an item of one's own side is not shared before the item is."""


class AlreadyShared(Refused):
    """This version was shared already."""


@dataclass(frozen=True, slots=True)
class Position:
    """A new paper: what it is called, on which item, in which language."""

    title: str
    language: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What one version says: words, a file, or both."""

    text: str
    file: File | None = None


@transaction.atomic
def write(edition: Edition, given: Position, words: Words, *, by: User, at: datetime) -> Paper:
    """Begin a paper of one's own side with its first version.

    Raises `NothingWritten` and `EditionIsClosed`.
    """
    side = policy.speaks_for(by, edition, at=at)
    require(bool(side))
    if given.item is not None:
        seen = queries.items_visible_to(by, at=at).filter(edition=edition)
        require(seen.filter(pk=given.item.pk).exists())
    check_open(edition)
    if not given.title.strip():
        raise NothingWritten
    paper = Paper.objects.create(
        edition=edition,
        item=given.item,
        code=fresh(),
        side=side,
        title=given.title.strip(),
        language=given.language,
        made_at=at,
        made_by=by,
    )
    _version(paper, words, by=by, at=at)
    record("paper.written", paper, by=by, at=at, edition=edition.pk, side=side)
    return paper


@transaction.atomic
def revise(paper: Paper, words: Words, *, by: User, at: datetime) -> Version:
    """Another version; earlier ones stay, and what was shared stays shared as it was.

    Raises `NothingWritten` and `EditionIsClosed`.
    """
    require(policy.may_write_paper(by, paper, at=at))
    check_open(paper.edition)
    Paper.objects.select_for_update().get(pk=paper.pk)
    version = _version(paper, words, by=by, at=at)
    record("paper.revised", paper, by=by, at=at, version=version.number)
    return version


def _version(paper: Paper, words: Words, *, by: User, at: datetime) -> Version:
    if not words.text.strip() and words.file is None:
        raise NothingWritten
    last = Version.objects.filter(paper=paper).aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        paper=paper, number=last + 1, text=words.text.strip(), file=words.file, by=by, at=at
    )


@transaction.atomic
def share(version: Version, *, by: User, at: datetime) -> Sharing:
    """Give this version to the other side; later ones stay one's own until shared too.

    Raises `ItemIsNotOpen`, `AlreadyShared` and `EditionIsClosed`.
    """
    paper = version.paper
    require(policy.may_write_paper(by, paper, at=at))
    check_open(paper.edition)
    if paper.item is not None and paper.item.sensitivity == Sensitivity.INTERNAL:
        raise ItemIsNotOpen
    if Sharing.objects.filter(version=version).exists():
        raise AlreadyShared
    sharing = Sharing.objects.create(version=version, by=by, at=at)
    record("paper.shared", paper, by=by, at=at, version=version.number, side=paper.side)
    return sharing
