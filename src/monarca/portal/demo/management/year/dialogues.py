"""Both sides meet: a dialogue from agenda to adopted statement, a group's year, a G20 position."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.models import Commitment
from monarca.ground.people.models import User
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.dialogues import actions
from monarca.programmes.dialogues.models import Edition, Item, Paragraph, Series, Text

FOUNDS = calendar.on("2025-01-13", "10:00")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

type Told = Mapping[str, Any]


@dataclass(slots=True)
class Table:
    """Who acts in these meetings, and what stands on the agenda of the one that is told."""

    clerk: User
    manager: User
    guest: User
    items: dict[str, Item] = field(default_factory=dict)

    def of(self, side: str) -> User:
        return self.manager if side == "canada" else self.guest


def tell(year: Year) -> None:
    """Series founded, meetings held, texts agreed by both sides, promises followed."""
    story = stage.told("dialogues")
    staff = year.staff
    table = Table(staff["coordinator"], staff["manager"], staff["counterpart"])
    series = {code: founded(year, code, told, table) for code, told in story["series"].items()}
    for told in story["meetings"]:
        meet(series[told["series"]], told, table)
    year.say(f"{Edition.objects.count()} meetings; {Text.objects.count()} texts of both sides")


def founded(year: Year, code: str, told: Told, table: Table) -> Series:
    given = actions.Founding(
        code=code,
        kind=told["kind"],
        name=told["name"],
        about=told.get("about"),
        forum=told.get("forum", ""),
        pillar=told.get("pillar", ""),
        aims=tuple(told["aims"]),
    )
    made = actions.found(year.call.mission, given, by=table.manager, at=FOUNDS)
    return actions.show_series(made, public=True, by=table.manager, at=FOUNDS)


def meet(series: Series, told: Told, table: Table) -> Edition:
    """One meeting: planned, shared, prepared; and what was written, heard and agreed."""
    at = datetime.combine(told["planned"], datetime.min.time(), calendar.HERE) + 10 * HOUR
    edition = actions.plan(series, planned(told), by=table.clerk, at=at)
    for one in told["people"]:
        actions.seat(edition, seated(one, table), by=table.clerk, at=at)
    actions.share(edition, table.guest, by=table.clerk, at=at + HOUR)
    actions.show(edition, public=True, by=table.manager, at=at + HOUR)
    actions.prepare(edition, by=table.clerk, at=at + 2 * HOUR)
    put(edition, told, table, at=at + DAY)
    write(edition, told, table, at=at + 2 * DAY)
    hear(edition, told, table, at=at + 3 * DAY)
    for text in told["texts"]:
        agree(edition, text, table, at=at + 5 * DAY)
    return edition


def planned(told: Told) -> actions.Plan:
    zone = ZoneInfo(told["zone"])
    return actions.Plan(
        name=told["name"],
        place=told["place"],
        host=told["host"],
        starts_at=told["starts"].replace(tzinfo=zone),
        ends_at=told["ends"].replace(tzinfo=zone),
        time_zone=told["zone"],
        year=told["starts"].year,
    )


def seated(one: Told, table: Table) -> actions.Seat:
    return actions.Seat(
        side=one["side"],
        name=one["name"],
        office=one["office"],
        sector=one.get("sector", "public"),
        is_chair="chair" in one,
        user=table.guest if "counterpart" in one else None,
    )


def put(edition: Edition, told: Told, table: Table, *, at: datetime) -> None:
    """The agenda: open items, one of our own side, one that named people of both sides read."""
    table.items = {}
    for one in told["items"]:
        is_sealed = one.get("sensitivity") == "sealed"
        topic = actions.Topic(
            topic=one["topic"],
            sensitivity=one.get("sensitivity", "open"),
            lead_canada=one.get("canada", ""),
            lead_mexico=one.get("mexico", ""),
            readers=(table.guest,) if is_sealed else (),
        )
        table.items[one["key"]] = actions.put(edition, topic, by=table.manager, at=at)
    for one in told.get("practices", ()):
        worked = actions.Worked(title=one["title"], text=one["text"])
        actions.share_practice(edition, worked, by=table.of(one["side"]), at=at + HOUR)


def write(edition: Edition, told: Told, table: Table, *, at: datetime) -> None:
    """Position papers with every version; some are shared across the table."""
    for one in told.get("papers", ()):
        by = table.of(one["side"])
        position = actions.Position(one["title"], one["language"], table.items[one["item"]])
        first, *later = one["versions"]
        paper = actions.write(edition, position, actions.Words(first), by=by, at=at)
        for words in later:
            actions.revise(paper, actions.Words(words), by=by, at=at + HOUR)
        if one["shared"]:
            version = paper.versions.get(number=one["shared"])
            actions.share_version(version, by=by, at=at + 2 * HOUR)


def hear(edition: Edition, told: Told, table: Table, *, at: datetime) -> None:
    """Civil society writes beforehand: by name, unnamed, and for the embassy alone."""
    if "inputs" not in told:
        return
    asked = actions.Asked("everybody", edition.starts_at - 7 * DAY, table.clerk)
    actions.ask(edition, asked, by=table.clerk, at=at)
    for number, one in enumerate(told["inputs"], start=1):
        heard = actions.Heard(
            text=one["text"],
            language=one["language"],
            consent=one["consent"],
            organisation=one["organisation"],
            person=one["person"],
        )
        secret = secrets.token_urlsafe(24)
        made = actions.receive(edition, heard, secret=secret, by=None, at=at + number * DAY)
        if one["passed"]:
            actions.pass_on(made, by=table.clerk, at=at + (number + 1) * DAY)


def agree(edition: Edition, told: Told, table: Table, *, at: datetime) -> Text:
    """A text that both sides agree word by word; then the meeting, and the text is adopted."""
    item = table.items.get(told.get("item", ""))
    text = actions.begin(edition, told["kind"], by=table.manager, at=at, item=item)
    for one in told["paragraphs"]:
        proposed(text, one, table, at=at)
    if "adopted" not in told:
        waiting(text, table, at=at + HOUR)
        return text
    for user in (table.guest, table.manager):
        agreed(text, user, at=at + 2 * HOUR)
    adopted = told["adopted"].replace(tzinfo=ZoneInfo(edition.time_zone))
    held(edition, table, at=adopted - HOUR)
    actions.adopt(text, by=table.manager, at=adopted)
    if "published" in told:
        actions.publish(text, by=table.manager, at=noon(told["published"]))
    follow(text, told, table)
    return text


def proposed(text: Text, one: Told, table: Table, *, at: datetime) -> None:
    """One paragraph, in some cases worded anew by the other side before anybody agreed."""
    item = table.items.get(one.get("item", ""))
    words = actions.Paragraphs(one["words"], terms=terms(one, table), item=item)
    made = actions.add(text, words, by=table.manager, at=at)
    if "reworded" in one:
        actions.agree(made, languages=("en",), seen=1, by=table.manager, at=at + HOUR)
        words = actions.Paragraphs(one["reworded"])
        actions.word(made, words, seen=1, by=table.guest, at=at + HOUR)


def terms(one: Told, table: Table) -> actions.Terms | None:
    if "due" not in one:
        return None
    asked = {"canada": table.clerk, "mexico": table.guest}
    owners = tuple(actions.Owed(side, name, asked[side]) for side, name in one["owners"].items())
    return actions.Terms(
        due_on=one["due"],
        pillar=one.get("pillar", ""),
        aims=tuple(one.get("aims", ())),
        owners=owners,
        is_public=one.get("public", False),
    )


def agreed(text: Text, user: User, *, at: datetime) -> None:
    for row in Paragraph.objects.filter(text=text).order_by("position"):
        languages = tuple(text.languages)
        actions.agree(row, languages=languages, seen=row.round, by=user, at=at)


def waiting(text: Text, table: Table, *, at: datetime) -> None:
    """A draft of which each side has agreed what the other has not: both have something to do."""
    for row in Paragraph.objects.filter(text=text).order_by("position"):
        by = table.manager if row.is_promise else table.guest
        actions.agree(row, languages=tuple(text.languages), seen=row.round, by=by, at=at)


def held(edition: Edition, table: Table, *, at: datetime) -> None:
    """The meeting took place; said once, however many texts it adopts."""
    edition.refresh_from_db()
    if edition.status == "open":
        actions.hold(edition, by=table.clerk, at=max(at, edition.starts_at))


def follow(text: Text, told: Told, table: Table) -> None:
    """What became of each promise, as its owners told the register."""
    rows = Paragraph.objects.filter(text=text).order_by("position")
    for row, one in zip(rows, told["paragraphs"], strict=True):
        for step in one.get("becomes", ()):
            if row.commitment:
                reported(row.commitment, step, table)


def reported(commitment: Commitment, step: Told, table: Table) -> None:
    given = commitments.Report(
        note=step["note"],
        language=step["language"],
        status=step["status"],
        percent=step["percent"],
        evidence_url=step.get("url", ""),
        is_public=True,
    )
    commitments.report(commitment, given, by=table.clerk, at=noon(step["at"]))


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), calendar.HERE) + 12 * HOUR
