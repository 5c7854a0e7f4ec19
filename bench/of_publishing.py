"""Publishing: activities checked and written a second, and the memory of a 500 MB file.

The agreements are invented, from a seed: two amendments, three payments, sectors, a marker, places
and a result with indicators, in three languages. The reference of checking is lxml with the schema
alone: parsing the whole document and validating it, without lists, rules or lines of records.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from lxml import etree

from bench.figures import Figure
from monarca.engines.publishing import canada, check_giving, check_iati, giving, iati, shipped
from monarca.engines.publishing import disclosure as told

SEED = 2_203
ACTIVITIES = 1_000
RUNS = 5
LARGE = 500_000_000
AT = datetime(2026, 6, 1, tzinfo=UTC)
PUBLISHER = told.DEMO_PUBLISHER
GIVER = giving.Giver(publisher=PUBLISHER, prefix="360G-monarca")
WORDS = "water well young women school radio forest clinic seed market river law".split()  # noqa: SIM905
PROGRAMME = told.Programme(
    identifier="CFLI-MX-2025",
    name={"en": "Fund for local initiatives", "fr": "Fonds d'initiatives locales"},
    purpose={"en": "Small projects by local partners.", "fr": "Petits projets locaux."},
    title={"en": "Fund, Mexico 2025-2026", "fr": "Fonds, Mexique 2025-2026"},
    country="MX",
    starts_on=date(2025, 4, 1),
    ends_on=date(2026, 3, 31),
    updated_at=AT,
    sectors=(told.Sector(code="43010"),),
)


def agreements(count: int) -> list[told.Disclosure]:
    """So many different agreements, the same each time."""
    chance = random.Random(SEED)
    return [agreement(number, chance) for number in range(count)]


def texts(chance: random.Random, length: int) -> told.Texts:
    return {code: f"{code} {' '.join(chance.choices(WORDS, k=length))}" for code in told.LANGUAGES}


def agreement(number: int, chance: random.Random) -> told.Disclosure:
    start = date(2025, 4, 1) + timedelta(chance.randrange(90))
    cents = chance.randrange(1_500_000, 6_000_000)
    end = start + timedelta(250)
    return told.Disclosure(
        identifier=f"CFLI-2025-MX-{number:06}",
        reference=f"052-2025-2026-Q1-{number:05}",
        agreement_number=f"CFLI-2025-MEX-{number:06}",
        programme=PROGRAMME.identifier,
        status="2",
        redaction=told.Redaction.FULL,
        title=texts(chance, 5),
        summary=texts(chance, 40),
        expected_results=texts(chance, 20),
        recipient=told.Recipient(
            names={"es": f"Asociación Ejemplo {number} A.C."},
            letter="N",
            kind="24",
            city={"es": "Oaxaca"},
            country="MX",
        ),
        amendments=(
            told.Amendment(number=0, signed_on=start, total_cents=cents - 100, ends_on=end),
            told.Amendment(number=1, signed_on=start, total_cents=cents, ends_on=end),
        ),
        starts_on=start,
        updated_at=AT,
        sectors=(
            told.Sector(code="15170", percentage=40),
            told.Sector(code="14015", percentage=60),
        ),
        markers=(told.Marker(code="1", significance="2"),),
        places=(told.Place(code="MX-OAX", names={"es": "Oaxaca"}),),
        budgets=(told.Budget(starts_on=start, ends_on=end, cents=cents),),
        transactions=tuple(paid(place, start, cents // 3) for place in range(3)),
        results=(result(chance, start, end),),
    )


def paid(place: int, start: date, cents: int) -> told.Transaction:
    on = start + timedelta(60 * place)
    return told.Transaction(reference=f"PAY-{place}", kind="3", on=on, cents=cents)


def result(chance: random.Random, start: date, end: date) -> told.Result:
    period = told.Period(
        starts_on=start,
        ends_on=end,
        targets=(told.Value(amount=chance.randrange(100)),),
        actuals=(told.Value(amount=chance.randrange(100)),),
    )
    indicator = told.Indicator(title=texts(chance, 4), periods=(period,))
    return told.Result(kind="1", title=texts(chance, 3), indicators=(indicator, indicator))


def spent(work: Callable[[], object]) -> float:
    """Seconds of one core: the median of five runs."""
    times = []
    for _ in range(RUNS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return median(times)


def figures() -> Iterator[Figure]:
    """The figures of the issue, each beside its goal; processor time of one core."""
    listed = agreements(ACTIVITIES)
    data = written(listed)
    yield checking(data)
    yield from writing(listed)
    grants = giving.package_file(GIVER, programmes=[PROGRAMME], disclosures=listed, at=AT)
    rate = ACTIVITIES / spent(lambda: check_giving.problems_of(grants, today=AT.date()))
    note = "no figure of the issue; the goal of IATI stands beside it"
    yield Figure("publishing: 360Giving checked", 500, "grants/s", rate, True, note)
    yield large(data)


def written(listed: list[told.Disclosure]) -> bytes:
    return iati.activity_file(PUBLISHER, programmes=[], disclosures=listed, at=AT)


def checking(data: bytes) -> Figure:
    found = check_iati.problems_of(data, at=AT)
    ours = spent(lambda: check_iati.problems_of(data, at=AT))
    plain = spent(lambda: by_schema(data))
    note = (
        f"{len(found)} findings in {len(data) / 1e6:.1f} MB; lxml's schema alone "
        f"{ACTIVITIES / plain:,.0f}/s, {ours / plain:.1f} x as long"
    )
    return Figure("publishing: IATI checked", 500, "activities/s", ACTIVITIES / ours, True, note)


def by_schema(data: bytes) -> bool:
    return shipped.schema("activities").validate(etree.parse(BytesIO(data)))


def writing(listed: list[told.Disclosure]) -> Iterator[Figure]:
    """Each writer from the same agreements."""
    given = {"programmes": [PROGRAMME], "disclosures": listed}
    writers: dict[str, Callable[[], bytes]] = {
        "IATI": lambda: written(listed),
        "Canada": lambda: canada.proactive_disclosure(listed, programmes=[PROGRAMME]),
        "360Giving JSON": lambda: giving.package_file(GIVER, at=AT, **given),  # type: ignore[arg-type]
        "360Giving CSV": lambda: giving.table_file(GIVER, **given),  # type: ignore[arg-type]
    }
    for name, write in writers.items():
        size, rate = len(write()) / 1e6, ACTIVITIES / spent(write)
        note = f"{size:.1f} MB"
        yield Figure(f"publishing: {name} written", 2_000, "activities/s", rate, True, note)


def large(data: bytes) -> Figure:
    """The command on a file of 500 MB, in a process of its own: its largest resident memory."""
    start = data.index(b"  <iati-activity ")
    end = data.rindex(b"</iati-activities>")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xml"
        with path.open("wb") as file:
            file.write(data[:start])
            number = 0
            while file.tell() < LARGE:
                file.write(data[start:end].replace(b"CFLI-2025-MX-", b"CFLI-%d-MX-" % number))
                number += 1
            file.write(data[end:])
        command = [sys.executable, "-m", "monarca.config.cli", "validate", str(path), "--most", "0"]
        begun = perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds, size = perf_counter() - begun, path.stat().st_size
    count = number * ACTIVITIES
    note = (
        f"{size / 1e6:,.0f} MB, {count:,} activities in {seconds:.0f} s, "
        f"exit {process.returncode}; one run"
    )
    return Figure("publishing: memory for 500 MB", 300, "MB", used.ru_maxrss / 1000, note=note)
