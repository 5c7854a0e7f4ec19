"""Who reads a sealed item, its minutes and what they promised: always the same people."""

from collections.abc import Iterable
from datetime import datetime

from monarca.ground.commitments import actions as commitments
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEALED
from monarca.programmes.dialogues import queries
from monarca.programmes.dialogues.models import Edition, Item, Text


def keep_item(item: Item, readers: Iterable[User], *, by: User, at: datetime) -> None:
    """These read the sealed item and what its minutes deposited, and nobody else does."""
    before = set(queries.readers_of(item, at=at))
    named = {user.pk: user for user in readers}
    people.keep_to(named.values(), item, by=by, at=at)
    for user in named.values():
        people.open_to(user, item, by=by, at=at, reason=SEALED)
    if before != set(named.values()):
        for text in Text.objects.filter(item=item).order_by("pk"):
            commitments.keep_to(text, named.values(), by=by, at=at)


def shut_out(user: User, edition: Edition, *, by: User, at: datetime) -> None:
    """Who reads an edition no longer reads none of its sealed items, nor what these promised."""
    if queries.side_of(user, edition, at=at):
        return
    for item in queries.sealed_with(user, edition, at=at):
        left = queries.readers_of(item, at=at).exclude(pk=user.pk)
        people.keep_to(left, item, by=by, at=at)
        for text in Text.objects.filter(item=item).order_by("pk"):
            kept = (one for one in queries.promise_readers(text, at=at) if one != user)
            commitments.keep_to(text, kept, by=by, at=at)


def give_back(user: User, edition: Edition, *, by: User, at: datetime) -> None:
    """Sealed items that the person put, and that nobody of their side reads, are theirs again."""
    for item in queries.left_alone(user, edition, at=at):
        readers = [*queries.readers_of(item, at=at), user]
        keep_item(item, readers, by=by, at=at)
