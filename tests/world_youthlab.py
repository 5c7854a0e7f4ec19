"""Makers of a Youth Lab: an edition, people who applied, a lottery, delegates, an adopted text."""

from datetime import UTC, date, datetime, timedelta

from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.states import Features

DAWN = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)
FOUNDED = datetime(2024, 5, 6, 16, 0, tzinfo=UTC)
OPENS = datetime(2024, 5, 25, 15, 0, tzinfo=UTC)
WHILE_OPEN = datetime(2024, 6, 1, 15, 0, tzinfo=UTC)
CLOSES = datetime(2024, 6, 11, 6, 0, tzinfo=UTC)
CHECKED = datetime(2024, 6, 18, 16, 0, tzinfo=UTC)
ASKED = datetime(2024, 6, 20, 16, 0, tzinfo=UTC)
SEED_AT = datetime(2024, 6, 22, 3, 0, tzinfo=UTC)
DRAWN = datetime(2024, 6, 24, 16, 0, tzinfo=UTC)
SEATED = datetime(2024, 7, 1, 16, 0, tzinfo=UTC)
COMMENTS = (datetime(2024, 7, 8, 15, tzinfo=UTC), datetime(2024, 7, 22, 15, tzinfo=UTC))
AMENDS = (datetime(2024, 7, 22, 15, tzinfo=UTC), datetime(2024, 8, 5, 15, tzinfo=UTC))
VOTES = (datetime(2024, 8, 12, 15, tzinfo=UTC), datetime(2024, 8, 26, 15, tzinfo=UTC))
TEXT = datetime(2024, 9, 10, 15, tzinfo=UTC)
TEXT_CLOSES = datetime(2024, 9, 17, 15, tzinfo=UTC)
COUNTED = datetime(2024, 9, 18, 15, tzinfo=UTC)
ANSWERED = datetime(2024, 11, 4, 15, tzinfo=UTC)

SEED = "Sorteo 3912: 04 11 17 23 31 52"
SOURCE = {
    "es": "Los números del sorteo del 21 de junio",
    "en": "The numbers of the draw of June 21",
    "fr": "Les numéros du tirage du 21 juin",
}
RULES = (
    ("country", "canada", 3, 3),
    ("country", "mexico", 3, 3),
    ("gender", "woman", 2, 4),
    ("gender", "man", 2, 4),
    ("indigenous", "yes", 1, 3),
)


def three(text):
    return {"es": f"{text} (es)", "en": text, "fr": f"{text} (fr)"}


def plan(**changes):
    given = {
        "name": three("Youth Lab 2024"),
        "about": three("Young people of both countries meet."),
        "canada": three("Embassy of Canada to Mexico"),
        "mexico": three("Embassy of Mexico to Canada"),
        "time_zone": "America/Mexico_City",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "first_day": date(2024, 7, 8),
        "seats": 6,
    }
    return actions.Plan(**{**given, **changes})


def found_mission():
    """The embassy, where a test makes its world without the fixture."""
    return people.found_mission(
        "MEXICO",
        by=None,
        at=DAWN,
        name=three("Embassy of Canada to Mexico"),
        countries=["MX"],
        time_zone="America/Mexico_City",
    )


def officer(role="manager"):
    """Somebody who holds the role at the mission of Mexico."""
    mission = Mission.objects.get(code="MEXICO")
    user = people.join(f"youth.{role}@example.org", by=None, at=DAWN, name=role, language="en")
    people.give_role(user, by=None, at=DAWN, mission=mission, role=role)
    return user


def make_edition(code="YL-2024", *, rules=RULES, publish=True, **changes):
    mission = Mission.objects.get(code="MEXICO")
    manager = officer()
    made = actions.found(code, mission, plan(**changes), by=manager, at=FOUNDED)
    themes = [three("The bilateral relation"), three("Digital violence")]
    actions.set_themes(made, themes, by=manager, at=FOUNDED)
    actions.set_quotas(made, rules, by=manager, at=FOUNDED)
    return actions.publish(made, by=manager, at=FOUNDED) if publish else made


def traits(**said):
    """Every feature answered with consent; "-" prefers not to say."""
    given = {
        "country": "mexico",
        "gender": "woman",
        "region": "-",
        "indigenous": "no",
        "disability": "-",
        "age": "20-21",
        **said,
    }
    return {
        feature: {"value": given[feature], "consent": given[feature] != "-"}
        for feature in Features.values
    }


WORDS = {
    "name": "Itzel Pech",
    "phone": "",
    "declares_age": True,
    "theme": "1",
    "motivation": "Quiero que el internet sea un lugar seguro.",
    "needs": "",
    "declares_true": True,
}


def somebody(name):
    return people.join(f"{name}@correo.example", by=None, at=DAWN, name=name.title())


def make_candidacy(edition, name="itzel", *, send=True, at=WHILE_OPEN, **said):
    user = somebody(name)
    made = actions.start(edition, by=user, at=at, language="es")
    words = {**WORDS, "name": name.title()}
    made = actions.save_answers(made, words, traits(**said), by=user, at=at)
    return actions.send(made, by=user, at=at) if send else made


def make_pool(edition, people=24):
    """So many people who take every mixture of answers in turn, all found eligible."""
    made = [
        make_candidacy(
            edition,
            f"joven{n:03}",
            country="canada" if n % 2 else "mexico",
            gender=("woman", "man", "another")[n % 3] if n % 7 else "-",
            indigenous="yes" if n % 4 == 0 else "no",
        )
        for n in range(people)
    ]
    check_all(edition)
    return made


def check_all(edition, at=CHECKED):
    for each in queries.unchecked(edition):
        actions.rule(each, is_eligible=True, by=officer("coordinator"), at=at)


def make_lottery(edition, *, at=ASKED, seed_at=SEED_AT):
    """Asked for and worked out."""
    made = actions.ask(edition, seed_source=SOURCE, seed_at=seed_at, by=officer(), at=at)
    actions.work_out(made, at=at + timedelta(minutes=3))
    made.refresh_from_db()
    return made


def make_drawn(edition, *, seed=SEED, at=DRAWN):
    made = make_lottery(edition)
    actions.draw(made, seed, by=officer(), at=at)
    made.refresh_from_db()
    return made


def make_delegates(edition):
    """Everybody who was drawn says yes."""
    if queries.first_drawn(edition) is None:
        make_drawn(edition)
    for seat in queries.seats_of(edition).filter(status="offered"):
        actions.accept(seat.candidacy, by=seat.candidacy.person, at=SEATED)
    return list(queries.delegates(edition))


def make_round(edition, kind="comment", span=None, **given):
    spans = {"comment": COMMENTS, "amend": AMENDS, "vote": VOTES}
    opens, closes = span or spans[kind]
    schedule = actions.Schedule(kind, three(kind.title()), opens, closes, **given)
    return actions.hold(edition, schedule, by=officer(), at=SEATED)


def make_proposal(edition, author, title="Escuelas hermanas", *, share=True, at=SEATED):
    reading = actions.Reading(title, f"{title}: cien escuelas, un puente.", "es")
    made = actions.propose(edition, reading, by=author.person, at=at)
    return actions.share(made, by=author.person, at=at) if share else made


def make_text(edition, count=2):
    """A communiqué before the delegates."""
    manager = officer()
    text = actions.write(
        edition, opening=three("We met."), closing=three("We go on."), by=manager, at=SEATED
    )
    for n in range(count):
        wording = actions.Wording(three(f"Recommendation {n + 1}"))
        actions.recommend(edition, wording, by=manager, at=SEATED)
    return actions.put_to_delegates(text, closes_at=TEXT_CLOSES, by=manager, at=TEXT)


def make_adopted(edition, count=2):
    text = make_text(edition, count)
    keys = [None, *(each.pk for each in queries.recommendations_of(text))]
    for each in queries.delegates(edition):
        actions.adopt(text, dict.fromkeys(keys, True), by=each.person, at=TEXT)
    return actions.count(text, by=officer(), at=COUNTED)


def counterpart(edition, email="elena@sre.example"):
    return actions.invite(
        edition, email, name="Elena Robles", language="es", by=officer(), at=FOUNDED
    )


def an_answer(kind="accept", **changes):
    given = {
        "kind": kind,
        "reason": three("It fits what we plan."),
        "promise": three("Twin fifty schools"),
        "due_on": date(2025, 6, 30),
        "owner": "Embassy of Canada to Mexico",
        "other_owner": "SRE",
        "aims": ("human_rights",),
    }
    return actions.Answer(**{**given, **changes})


def members(edition):
    """The numbers of everybody who holds a seat or is offered one."""
    return set(queries.staying(edition))


def reload(row):
    return type(row).objects.get(pk=row.pk)
