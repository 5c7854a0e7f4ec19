"""Consultations: one ends in consent with conditions, one in none, one is not over."""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.consultations import actions, queries
from monarca.programmes.consultations.actions import (
    Attached,
    Entering,
    Facts,
    Registering,
    Speaker,
    Upload,
    Wish,
)
from monarca.programmes.consultations.models import Consultation, Item, Representative
from monarca.programmes.consultations.states import How, Kind, Part, Result

BEGINS = calendar.on("2024-08-05", "10:00")
SHARES = calendar.on("2024-08-19", "11:00")
THEIRS = (date(2024, 9, 2), date(2024, 9, 30))
ASKS_FOR_MORE = calendar.on("2024-09-20", "18:30")
LONGER = date(2024, 10, 20)
TALKS = calendar.on("2024-10-28", "10:00")
SAYS = calendar.on("2024-11-04", "17:00")
DECIDES = calendar.on("2024-11-18", "16:00")
PERMITS = calendar.on("2024-12-02", "19:00")
PUBLISHES = calendar.on("2024-12-05", "11:00")
OBJECTS = calendar.on("2024-12-16", "20:00")

RATE, SECONDS, PITCH = 8_000, 1, 440
NAMES = (
    "title",
    "matter",
    "people",
    "autonym",
    "autonym_language",
    "community",
    "country",
    "region",
    "place",
    "time_zone",
)
OURS = ("es", "en", "fr")


@dataclass(slots=True)
class Scene:
    """One consultation on the stage: its record, who speaks, who writes, what was told."""

    one: Consultation
    speaker: Representative
    user: User
    clerk: User
    told: Mapping[str, Any]
    sample: Mapping[str, str] = field(default_factory=dict)

    def tone(self) -> Attached:
        """A voice in its slot: a tone of one second, said to be a sample."""
        voice = Upload(tone(), "muestra.wav")
        language = self.told["words"]["language"]
        return Attached(voice, self.sample["label"], language)

    def spoken(self) -> Wish:
        """Said aloud; the recording (the same sample) is the proof."""
        return Wish(self.speaker, How.VOICE, proof=Upload(tone(), "muestra.wav"))

    def enter(self, kind: str, what: str, at: datetime, **more: Any) -> Item:
        texts = {code: self.told[what][code] for code in OURS if code in self.told[what]}
        given = Entering(kind, at.date(), texts, **more)
        return actions.enter(self.one, given, by=self.clerk, at=at)


def tone() -> bytes:
    """A WAVE file made by hand: one second, 8 kHz, eight bits, rising and fading."""
    count = RATE * SECONDS
    steps = (
        128 + round(40 * math.sin(math.pi * n / count) * math.sin(2 * math.pi * PITCH * n / RATE))
        for n in range(count)
    )
    data = bytes(steps)
    form = struct.pack("<HHIIHH", 1, 1, RATE, RATE, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tell(year: Year) -> None:
    """Consent with conditions; none; and one in which the two sides still talk."""
    story = stage.told("consultations")
    path = begun(year, story, "path")
    agreed(path)
    opened(year, path)
    mast = begun(year, story, "mast")
    refused(mast)
    opened(year, mast)
    informed(begun(year, story, "archive"))
    year.say(f"{Consultation.objects.count()} consultations")


def begun(year: Year, story: Mapping[str, Any], name: str) -> Scene:
    """The record, whom the people chose and how, and who interprets."""
    told, clerk = story[name], year.staff["coordinator"]
    facts = Facts(
        authority="Embassy of Canada to Mexico",
        languages=tuple(told["languages"]),
        **{key: told[key] for key in NAMES},
    )
    one = actions.begin(year.call.mission, facts, by=clerk, at=BEGINS)
    who = told["speaker"]
    user = people.join(who["email"], by=None, at=BEGINS, name=who["name"], language="es")
    chosen = Entering(Kind.CHOOSING, BEGINS.date(), dict(told["chosen"]))
    speaker = Speaker(who["name"], who["office"], user)
    named = actions.name_representative(one, speaker, chosen=chosen, by=clerk, at=BEGINS)
    language = told["languages"][0]
    actions.name_interpreter(
        one, told["interpreter"], language=language, chosen_by="community", by=clerk, at=BEGINS
    )
    return Scene(one, named, user, clerk, told, story["sample"])


def informed(scene: Scene) -> None:
    """Told in person in their language, recorded; then their own time, longer than first said."""
    if "prior" in scene.told:
        promise(scene, Kind.AGREEMENT, scene.told["prior"], BEGINS, due=None)
    actions.inform(scene.one, by=scene.clerk, at=SHARES)
    words = scene.told["words"]
    texts = {**scene.told["shared"], words["language"]: words["text"]}
    given = Entering(
        Kind.SHARED,
        SHARES.date(),
        texts,
        (scene.tone(),),
        form="in_person",
        shared_in=words["language"],
    )
    actions.enter(scene.one, given, by=scene.clerk, at=SHARES)
    wish = Wish(scene.speaker, How.ACCOUNT)
    actions.protect(scene.one, *THEIRS, wish=wish, by=scene.user, at=SHARES)
    actions.deliberate(scene.one, by=scene.clerk, at=calendar.on("2024-09-02"))
    actions.lengthen(scene.one, LONGER, wish=wish, by=scene.user, at=ASKS_FOR_MORE)
    actions.converse(scene.one, by=scene.clerk, at=TALKS)


def promise(
    scene: Scene, kind: str, told: Mapping[str, Any], at: datetime, *, due: date | None
) -> Item:
    """What the embassy owes them from now on, or from the outcome on."""
    texts = {code: told[code] for code in OURS}
    given = Entering(
        kind,
        at.date(),
        texts,
        owner_side="canada",
        owner_name="Embassy of Canada to Mexico",
        due_on=due,
        wish=scene.spoken(),
    )
    return actions.enter(scene.one, given, by=scene.clerk, at=at)


def agreed(scene: Scene) -> None:
    """A position, conditions, the dissent of four families, what is sacred, and a yes."""
    informed(scene)
    scene.enter(Kind.POSITION, "position", SAYS, wish=scene.spoken())
    for each in scene.told["conditions"]:
        promise(scene, Kind.CONDITION, each, SAYS, due=each["due"])
    scene.enter(Kind.DISSENT, "dissent", SAYS, wish=scene.spoken())
    scene.enter(Kind.STEP, "sealed", SAYS, readers=())
    decide(scene, Result.CONDITIONS)


def refused(scene: Scene) -> None:
    informed(scene)
    scene.enter(Kind.POSITION, "position", SAYS, wish=scene.spoken())
    scene.enter(Kind.DISSENT, "dissent", SAYS, wish=scene.spoken())
    decide(scene, Result.NO_CONSENT)


def decide(scene: Scene, result: str) -> None:
    words = scene.told["words"]
    texts = {**scene.told["outcome"], words["language"]: words["text"]}
    given = Entering(Kind.OUTCOME, DECIDES.date(), texts, result=result, wish=scene.spoken())
    actions.conclude(scene.one, given, by=scene.clerk, at=DECIDES)


KEPT = frozenset((Kind.REPRESENTATIVES, Kind.INTERPRETERS, Kind.CHOOSING, Kind.PLACES))
"""What these peoples keep to themselves: names of persons, and where the place is."""


def opened(year: Year, scene: Scene) -> None:
    """They say item by item what everybody may see; a manager publishes; one thing is objected."""
    wish, by = Wish(scene.speaker, How.ACCOUNT), scene.user
    rows = queries.items_visible_to(by, at=PERMITS).filter(consultation=scene.one, sealed_at=None)
    for item in rows:
        if item.kind not in KEPT:
            actions.permit(item, part=Part.WORDS, wish=wish, by=by, at=PERMITS)
        if item.kind == Kind.SHARED:
            actions.permit(item, part=Part.FILES, wish=wish, by=by, at=PERMITS)
    actions.publish(scene.one, by=year.staff["manager"], at=PUBLISHES)
    entry = Registering(
        publishable=True,
        partners=("D64",),
        subjects=("IP", "EN"),
        audience=("IP",),
        start_on=BEGINS.date(),
        end_on=DECIDES.date(),
        status="CN",
        is_high_profile=True,
        rationale=("LC",),
    )
    actions.register(scene.one, entry, by=scene.clerk, at=PUBLISHES + timedelta(hours=1))
    if "conditions" in scene.told:
        object_(scene)


def object_(scene: Scene) -> None:
    """A representative objects to a word in the record, by herself."""
    about = queries.side(scene.one, Kind.EXISTENCE)
    texts = {
        "es": "En el título dice “sendero de visita”. No es para visitas: pongan “del pueblo”."
    }
    given = Entering(Kind.OBJECTION, OBJECTS.date(), texts, about=about)
    actions.enter(scene.one, given, by=scene.user, at=OBJECTS)
