"""When one side has agreed a whole text, the other side is asked for its word."""

from datetime import datetime

from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.models import Member, Text
from monarca.programmes.dialogues.states import GUEST, OURS, THEIRS


def ask_the_other_side(text: Text, side: str, *, by: User, at: datetime) -> int:
    """Write to those who agree for the other side, once `side` agreed every paragraph.

    Of our own side those are the members with an account or, without any, who planned the
    meeting; of the other side, the counterparts it is shared with. Nobody is written to who may
    not read the text, and the letter names neither its item nor its words. Gives how many.
    """
    lines = queries.standings(text)
    other = THEIRS if side == OURS else OURS
    if not all(line.is_agreed_by(side) for line in lines):
        return 0
    if all(line.is_agreed_by(other) for line in lines):
        return 0
    edition = text.edition
    asked = [one for one in _speakers(text, other, at) if policy.may_word(one, text, at=at)]
    for user in asked:
        letters.write(
            "text.waits",
            to=user,
            by=by,
            at=at,
            about=text.item or text,
            reference=edition.reference,
            address=f"/desk/dialogues/{edition.reference}/texts/{text.code}/",
        )
    if asked:
        record("text.other_side_asked", text.item or text, by=by, at=at, side=other)
    return len(asked)


def _speakers(text: Text, side: str, at: datetime) -> list[User]:
    """Who answers for this side of the meeting of a text, in the order of their accounts."""
    edition = text.edition
    if side == THEIRS:
        known = queries.readers_of(edition, at=at, reason=GUEST)
    else:
        seated = Member.objects.filter(edition=edition, side=OURS, until=None)
        known = User.objects.filter(pk__in=seated.exclude(user=None).values("user"))
    found = [one for one in known if policy.may_speak(one, edition, side, at=at)]
    if not found and side == OURS:
        found = [edition.planned_by]
    return sorted(found, key=lambda one: one.pk)
