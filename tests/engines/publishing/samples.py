"""One agreement of the sample year, told whole, and the year it belongs to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from monarca.engines.publishing.disclosure import (
    DEMO_PUBLISHER,
    Amendment,
    Baseline,
    Budget,
    Disclosure,
    Document,
    Indicator,
    Instalment,
    Marker,
    Organisation,
    Participant,
    Period,
    Place,
    Programme,
    Publisher,
    Recipient,
    Redaction,
    Result,
    Rewriting,
    Sector,
    Tag,
    Transaction,
    Value,
)

AT = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
DATA = resources.files("tests.engines.publishing") / "data"
PUBLISHER: Publisher = replace(DEMO_PUBLISHER, mailbox="fund@example.org")

PROGRAMME = Programme(
    identifier="CFLI-MX-2024",
    name={
        "en": "Canada Fund for Local Initiatives",
        "fr": "Fonds canadien d'initiatives locales",
        "es": "Fondo Canadá para Iniciativas Locales",
    },
    purpose={"en": "Small projects by local partners.", "fr": "Petits projets locaux."},
    title={"en": "CFLI Mexico 2024-2025", "fr": "FCIL Mexique 2024-2025"},
    country="MX",
    starts_on=date(2024, 4, 1),
    ends_on=date(2025, 3, 31),
    updated_at=datetime(2025, 5, 1, tzinfo=UTC),
    sectors=(Sector(code="15160"),),
)

RECIPIENT = Recipient(
    names={"es": "Agua Clara Ejemplo A.C."},
    operating_names={"es": "ACE"},
    letter="N",
    kind="24",
    city={"es": "Oaxaca de Juárez"},
    country="MX",
    ref="MX-RFC-ACE010203AB1",
)

PEOPLE = Indicator(
    title={"en": "Young women trained", "fr": "Jeunes femmes formées"},
    baselines=(Baseline(year=2024, value=Value(amount=0)),),
    periods=(
        Period(
            starts_on=date(2024, 7, 15),
            ends_on=date(2025, 2, 28),
            targets=(Value(amount=60),),
            actuals=(
                Value(amount=64, comment={"en": "All finished.", "fr": "Toutes ont terminé."}),
                Value(amount=20, dimensions=(("identity", "Indigenous"),)),
            ),
        ),
    ),
)
VOICE = Indicator(
    title={"en": "Say of women in the water committee", "fr": "Voix des femmes au comité"},
    measure="5",
    periods=(
        Period(
            starts_on=date(2024, 7, 15),
            ends_on=date(2025, 2, 28),
            actuals=(Value(amount=None, comment={"en": "They chair it.", "fr": "À la tête."}),),
        ),
    ),
)

DISCLOSURE = Disclosure(
    identifier="CFLI-2024-MX-0007",
    reference="052-2024-2025-Q2-00007",
    agreement_number="CFLI-2024-MEX-0007",
    alias="K7Q2XN4D",
    programme="CFLI-MX-2024",
    status="4",
    redaction=Redaction.FULL,
    title={
        "en": "Community water monitoring",
        "fr": "Surveillance communautaire de l'eau",
        "es": "Monitoreo comunitario del agua",
    },
    summary={
        "en": "Agua Clara trains young women to test wells in San Pedro.",
        "fr": "Agua Clara forme des jeunes femmes à analyser les puits de San Pedro.",
        "es": "Agua Clara capacita a jóvenes para analizar los pozos de San Pedro.",
    },
    expected_results={"en": "60 women trained.", "fr": "60 femmes formées."},
    recipient=RECIPIENT,
    amendments=(
        Amendment(
            number=0,
            signed_on=date(2024, 7, 10),
            total_cents=3_000_000,
            ends_on=date(2025, 2, 28),
        ),
        Amendment(
            number=1,
            signed_on=date(2024, 11, 4),
            total_cents=3_150_000,
            ends_on=date(2025, 3, 31),
            note={"en": "Adds test kits.", "fr": "Ajoute des trousses."},
        ),
        Amendment(
            number=2,
            signed_on=date(2025, 1, 9),
            total_cents=3_100_000,
            ends_on=date(2025, 3, 31),
        ),
    ),
    starts_on=date(2024, 7, 1),
    started_on=date(2024, 7, 15),
    ended_on=date(2025, 3, 20),
    updated_at=datetime(2025, 5, 20, 9, 30, tzinfo=UTC),
    sectors=(
        Sector(code="15170", percentage=Decimal(40)),
        Sector(code="14015", percentage=Decimal(60)),
        Sector(code="W1", vocabulary="99", names={"en": "Women and girls", "fr": "Femmes"}),
    ),
    markers=(Marker(code="1", significance="2"), Marker(code="6", significance="0")),
    tags=(Tag(code="6"), Tag(code="5.5", vocabulary="3")),
    places=(
        Place(code="MX-OAX", names={"es": "Oaxaca"}, geonames="3522507"),
        Place(code="MX-MEX", names={"en": "State of Mexico", "fr": "État de Mexico"}),
    ),
    participants=(
        Participant(
            role="2",
            organisation=Organisation(
                names={"en": "Embassy of Canada to Mexico", "fr": "Ambassade du Canada"},
                kind="10",
            ),
        ),
    ),
    budgets=(Budget(starts_on=date(2024, 7, 1), ends_on=date(2025, 6, 30), cents=3_100_001),),
    instalments=(
        Instalment(starts_on=date(2024, 7, 15), ends_on=date(2024, 8, 15), cents=2_400_000),
    ),
    transactions=(
        Transaction(reference="PAY-1", kind="3", on=date(2024, 7, 20), cents=2_400_000),
        Transaction(
            reference="PAY-2",
            kind="3",
            on=date(2025, 2, 3),
            cents=800_000,
            description={"en": "Final payment", "fr": "Paiement final"},
        ),
        Transaction(reference="REC-1", kind="3", on=date(2025, 3, 25), cents=-100_000),
    ),
    results=(
        Result(
            kind="1",
            title={"en": "People trained", "fr": "Personnes formées"},
            indicators=(PEOPLE, VOICE),
        ),
    ),
    documents=(
        Document(
            url="https://fund.example.org/projects/0007/report.pdf",
            media="application/pdf",
            category="A01",
            title={"en": "Public report", "fr": "Rapport public"},
            languages=("en", "fr"),
            on=date(2025, 4, 30),
        ),
    ),
    rewriting=Rewriting(
        title={"en": "Community science", "fr": "Science citoyenne"},
    ),
    industry="813",
)


def told(**changes: Any) -> Disclosure:
    return replace(DISCLOSURE, **changes)


def document(name: str) -> bytes:
    return (DATA / name).read_bytes()
