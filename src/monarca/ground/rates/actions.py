"""Write the ledger of rates: a published series, or one rate by hand with its source."""

import csv
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.ground.rates import policy, queries
from monarca.ground.rates.models import Rate
from monarca.kit.guard import Refused, require

BANK = "Bank of Canada"
SERIES = {"FXMXNCAD": "MXN", "FXUSDCAD": "USD"}


PLACES = Decimal("1e-8")
MOST = Decimal(1000)


class RateOutOfReason(Refused):
    """A rate is above nothing, below a thousand, with at most eight decimals and a source."""


class RateFromTomorrow(Refused):
    """A rate was published on a day that has come."""


class RateKnown(Refused):
    """This source's rate of that day stands in the ledger, and nothing is overwritten."""


@transaction.atomic
def load_published(*, by: User | None, at: datetime, until: date | None = None) -> int:
    """Load the Bank of Canada's series that comes with the package; returns how many are new."""
    require(policy.may_enter(by, at=at))
    known = set(Rate.objects.filter(source=BANK).values_list("currency", "on"))
    rows = [
        Rate(currency=currency, on=on, cad_e8=int(cad.scaleb(8)), source=BANK, by=by, at=at)
        for currency, on, cad in published()
        if (currency, on) not in known and (until is None or on <= until)
    ]
    Rate.objects.bulk_create(rows, batch_size=1000)
    if rows:
        record("rate.loaded", rows[-1], by=by, at=at, count=len(rows))
    return len(rows)


def published() -> list[tuple[str, date, Decimal]]:
    path = files("monarca.ground.rates").joinpath("data/bank_of_canada_daily.csv")
    with path.open(encoding="utf-8") as stream:
        return [
            (currency, date.fromisoformat(row["date"]), Decimal(row[series]))
            for row in csv.DictReader(stream)
            for series, currency in SERIES.items()
            if row[series]
        ]


@transaction.atomic
def enter(currency: str, cad: Decimal, *, on: date, source: str, by: User, at: datetime) -> Rate:
    """Enter one rate by hand: CAD for one unit of `currency`, and who published it.

    Raises `RateOutOfReason`, `RateFromTomorrow` and `RateKnown`.
    """
    require(policy.may_enter(by, at=at))
    source = " ".join(source.split())
    if not (cad.is_finite() and 0 < cad < MOST and cad == cad.quantize(PLACES) and source):
        raise RateOutOfReason(currency=currency)
    if on > at.date():
        raise RateFromTomorrow(last_on=at.date().isoformat())
    if queries.stands(on, currency, source):
        raise RateKnown(currency=currency, known_on=on.isoformat(), source=source)
    rate = Rate.objects.create(
        currency=currency, on=on, cad_e8=int(cad.scaleb(8)), source=source, by=by, at=at
    )
    record("rate.entered", rate, by=by, at=at, currency=currency, e8=rate.cad_e8)
    return rate
