"""Everything that many public records are made of, loaded at once: a query a kind of row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, QuerySet

from monarca.grants.agreements.models import Amendment, Instalment
from monarca.grants.applications.models import Place
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.queries.sources import Source, sources_by_file
from monarca.grants.payments.models import Cancellation, Closure, Payment, Recovery
from monarca.grants.results import queries as results
from monarca.grants.results.models import Actual, MarkerScore
from monarca.grants.results.queries import Outcome

BESIDE = (
    "agreement__recipient",
    "application__call__mission",
    "application__form",
)
HEAVY = ("agreement__text", "application__form__definition")


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows by the key of the agreement they belong to (texts: of the disclosure)."""

    texts: Mapping[int, Sequence[Translation]]
    amendments: Mapping[int, Sequence[Amendment]]
    instalments: Mapping[int, Sequence[Instalment]]
    payments: Mapping[int, Sequence[Payment]]
    recoveries: Mapping[int, Sequence[Recovery]]
    closures: Mapping[int, Sequence[Closure]]
    places: Mapping[int, Sequence[Place]]
    sources: Mapping[int, Mapping[str, Source]]
    outcomes: Mapping[int, Sequence[Outcome]]
    markers: Mapping[int, Sequence[MarkerScore]]
    verified_at: Mapping[int, datetime]


def with_beside(rows: QuerySet[Disclosure]) -> QuerySet[Disclosure]:
    """The rows with what belongs to each, without the papers that nobody needs here."""
    return rows.select_related(*BESIDE).defer(*HEAVY)


def gathered(rows: Sequence[Disclosure]) -> Gathered:
    """What all of `rows` are made of, in a number of queries that does not grow with them."""
    agreements = [row.agreement_id for row in rows]
    files = [row.application_id for row in rows]
    gone = Cancellation.objects.filter(agreement__in=agreements).values("instalment")
    parts = Instalment.objects.filter(agreement__in=agreements).exclude(pk__in=gone)
    paid = Payment.objects.filter(agreement__in=agreements).select_related("request__instalment")
    texts = Translation.objects.filter(disclosure__in=rows)
    return Gathered(
        texts=_by("disclosure_id", texts.order_by("field", "language")),
        amendments=_by("agreement_id", _of(Amendment, agreements).order_by("sequence")),
        instalments=_by("agreement_id", parts.order_by("number")),
        payments=_by("agreement_id", paid.order_by("paid_on", "pk")),
        recoveries=_by("agreement_id", _of(Recovery, agreements).order_by("received_on", "pk")),
        closures=_by("agreement_id", _of(Closure, agreements)),
        places=_by("application_id", Place.objects.filter(application__in=files).order_by("pk")),
        sources=sources_by_file(rows),
        outcomes=results.outcomes_of([row.agreement for row in rows], verified_only=True),
        markers=results.markers_of([row.agreement for row in rows]),
        verified_at=_verified_at(agreements),
    )


def _verified_at(agreements: Sequence[int]) -> dict[int, datetime]:
    """When a value of each agreement was last verified."""
    rows = Actual.objects.filter(indicator__agreement__in=agreements, verified_at__isnull=False)
    latest = rows.values("indicator__agreement").order_by("indicator__agreement")
    told = latest.annotate(last=Max("verified_at"))
    return dict(told.values_list("indicator__agreement", "last"))


def _of(model: type[Model], agreements: Sequence[int]) -> QuerySet[Any]:
    return model._default_manager.filter(agreement__in=agreements)


def _by(column: str, rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
