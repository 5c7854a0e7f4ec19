"""Thousands of applications that move down the river together, written in bulk.

The rows are what the acts would leave behind, less what no list reads (answers, snapshots). One
more file, `one`, goes through the acts themselves beside them: its pages are the examples.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from bench import one
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.payments.models import Payment, PaymentRequest
from monarca.grants.reports.models import Report
from monarca.grants.reviews.models import (
    Assessment,
    Assignment,
    ConflictDeclaration,
    Recommendation,
    Score,
)
from monarca.grants.screening.models import Check, Clarification, Screening
from monarca.ground.envelopes.models import Envelope, Movement
from monarca.ground.partners.models import Organisation
from monarca.ground.people.models import Access, User
from monarca.ground.rates import queries as rates

AT = datetime(2024, 5, 1, 16, 0, tzinfo=UTC)
DUE = date(2024, 6, 1)
CENTS = 4_000_000
LANGUAGES = ("es", "en", "fr")
KINDS = ("Red", "Colectivo", "Cooperativa", "Asociación", "Casa", "Unión", "Consejo", "Escuela")
WHO = ("Mujeres", "Jóvenes", "Parteras", "Artesanas", "Pescadores", "Campesinas", "Madres")
WHAT = ("Manantial", "Maíz", "Desierto", "Manglar", "Bosque", "Barrio", "Río", "Telar", "Faro")


@dataclass(frozen=True, slots=True)
class Crowd:
    """What stands: the file that goes by acts, the files that go in bulk, who works on them."""

    call: Call
    file: Application
    files: Sequence[Application]
    people: dict[str, User]

    def person(self, role: str) -> User:
        return self.people[role]


def put[M: Model](model: type[M], rows: Iterator[M] | Sequence[M]) -> list[M]:
    return model._default_manager.bulk_create(list(rows), batch_size=1000)


def gather(count: int) -> Crowd:
    """Submitted to a call that has closed: `count` files, the one included."""
    call, file, people = one.submit()
    groups = put(Organisation, [group(number) for number in range(count - 1)])
    files = put(Application, [asked(number, each, file) for number, each in enumerate(groups)])
    Envelope.objects.filter(pk=call.envelope_id).update(cents=10 * CENTS * count)
    return Crowd(call, file, files, people)


def group(number: int) -> Organisation:
    kind, who, what = KINDS[number % 8], WHO[number // 8 % 7], WHAT[number // 56 % 9]
    return Organisation(
        legal_name=f"{kind} de {who} del {what} {number:05} A.C.",
        short_name=f"{who} {number}",
        made_at=AT,
    )


def asked(number: int, applicant: Organisation, like: Application) -> Application:
    return Application(
        call=like.call,
        form=like.form,
        applicant=applicant,
        reference=f"{like.call.code}-B{number:04}",
        alias=f"Río {number}",
        sensitivity="restricted" if number % 50 == 49 else "open",
        language=LANGUAGES[number % 3],
        title=f"Taller comunitario {number} para el agua y el maíz",
        requested_cents=CENTS + number,
        priority=like.priority,
        starts_on=like.starts_on,
        ends_on=like.ends_on,
        status="submitted",
        started_at=AT - timedelta(days=20),
        submitted_at=AT - timedelta(days=10, seconds=number),
    )


def begin(crowd: Crowd) -> None:
    officer = crowd.person("coordinator")
    begun = put(Screening, [screened(file, officer) for file in crowd.files])
    put(Check, [found for each in begun for found in findings(each)])


def screened(file: Application, officer: User) -> Screening:
    return Screening(application=file, begun_at=AT, begun_by=officer)


def findings(screening: Screening) -> list[Check]:
    shared: dict[str, Any] = {"screening": screening, "at": AT, "status": "proposed"}
    return [
        Check(rule="E01", level="block", outcome="pass", **shared),
        Check(rule="E05", level="block", outcome="unknown", **shared),
    ]


def ask(crowd: Crowd) -> None:
    rows = Screening.objects.filter(application__in=numbers(crowd))
    rows.update(status="awaiting_applicant")
    officer = crowd.person("coordinator")
    put(
        Clarification,
        [
            Clarification(
                screening=each, question="¿Dónde?", asked_at=AT, asked_by=officer, due_on=DUE
            )
            for each in rows
        ],
    )


def numbers(crowd: Crowd) -> Any:
    """The files that go in bulk, as a subquery: lists of ten thousand keys are no query."""
    return Application.objects.exclude(pk=crowd.file.pk).order_by().values("pk")


def conclude(crowd: Crowd) -> None:
    rows = Screening.objects.filter(application__in=numbers(crowd))
    rows.update(status="eligible", concluded_at=AT, concluded_by=crowd.person("manager"))


def assign(crowd: Crowd) -> None:
    reader, manager = crowd.person("reviewer"), crowd.person("manager")
    shared: dict[str, Any] = {"reviewer": reader, "assigned_at": AT, "assigned_by": manager}
    put(Assignment, [Assignment(application=f, due_on=DUE, **shared) for f in crowd.files])
    named = {"user": reader, "kind": "applications.application", "effect": "reader"}
    put(
        Access,
        [Access(subject_id=f.pk, reason="assigned", since=AT, **named) for f in crowd.files],
    )
    put(
        ConflictDeclaration,
        [ConflictDeclaration(application=f, user=reader, level="none", at=AT) for f in crowd.files],
    )


def review(crowd: Crowd) -> None:
    rows = Assignment.objects.filter(application__in=numbers(crowd))
    read = put(
        Assessment,
        [
            Assessment(assignment=each, ge_code=2, ge_words="Sí", started_at=AT, saved_at=AT)
            for each in rows
        ],
    )
    put(Score, [score for number, each in enumerate(read) for score in scores(each, number)])
    put(
        Recommendation,
        [Recommendation(assessment=each, advice="approve", words="Sí", at=AT) for each in read],
    )
    rows.update(status="complete", completed_at=AT)


def scores(assessment: Assessment, number: int) -> list[Score]:
    codes = one.criteria()
    return [
        Score(assessment=assessment, criterion=code, points=(number + place) % 6, words="Sí", at=AT)
        for place, code in enumerate(codes[:2])
    ]


def decide(crowd: Crowd) -> None:
    meeting = Meeting.objects.get(call=crowd.call)
    manager = crowd.person("manager")
    shared: dict[str, Any] = {
        "meeting": meeting,
        "status": "approved",
        "outcome": "approved",
        "amount_cents": CENTS,
        "proposed_at": AT,
        "proposed_by": manager,
        "settled_at": AT,
        "settled_by": manager,
    }
    made = put(Decision, [Decision(application=file, **shared) for file in crowd.files])
    deposit(crowd, made, "reserved")


def deposit(crowd: Crowd, subjects: Sequence[Model], kind: str) -> None:
    envelope = crowd.call.envelope
    put(
        Movement,
        [
            Movement(
                envelope=envelope,
                subject=f"{each._meta.label_lower}:{each.pk}",
                file=f"applications.application:{file.pk}",
                kind=kind,
                cents=CENTS,
                at=AT,
            )
            for each, file in zip(subjects, crowd.files, strict=True)
        ],
    )


def confirm(crowd: Crowd) -> None:
    rows = Decision.objects.filter(application__in=numbers(crowd))
    head = crowd.person("head_of_mission")
    rows.update(status="confirmed", confirmed_at=AT, confirmed_by=head)


def draft(crowd: Crowd) -> None:
    rows = Decision.objects.filter(application__in=numbers(crowd)).order_by("application")
    paired = zip(crowd.files, rows.iterator(), strict=True)
    made = put(
        Agreement, [agreed(crowd, n, file, yes) for n, (file, yes) in enumerate(paired, 100)]
    )
    put(Instalment, [part for agreement in made for part in parts(agreement)])


def agreed(crowd: Crowd, number: int, file: Application, decision: Decision) -> Agreement:
    return Agreement(
        decision=decision,
        application=file,
        recipient_id=file.applicant_id,
        envelope=crowd.call.envelope,
        number=f"CFLI-MX-2024-25-{number:05}",
        language=file.language,
        title=file.title,
        amount_cents=CENTS,
        starts_on=date(2024, 7, 1),
        activities_end_on=date(2025, 2, 28),
        ends_on=date(2025, 3, 31),
        terms_version="2024",
        drafted_at=AT,
        drafted_by=crowd.person("coordinator"),
    )


def parts(agreement: Agreement) -> list[Instalment]:
    plan = (
        ("advance", "signature", date(2024, 7, 15)),
        ("final", "report:final", date(2025, 3, 15)),
    )
    return [
        Instalment(
            agreement=agreement,
            number=number,
            kind=kind,
            condition=condition,
            cents=CENTS // 2,
            due_on=due_on,
            fiscal_year="2024-2025",
        )
        for number, (kind, condition, due_on) in enumerate(plan, 1)
    ]


def of(crowd: Crowd) -> Any:
    """The agreements that go in bulk."""
    return Agreement.objects.filter(application__in=numbers(crowd)).order_by("application")


def send(crowd: Crowd) -> None:
    of(crowd).update(status="sent", sent_at=AT)


def sign(crowd: Crowd) -> None:
    of(crowd).update(status="active", signed_on=AT.date())
    deposit(crowd, list(of(crowd)), "committed")


def ask_to_report(crowd: Crowd) -> None:
    put(
        Report,
        [
            Report(
                agreement=each,
                application_id=each.application_id,
                number=1,
                kind="final",
                due_on=date(2025, 3, 15),
                from_on=each.starts_on,
                until_on=each.activities_end_on,
                language="es",
                requested_at=AT,
            )
            for each in of(crowd)
        ],
    )


def report(crowd: Crowd) -> None:
    rows = Report.objects.filter(application__in=numbers(crowd))
    rows.update(status="submitted", submitted_at=AT)


def accept(crowd: Crowd) -> None:
    rows = Report.objects.filter(application__in=numbers(crowd))
    rows.update(status="accepted", closed_at=AT)


def request(crowd: Crowd) -> None:
    first = Instalment.objects.filter(number=1, agreement__in=of(crowd).order_by().values("pk"))
    put(
        PaymentRequest,
        [
            PaymentRequest(
                agreement=each.agreement,
                application_id=each.agreement.application_id,
                instalment=each,
                cents=each.cents,
                requested_at=AT,
                requested_by=crowd.person("coordinator"),
            )
            for each in first.select_related("agreement")
        ],
    )


def requests(crowd: Crowd) -> Any:
    return PaymentRequest.objects.filter(application__in=numbers(crowd))


def certify(crowd: Crowd) -> None:
    by = crowd.person("certifier")
    requests(crowd).update(status="certified", certified_at=AT, certified_by=by)


def release(crowd: Crowd) -> None:
    by = crowd.person("finance")
    requests(crowd).update(status="released", released_at=AT, released_by=by)


def pay(crowd: Crowd) -> None:
    rate, by = rates.on(date(2024, 7, 15), "MXN"), crowd.person("finance")
    put(
        Payment,
        [
            Payment(
                request=each,
                agreement_id=each.agreement_id,
                application_id=each.application_id,
                cents=each.cents,
                local_cents=each.cents * 13,
                local_currency="MXN",
                rate=rate,
                paid_on=date(2024, 7, 15),
                recorded_at=AT,
                recorded_by=by,
            )
            for each in requests(crowd)
        ],
    )
    requests(crowd).update(status="paid")
