"""Thousands of made-up applications for tests of size: the one place that writes rows in bulk.

People's acts would take hours. This leaves what lists and pages read of what they leave:
organisation, application with typed columns, place, budget, a dozen answers, sealed snapshot
and its line in the journal. The same seed gives the same data, reference by reference.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from monarca.engines import money, references, sealing
from monarca.grants.applications.models import (
    Answer,
    Application,
    BudgetLine,
    Place,
    Submission,
)
from monarca.grants.applications.states import Status
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call, Form
from monarca.ground.codelists import queries as codelists
from monarca.ground.journal.actions import record
from monarca.ground.partners.models import Organisation
from monarca.ground.people.models import User
from monarca.kit.guard import require

AT_ONCE = 500
WHAT = ("Agua", "Semilla", "Voz", "Casa", "Escuela", "Milpa", "Costa", "Monte", "Telar", "Radio")
DOES = ("cuidada", "compartida", "de todas", "sin miedo", "en la lengua", "que alcanza", "abierta")
GROUPS = ("Red", "Colectivo", "Cooperativa", "Asamblea", "Taller", "Unión", "Comité", "Casa")
WHO = ("de Mujeres", "de Parteras", "de Jóvenes", "de Pescadoras", "del Barrio", "de Maestras")
LANGUAGES = ("es", "es", "es", "en", "fr")
CATEGORIES = ("personnel", "training", "supplies", "overhead")
SHARES = (40, 30, 20, 10)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One application before it is written: everything drawn from the seed."""

    reference: str
    name: str
    title: str
    language: str
    state: str
    town: str
    priority: str
    cents: int
    arrived_at: datetime
    starts_on: date

    @property
    def answers(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "legal_name": self.name,
            "language": self.language,
            "priority": self.priority,
            "registered": "yes",
            "organisation_kind": "local_nonprofit",
            "fiscal_years": "one",
            "starts_on": self.starts_on.isoformat(),
            "ends_on": "2025-02-21",
            "requested": {"cents": self.cents, "currency": "CAD"},
            "places": [{"id": "r1", "place": {"state": self.state, "municipality": self.town}}],
            "summary": f"{self.title}. {self.name}.",
        }


@transaction.atomic
def multiply(call: Call, *, by: User | None, at: datetime, count: int, seed: int) -> int:
    """Add `count` varied applications to a call, all submitted before `at`; returns how many.

    Only the installation's own command may (`by` is None), and only in a demo.
    """
    require(by is None)
    form, drawn = calls.form_of(call), sketches(call, count, random.Random(seed))  # noqa: S311
    done = 0
    for batch in batches(drawn):
        write(call, form, batch, at=at)
        done += len(batch)
    record("demo.multiplied", call, by=None, at=at, command="demo", count=done, seed=seed)
    return done


def sketches(call: Call, count: int, dice: random.Random) -> Iterator[Sketch]:
    """`count` applications to this call, no two with the same reference."""
    definition = calls.definition_of(call)
    priorities = [node["code"] for node in definition["priorities"]]
    towns = [(one.state, one.code) for one in codelists.municipalities()]
    used = set(Application.objects.filter(call=call).values_list("reference", flat=True))
    span = int((call.closes_at - call.opens_at).total_seconds()) - 1
    for number in range(1, count + 1):
        state, town = dice.choice(towns)
        used.add(reference := fresh(call.code, used, dice))
        yield Sketch(
            reference=reference,
            name=f"{dice.choice(GROUPS)} {dice.choice(WHO)} {number}, A.C.",
            title=f"{dice.choice(WHAT)} {dice.choice(DOES)} {number}",
            language=dice.choice(LANGUAGES),
            state=state,
            town=town,
            priority=dice.choice(priorities),
            cents=dice.randrange(1_500_000, 6_000_000, 100),
            arrived_at=call.opens_at + timedelta(seconds=dice.randrange(span)),
            starts_on=date(2024, 9, 2) + timedelta(days=dice.randrange(60)),
        )


def fresh(code: str, used: set[str], dice: random.Random) -> str:
    """A reference that nobody has in this call."""
    made = references.make(code, dice.randbytes)
    while made in used:
        made = references.make(code, dice.randbytes)
    return made


def batches(drawn: Iterator[Sketch]) -> Iterator[list[Sketch]]:
    batch: list[Sketch] = []
    for sketch in drawn:
        batch.append(sketch)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def write(call: Call, form: Form, batch: list[Sketch], *, at: datetime) -> None:
    """One batch, table by table, and a line in the journal for each application."""
    groups = Organisation.objects.bulk_create(
        Organisation(
            legal_name=one.name, state=one.state, language=one.language, made_at=one.arrived_at
        )
        for one in batch
    )
    files = Application.objects.bulk_create(
        application(call, form, group, one) for group, one in zip(groups, batch, strict=True)
    )
    pairs = list(zip(files, batch, strict=True))
    Place.objects.bulk_create(
        Place(application=file, state=one.state, municipality=one.town) for file, one in pairs
    )
    Answer.objects.bulk_create(
        Answer(
            application=file, question=key, value=value, language=one.language, at=one.arrived_at
        )
        for file, one in pairs
        for key, value in one.answers.items()
    )
    BudgetLine.objects.bulk_create(line for file, one in pairs for line in lines(file, one))
    sent = Submission.objects.bulk_create(submission(file, form, one) for file, one in pairs)
    for file, made in zip(files, sent, strict=True):
        facts: dict[str, Any] = {"sha256": made.sha256, "cents": file.requested_cents}
        record("application.submitted", file, by=None, at=at, file=file, command="demo", **facts)


def application(call: Call, form: Form, group: Organisation, one: Sketch) -> Application:
    return Application(
        call=call,
        form=form,
        applicant=group,
        reference=one.reference,
        language=one.language,
        title=one.title,
        requested_cents=one.cents,
        priority=one.priority,
        starts_on=one.starts_on,
        ends_on=date(2025, 2, 21),
        registered="yes",
        status=Status.SUBMITTED,
        started_at=one.arrived_at,
        submitted_at=one.arrived_at,
    )


def lines(file: Application, one: Sketch) -> Iterator[BudgetLine]:
    """Four lines in Canadian dollars that add up to what is asked."""
    parts = money.split(one.cents, list(SHARES))
    for position, (category, cents) in enumerate(zip(CATEGORIES, parts, strict=True), 1):
        yield BudgetLine(
            application=file,
            position=position,
            activity=one.title,
            category=category,
            description=one.title,
            unit="1",
            quantity_e2=100,
            unit_cents=cents,
            total_cents=cents,
            fund_cents=cents,
            currency="CAD",
            cad_cents=cents,
            fiscal_year="2024-2025",
        )


def submission(file: Application, form: Form, one: Sketch) -> Submission:
    content = {
        "reference": one.reference,
        "form": {"version": form.version, "sha256": form.sha256},
        "received_at": one.arrived_at.isoformat(),
        "language": one.language,
        "answers": one.answers,
        "attachments": [],
    }
    return Submission(
        application=file,
        number=1,
        at=one.arrived_at,
        sha256=sealing.sha256(content),
        content=content,
    )
