"""In a home of its own: a thousand people apply, and the room works out a panel of forty."""

import json
import logging
import sys
from datetime import timedelta
from random import Random
from time import perf_counter

import django

django.setup()
logging.disable(logging.CRITICAL)

from django.db import connection

from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.kit.command import now
from monarca.portal.home.management.commands.init import prepare
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.models import Candidacy, Edition, Ruling
from monarca.programmes.youthlab.states import VALUES, Features

SEED, PEOPLE, SEATS = 20_240_503, 1_000, 40
NAMES = {"es": "Banco", "en": "Bench", "fr": "Banc"}


def edition(method: str) -> Edition:
    """Published and closed; its quotas are the population's shares, each within one seat."""
    at = now() - timedelta(days=30)
    mission = people.found_mission(
        "BENCH", by=None, at=at, name=NAMES, countries=["MX"], time_zone="America/Mexico_City"
    )
    boss = people.join("boss@bench.example", by=None, at=at)
    people.give_role(boss, by=None, at=at, mission=mission, role="manager")
    plan = actions.Plan(
        name=NAMES,
        about=NAMES,
        canada=NAMES,
        mexico=NAMES,
        time_zone="America/Mexico_City",
        opens_at=at,
        closes_at=at + timedelta(days=20),
        first_day=at.date(),
        seats=SEATS,
        method=method,
    )
    made = actions.found("YL-BENCH", mission, plan, by=boss, at=at)
    actions.set_themes(made, [NAMES], by=boss, at=at)
    chance = Random(SEED)
    actions.set_quotas(made, rules(chance), by=boss, at=at)
    applied(made, chance)
    return actions.publish(made, by=boss, at=at)


def rules(chance: Random) -> list[tuple[str, str, int, int]]:
    """Six features, every answer with its quota."""
    found = []
    for feature in Features.values:
        shares = [chance.random() + 0.5 for _ in VALUES[feature].values]
        for value, share in zip(VALUES[feature].values, shares, strict=True):
            seats = int(SEATS * share / sum(shares))
            found.append((feature, value, seats, seats + 1))
    return found


def applied(made: Edition, chance: Random) -> None:
    """A pool that volunteered unevenly, found eligible; rows alone, for the time is not theirs."""
    at = made.opens_at
    weights = {f: [chance.random() + 0.3 for _ in VALUES[f].values] for f in Features.values}
    users = User.objects.bulk_create(
        User(email=f"p{n}@bench.example", joined_at=at) for n in range(PEOPLE)
    )
    rows = [
        Candidacy(
            edition=made,
            person=user,
            reference=f"YL-BENCH-{place}",
            number=f"P-{place:05}",
            language="es",
            status="sent",
            started_at=at,
            saved_at=at,
            sent_at=at,
            sent_traits={
                f: {
                    "value": chance.choices(VALUES[f].values, weights[f])[0],
                    "consent": True,
                }
                for f in Features.values
            },
        )
        for place, user in enumerate(users)
    ]
    Candidacy.objects.bulk_create(rows)
    Ruling.objects.bulk_create(
        Ruling(candidacy=row, is_eligible=True, at=at) for row in Candidacy.objects.all()
    )


def main(method: str) -> None:
    """Ask, work out with progress, commit, draw: every act of the room, timed."""
    prepare()
    made = edition(method)
    boss, at = User.objects.get(email="boss@bench.example"), now()
    start = perf_counter()
    seed_at = at + timedelta(days=1)
    lottery = actions.ask(made, seed_source=NAMES, seed_at=seed_at, by=boss, at=at)
    steps: list[str] = []

    def heard(run, sql, *rest):
        """Every time how far it is was written down."""
        if sql.startswith("UPDATE") and '"percent"' in sql:
            steps.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(heard):
        actions.work_out(lottery, at=at)
    worked = perf_counter() - start
    lottery.refresh_from_db()
    start = perf_counter()
    seats = actions.draw(lottery, "17 23 42", by=boss, at=seed_at)
    told = {
        "status": lottery.status,
        "seconds": round(worked, 2),
        "draw": round(perf_counter() - start, 2),
        "seats": len(seats),
        "least": lottery.found.get("least", 0),
        "ceiling": lottery.found.get("ceiling", 0),
        "progress": len(steps),
        "levels": len(queries.levels(lottery)),
    }
    print(json.dumps(told))


main(sys.argv[1])
