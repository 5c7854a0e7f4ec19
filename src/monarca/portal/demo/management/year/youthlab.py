"""One Youth Lab, from an open application by lottery to recommendations that both sides answer."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.portal.demo.management.year import stage
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.models import Candidacy, Edition, Proposal, Round
from monarca.programmes.youthlab.states import OF_CANADA, SILENT, Features, Regions

APPLICANTS = 120
SEED = 2024
WIDE = 66
"""How many people of the pool vote in the round that is open to all of it."""

FOUNDED = datetime(2024, 4, 15, 16, 0, tzinfo=UTC)
PUBLISHED = datetime(2024, 5, 6, 16, 0, tzinfo=UTC)
OPENS = datetime(2024, 5, 25, 15, 0, tzinfo=UTC)
CLOSES = datetime(2024, 6, 11, 6, 0, tzinfo=UTC)
CHECKED = datetime(2024, 6, 17, 16, 0, tzinfo=UTC)
ASKED = datetime(2024, 6, 20, 16, 0, tzinfo=UTC)
SEED_AT = datetime(2024, 6, 27, 3, 0, tzinfo=UTC)
DRAWN = datetime(2024, 6, 27, 16, 0, tzinfo=UTC)
SEATED = datetime(2024, 7, 2, 1, 0, tzinfo=UTC)
ASKED_AGAIN = datetime(2024, 7, 5, 16, 0, tzinfo=UTC)
SEED_AGAIN_AT = datetime(2024, 7, 11, 3, 0, tzinfo=UTC)
DRAWN_AGAIN = datetime(2024, 7, 11, 16, 0, tzinfo=UTC)
SEATED_AGAIN = datetime(2024, 7, 13, 18, 0, tzinfo=UTC)
WRITTEN = datetime(2024, 7, 21, 2, 0, tzinfo=UTC)
ROUNDS = (
    ("comment", datetime(2024, 7, 22, 6, 0, tzinfo=UTC), datetime(2024, 8, 5, 6, 0, tzinfo=UTC)),
    ("amend", datetime(2024, 8, 5, 6, 0, tzinfo=UTC), datetime(2024, 8, 19, 6, 0, tzinfo=UTC)),
    ("vote", datetime(2024, 8, 26, 6, 0, tzinfo=UTC), datetime(2024, 9, 9, 6, 0, tzinfo=UTC)),
)
TITLES = {
    "comment": {"es": "Comentarios", "en": "Comments", "fr": "Commentaires"},
    "amend": {"es": "Enmiendas", "en": "Amendments", "fr": "Amendements"},
    "vote": {
        "es": "¿De acuerdo? Doce afirmaciones",
        "en": "Do you agree? Twelve statements",
        "fr": "D’accord? Douze énoncés",
    },
}
TEXT = datetime(2024, 9, 24, 16, 0, tzinfo=UTC)
TEXT_CLOSES = datetime(2024, 10, 8, 6, 0, tzinfo=UTC)
COUNTED = datetime(2024, 10, 9, 16, 0, tzinfo=UTC)
ANSWERS = {
    "canada": datetime(2024, 11, 12, 16, 0, tzinfo=UTC),
    "mexico": datetime(2024, 11, 20, 17, 0, tzinfo=UTC),
}
CONCLUDED = datetime(2024, 12, 10, 16, 0, tzinfo=UTC)

type Told = Mapping[str, Any]


def tell(year: Year) -> None:
    """The whole edition, by the acts that people use; every demo draws the same panel."""
    told = stage.told("youthlab")
    edition = _founded(year, told)
    guest = _invited(year, edition, told)
    pool = _applied(edition, told)
    _checked(year, pool)
    _drawn(year, edition, told)
    _refilled(year, edition, told)
    _met(year, edition, told)
    _deliberated(year, edition, told)
    _voted(year, edition, told)
    _adopted(year, edition, told)
    _answered(year, edition, told, guest)
    actions.conclude(edition, by=year.staff["manager"], at=CONCLUDED)
    seats = len(queries.delegates(edition))
    year.say(f"{APPLICANTS} young people apply, {seats} are drawn, both governments answer")


def _founded(year: Year, told: Told) -> Edition:
    by = year.staff["coordinator"]
    words = {name: told[name] for name in ("name", "about", "canada", "mexico", "email", "seats")}
    mission = year.call.mission
    plan = actions.Plan(
        **words,
        time_zone=mission.time_zone,
        opens_at=OPENS,
        closes_at=CLOSES,
        first_day=date(2024, 7, 20),
    )
    edition = actions.found(told["code"], mission, plan, by=by, at=FOUNDED)
    actions.set_themes(edition, told["themes"], by=by, at=FOUNDED)
    rules = [
        (feature, value, *limits)
        for feature, values in told["quotas"].items()
        for value, limits in values.items()
    ]
    actions.set_quotas(edition, rules, by=by, at=FOUNDED)
    return actions.publish(edition, by=year.staff["manager"], at=PUBLISHED)


def _invited(year: Year, edition: Edition, told: Told) -> User:
    given = told["counterpart"]
    return actions.invite(
        edition,
        given["email"],
        name=given["name"],
        language="es",
        by=year.staff["manager"],
        at=PUBLISHED,
    )


def _applied(edition: Edition, told: Told) -> list[Candidacy]:
    """Everybody who applies, dealt out by the seed; one takes the application back."""
    chance = Random(SEED)  # noqa: S311
    made = []
    for number in range(APPLICANTS):
        is_canada = number % 2 == 1
        user, language = _somebody(number, is_canada, told["people"], chance)
        at = OPENS + timedelta(hours=2 + number * 3)
        begun = actions.start(edition, by=user, at=at, language=language, random=chance.randbytes)
        words = {
            "name": user.name,
            "declares_age": True,
            "theme": str(1 + number % 3),
            "motivation": chance.choice(told["people"][f"motivation_{language}"]),
            "needs": "Subtítulos" if number % 17 == 3 else "",
            "declares_true": True,
        }
        traits = _traits(is_canada, chance)
        actions.save_answers(begun, words, traits, by=user, at=at)
        made.append(actions.send(begun, by=user, at=at + timedelta(minutes=20)))
    last = made.pop()
    actions.withdraw(last, by=last.person, at=CLOSES - timedelta(hours=5))
    return made


def _somebody(number: int, is_canada: bool, names: Told, chance: Random) -> tuple[User, str]:
    side = "canada" if is_canada else "mexico"
    first = names[f"first_{side}"][number // 2 % 20]
    last = names[f"last_{side}"][(number // 2 * 7 + number // 40) % 15]
    language = chance.choice(("en", "en", "fr")) if is_canada else "es"
    email = f"yl{number + 1:03}@correo.example"
    user = people.join(email, by=None, at=OPENS, name=f"{first} {last}", language=language)
    return user, language


def _traits(is_canada: bool, chance: Random) -> dict[str, dict[str, Any]]:
    """What somebody says of themselves; now and then they prefer not to."""
    regions = [each for each in Regions if (each in OF_CANADA) == is_canada]
    said = {
        Features.COUNTRY: "canada" if is_canada else "mexico",
        Features.GENDER: chance.choices(("woman", "man", "another"), (55, 39, 6))[0],
        Features.REGION: chance.choice(regions).value,
        Features.INDIGENOUS: chance.choices(("yes", "no", SILENT), (17, 76, 7))[0],
        Features.DISABILITY: chance.choices(("yes", "no", SILENT), (11, 80, 9))[0],
        Features.AGE: chance.choice(("18-19", "20-21", "22-23", "24-25")),
    }
    if chance.random() < 0.04:
        said[Features.GENDER] = SILENT
    return {name: {"value": value, "consent": value != SILENT} for name, value in said.items()}


def _checked(year: Year, pool: Sequence[Candidacy]) -> None:
    """Two are not eligible; each hears why on their own page."""
    refused = {41: "interest", 86: "residence"}
    for place, each in enumerate(pool):
        reason = refused.get(place, "")
        at = CHECKED + timedelta(minutes=place)
        actions.rule(
            each, is_eligible=not reason, reason=reason, by=year.staff["coordinator"], at=at
        )


def _drawn(year: Year, edition: Edition, told: Told) -> None:
    """The panel; twenty-two say yes, one cannot, one does not answer."""
    manager = year.staff["manager"]
    lottery = actions.ask(
        edition, seed_source=told["source"], seed_at=SEED_AT, by=manager, at=ASKED
    )
    actions.work_out(lottery, at=ASKED + timedelta(minutes=1))
    seats = actions.draw(lottery, told["seed"], by=manager, at=DRAWN)
    for place, seat in enumerate(seats):
        person, at = seat.candidacy.person, SEATED + timedelta(minutes=7 * place)
        if place == 5:
            actions.decline(seat.candidacy, by=person, at=at)
        elif place == 17:
            actions.release(seat, by=year.staff["coordinator"], at=ASKED_AGAIN)
        else:
            actions.accept(seat.candidacy, by=person, at=at)


def _refilled(year: Year, edition: Edition, told: Told) -> None:
    manager = year.staff["manager"]
    lottery = actions.ask(
        edition,
        seed_source=told["source_again"],
        seed_at=SEED_AGAIN_AT,
        by=manager,
        at=ASKED_AGAIN,
    )
    actions.work_out(lottery, at=ASKED_AGAIN + timedelta(minutes=1))
    for seat in actions.draw(lottery, told["seed_again"], by=manager, at=DRAWN_AGAIN):
        actions.accept(seat.candidacy, by=seat.candidacy.person, at=SEATED_AGAIN)


def _met(year: Year, edition: Edition, told: Told) -> None:
    for given in told["sessions"]:
        meeting = actions.Meeting(
            given["title"],
            given["agenda"],
            given["place"],
            given["begins"],
            given["begins"] + timedelta(hours=2),
        )
        actions.convene(edition, meeting, by=year.staff["coordinator"], at=SEATED_AGAIN)


def _deliberated(year: Year, edition: Edition, told: Told) -> None:
    """Proposals, then comments, then amendments that their authors take."""
    for kind, opens, closes in ROUNDS:
        schedule = actions.Schedule(kind, TITLES[kind], opens, closes, kind == "vote")
        actions.hold(edition, schedule, by=year.staff["coordinator"], at=SEATED_AGAIN)
    delegates = list(queries.delegates(edition))
    themes = {each.number: each for each in edition.themes.order_by("number")}
    for place, given in enumerate(told["proposals"]):
        author, reader = delegates[place], delegates[place + 7]
        reading = actions.Reading(
            given["title"], given["text"], given["language"], themes[given["theme"]]
        )
        row = actions.propose(edition, reading, by=author.person, at=WRITTEN)
        row = actions.share(row, by=author.person, at=WRITTEN + timedelta(hours=1))
        _discussed(row, given, author.person, reader.person)


def _discussed(row: Proposal, given: Told, author: User, reader: User) -> None:
    if "comment" in given:
        at = ROUNDS[0][1] + timedelta(days=2)
        language = reader.language
        actions.comment(row, given["comment"], language=language, place="", by=reader, at=at)
    if "amended" in given:
        at = ROUNDS[1][1] + timedelta(days=3)
        change = actions.Change(given["amended"], given["reason"], given["language"])
        offered = actions.amend(row, change, place="", by=reader, at=at)
        actions.answer_amendment(offered, is_taken=True, by=author, at=at + timedelta(days=1))


def _voted(year: Year, edition: Edition, told: Told) -> None:
    """Delegates and others of the pool, in two ways of seeing things; the clock reads the votes."""
    held = queries.rounds_of(edition).get(number=3)
    texts = [({code: one[code] for code in ("es", "en", "fr")}, None) for one in told["statements"]]
    actions.set_statements(held, texts, by=year.staff["coordinator"], at=ROUNDS[1][2])
    seated = {each.pk for each in queries.delegates(edition)}
    rows = queries.eligible(edition).select_related("person")
    voters = sorted(rows, key=lambda each: (each.pk not in seated, each.number))[:WIDE]
    chance = Random(SEED + 1)  # noqa: S311
    for place, voter in enumerate(voters):
        _ballot(held, voter.person, told, place % 2, chance)
    actions.read_votes(held, at=ROUNDS[2][2] + timedelta(minutes=5))


def _ballot(held: Round, user: User, told: Told, view: int, chance: Random) -> None:
    at = ROUNDS[2][1] + timedelta(minutes=chance.randrange(19_000))
    says = {}
    for number, one in enumerate(told["statements"], 1):
        roll = chance.random()
        if chance.random() < 0.92:
            says[number] = 0 if chance.random() < 0.07 else 1 if roll < one["agree"][view] else -1
    actions.vote(held, says, by=user, at=at)


def _adopted(year: Year, edition: Edition, told: Told) -> None:
    """The text in three languages; one recommendation does not reach two thirds."""
    by, given = year.staff["coordinator"], told["communique"]
    text = actions.write(
        edition, opening=given["opening"], closing=given["closing"], by=by, at=TEXT
    )
    themes = {each.number: each for each in edition.themes.order_by("number")}
    rows = queries.proposals_visible_to(by, edition, at=TEXT)
    proposals = {each.number: each for each in rows}
    for one in told["recommendations"]:
        wording = actions.Wording(
            one["text"], themes[one["theme"]], proposals.get(one.get("proposal", 0))
        )
        actions.recommend(edition, wording, by=by, at=TEXT)
    actions.put_to_delegates(text, closes_at=TEXT_CLOSES, by=by, at=TEXT)
    keys = [each.pk for each in queries.recommendations_of(text)]
    for place, voter in enumerate(queries.delegates(edition)):
        says: dict[int | None, bool] = {None: place < 23}
        for key, one in zip(keys, told["recommendations"], strict=True):
            says[key] = place < one["yes"]
        actions.adopt(text, says, by=voter.person, at=TEXT + timedelta(hours=5 * place))
    actions.count(text, by=by, at=COUNTED)


def _answered(year: Year, edition: Edition, told: Told, guest: User) -> None:
    """Canada by its head of mission, Mexico by the counterpart; yes becomes a commitment."""
    by = {"canada": year.staff["head-of-mission"], "mexico": guest}
    owners = {"canada": told["canada"]["en"], "mexico": told["mexico"]["es"]}
    for row in queries.adopted(edition):
        for side, other in (("canada", "mexico"), ("mexico", "canada")):
            given = told["recommendations"][row.number - 1][side]
            answer = actions.Answer(
                given["kind"],
                given["reason"],
                given.get("promise", {}),
                given.get("due_on"),
                owners[side],
                owners[other],
                ("human_rights",) if row.number == 1 else ("economies",),
            )
            actions.answer(row, answer, place="", by=by[side], at=ANSWERS[side])
