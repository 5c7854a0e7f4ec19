"""Gate 2: who runs the meetings, who speaks for which side, who publishes."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.programmes.dialogues import queries
from monarca.programmes.dialogues.models import Edition, Input, Item, Paper, Sender, Series, Text
from monarca.programmes.dialogues.states import OURS, THEIRS

KEEPERS = (Roles.COORDINATOR, Roles.MANAGER)


def may_enter(user: User | None, *, at: datetime) -> bool:
    """The desk of meetings: who reads a mission's, or one that was shared with them."""
    if user is None:
        return False
    house = queries.missions_inside(user, at=at).exists()
    return house or queries.inside(user, at=at).exists()


def may_found(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """A manager founds a dialogue, a working group or a forum; nobody abroad does."""
    if user is None or not people.has_role(user, mission, Roles.MANAGER, at=at):
        return False
    return queries.missions_inside(user, at=at).filter(pk=mission.pk).exists()


def may_plan(user: User | None, series: Series, *, at: datetime) -> bool:
    """Planning a meeting: who runs the mission's programmes."""
    if user is None or not people.has_role(user, series.mission_id, *KEEPERS, at=at):
        return False
    return queries.missions_inside(user, at=at).filter(pk=series.mission_id).exists()


def may_run(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """Dates, members of our side, sharing, inputs, adoption: coordinator or manager of ours."""
    if user is None or not queries.house(user, at=at).filter(pk=edition.pk).exists():
        return False
    return people.has_role(user, edition.series.mission_id, *KEEPERS, at=at)


def may_publish(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """Putting an edition or its agreed texts before the public: a manager of ours."""
    if user is None or not may_run(user, edition, at=at):
        return False
    return people.has_role(user, edition.series.mission_id, Roles.MANAGER, at=at)


def speaks_for(user: User | None, edition: Edition, *, at: datetime) -> str:
    """The side for which the person answers and agrees: never both, "" for neither."""
    if user is None:
        return ""
    if queries.guest(user, at=at).filter(pk=edition.pk).exists():
        return THEIRS
    return OURS if may_run(user, edition, at=at) else ""


def may_speak(user: User | None, edition: Edition, side: str, *, at: datetime) -> bool:
    """Does the person answer for this side?"""
    return bool(side) and speaks_for(user, edition, at=at) == side


def may_change_item(user: User | None, item: Item, *, at: datetime) -> bool:
    """An item is changed by the side that put it there, by somebody who sees it."""
    if user is None or not queries.items_visible_to(user, at=at).filter(pk=item.pk).exists():
        return False
    return may_speak(user, item.edition, item.side, at=at)


def may_write_paper(user: User | None, paper: Paper, *, at: datetime) -> bool:
    """A paper is written and shared by its own side, by somebody who sees it."""
    if user is None or not queries.papers_visible_to(user, at=at).filter(pk=paper.pk).exists():
        return False
    return may_speak(user, paper.edition, paper.side, at=at)


def may_word(user: User | None, text: Text, *, at: datetime) -> bool:
    """Wording and agreeing paragraphs: who answers for a side and sees the text."""
    if user is None or not queries.texts_visible_to(user, at=at).filter(pk=text.pk).exists():
        return False
    return bool(speaks_for(user, text.edition, at=at))


def may_adopt(user: User | None, text: Text, *, at: datetime) -> bool:
    """Adopting deposits commitments in our register: who runs the meeting and sees the text."""
    return may_word(user, text, at=at) and may_run(user, text.edition, at=at)


def may_send_input(user: User | None) -> bool:
    """Civil society writes without an account; who is signed in writes as nobody too."""
    return user is None


def may_pass_on(user: User | None, given: Input, *, at: datetime) -> bool:
    return may_run(user, given.edition, at=at)


def may_read_name(user: User | None, sender: Sender, *, at: datetime) -> bool:
    """Who sent an unnamed input: its reader by name only."""
    rows = queries.senders_visible_to(user, at=at)
    return rows.filter(pk=sender.pk).exists()
