"""Fill a register in a home, and print what each look at it costs."""

import json
import logging
import sys
from datetime import UTC, date, datetime, timedelta

import django

django.setup()
logging.disable(logging.CRITICAL)

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from bench.pages import Page, look
from monarca.engines import references
from monarca.ground.commitments import queries
from monarca.ground.commitments.models import Aim, Commitment, Owner, Progress, Sought, Wording
from monarca.ground.commitments.states import ENDED, Aims, Origins, Pillars, Sides, Status, bits_of
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.portal.home.management.commands.init import prepare

LOOKS = 7
BEGAN = datetime(2024, 1, 8, 15, 0, tzinfo=UTC)
QUERIES = (
    "",
    "?page=200",
    "?sort=latest",
    "?status=overdue",
    "?q=bosque",
    "?q=number+77&aim=climate&pillar=environment&side=mexico&year=2024&status=promised",
)


def fill(mission: Mission, count: int) -> None:
    """As many commitments as asked for, written in bulk; every tenth is withheld."""
    rows = [commitment(mission, number) for number in range(count)]
    Commitment.objects.bulk_create(rows, batch_size=500)
    sides = Sides.values
    Sought.objects.bulk_create(
        (Sought(commitment=row, **dict(queries.sought_words(row))) for row in rows), batch_size=500
    )
    Aim.objects.bulk_create(
        (
            Aim(commitment=row, aim=aim)
            for number, row in enumerate(rows)
            for aim in aims_of(number)
        ),
        batch_size=500,
    )
    Owner.objects.bulk_create(
        (
            Owner(commitment=row, side=side, name=f"Institution {number % 40}", since=BEGAN)
            for number, row in enumerate(rows)
            for side in sides[: 1 + number % 3]
        ),
        batch_size=500,
    )
    Wording.objects.bulk_create(
        (Wording(commitment=row, number=0, text=row.text, at=BEGAN) for row in rows), batch_size=500
    )
    Progress.objects.bulk_create(
        (
            Progress(commitment=row, status=row.status, note="So far.", language="en", at=BEGAN)
            for row in rows
        ),
        batch_size=500,
    )


def aims_of(number: int) -> list[str]:
    """One aim or two."""
    known = Aims.values
    return [known[(number + step) % len(known)] for step in range(1 + number % 2)]


def commitment(mission: Mission, number: int) -> Commitment:
    status = Status.values[number % 6]
    promised = date(2024, 1, 8) + timedelta(days=number % 700)
    public = number % 10 != 0
    return Commitment(
        reference=references.make(f"CMT-{number}"),
        mission=mission,
        origin=Origins.values[number % len(Origins.values)],
        pillar=Pillars.values[number % 4],
        text={
            "es": f"Compromiso número {number}: cuidar el bosque y el río entre los dos países.",
            "en": f"Commitment number {number}: care for forest and river between both countries.",
            "fr": f"Engagement numéro {number} : soigner la forêt et la rivière des deux pays.",
        },
        source_name={"es": "Reunión anual", "en": "Annual meeting", "fr": "Réunion annuelle"},
        status=status,
        aim_bits=bits_of(aims_of(number)),
        promised_on=promised,
        due_on=promised + timedelta(days=number % 900) if number % 7 else None,
        is_public=public,
        published_at=BEGAN if public else None,
        made_at=BEGAN,
        ended_at=BEGAN + timedelta(days=number % 800) if status in ENDED else None,
    )


def main(count: int) -> None:
    prepare()
    name = {"es": "Embajada", "en": "Embassy", "fr": "Ambassade"}
    mission = people.found_mission(
        "BENCH", by=None, at=BEGAN, name=name, countries=["MX"], time_zone="America/Mexico_City"
    )
    user = people.join("c@example.org", by=None, at=BEGAN, name="C", language="es")
    people.give_role(user, by=None, at=BEGAN, mission=mission, role="coordinator")
    fill(mission, count)
    clients = {"anybody": Client(), "coordinator": Client()}
    clients["coordinator"].force_login(user)
    found: dict[str, list[float]] = {}
    with override("es"):
        pages = [(f"register{asked}", reverse("commitments:list") + asked) for asked in QUERIES]
        pages += [("progress", reverse("commitments:progress"))]
        pages += [("feed", reverse("commitments:feed"))]
        pages += [("one", reverse("commitments:one", args=[queries.public()[0].reference]))]
    for name_, url in pages:
        for who in clients:
            cost = look(Page(name_, who, url), clients, LOOKS)
            found[f"{name_} ({who})"] = [round(cost.ms, 1), cost.queries, cost.size]
    print(json.dumps(found))


main(int(sys.argv[1]))
