"""One agreement's rows as the frozen record that every writer reads, before redaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from monarca.engines import calendar
from monarca.engines.publishing import disclosure as told
from monarca.engines.publishing.disclosure import Redaction
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.queries.gathering import Gathered
from monarca.grants.disclosure.queries.measuring import markers_of, results_of
from monarca.grants.disclosure.queries.programmes import programme_key
from monarca.grants.disclosure.queries.sources import Source
from monarca.grants.disclosure.states import OPEN_TO, Field, Level
from monarca.ground.codelists import queries as codelists
from monarca.ground.partners.models import Organisation
from monarca.ground.partners.states import Kinds

DISBURSEMENT = "3"
PAYMENT_TAKES = timedelta(days=30)
IMPLEMENTING, FINALISING, CLOSED, CANCELLED, SUSPENDED = "2", "3", "4", "5", "6"
ACCOUNTABLE, EXTENDING = "2", "3"
GOVERNMENT = "10"
WEB_PAGE = "A12"

KINDS: Mapping[str, tuple[str, str, str]] = {
    Kinds.LOCAL_NONPROFIT: ("N", "24", "23000"),
    Kinds.LOCAL_ACADEMIC: ("S", "80", "51000"),
    Kinds.GOVERNMENT: ("G", "10", "12000"),
    Kinds.CANADIAN_NONPROFIT: ("N", "22", "22000"),
    Kinds.INTERNATIONAL_NONPROFIT: ("I", "21", "21000"),
    Kinds.INTERGOVERNMENTAL: ("O", "40", "47000"),
    Kinds.OTHER: ("O", "90", ""),
}
"""Canada's recipient type, IATI's OrganisationType, CRS channel code."""


def level_of(row: Disclosure) -> Redaction:
    """How much may be told today: nothing, where the file was restricted or sealed since."""
    allowed = row.level in OPEN_TO[row.application.sensitivity]
    return Redaction(row.level) if allowed else Redaction.WITHHELD


def whole(row: Disclosure, given: Gathered, *, at: datetime) -> told.Disclosure:
    """All that could be told of `row`. It goes through the engine's redaction before it leaves."""
    agreement, file = row.agreement, row.application
    texts = _texts(row, given)
    closed = next(iter(given.closures.get(agreement.pk, ())), None)
    return told.Disclosure(
        identifier=agreement.number,
        reference=row.reference,
        agreement_number=agreement.number,
        programme=programme_key(file),
        status=_status(agreement, at.date(), is_closed=closed is not None),
        title=texts[Field.TITLE],
        summary=texts[Field.DESCRIPTION],
        expected_results=texts[Field.RESULTS],
        recipient=_recipient(agreement.recipient, file, given),
        amendments=_amendments(agreement, given),
        starts_on=agreement.starts_on,
        updated_at=_updated_at(row, given),
        sectors=(told.Sector(code=row.sector),),
        redaction=level_of(row),
        alias=row.slug.upper(),
        rewriting=_rewriting(row, given),
        country=(file.call.mission.countries or ["MX"])[0],
        started_on=agreement.starts_on if agreement.starts_on <= at.date() else None,
        ended_on=closed.closed_on if closed else None,
        participants=_participants(file),
        places=_places(given.places.get(file.pk, ())),
        markers=markers_of(given.markers.get(agreement.pk, ())),
        documents=_documents(row, texts[Field.TITLE]),
        **_sums(agreement, given),
    )


def _sums(agreement: Agreement, given: Gathered) -> dict[str, Any]:
    """What was planned, moved and reached: budget, instalments, transactions, results."""
    return {
        "budgets": _budgets(agreement, given, is_revised=len(_amendments(agreement, given)) > 1),
        "instalments": _instalments(given.instalments.get(agreement.pk, ())),
        "transactions": _transactions(agreement, given),
        "results": results_of(agreement, given.outcomes.get(agreement.pk, ())),
    }


def _texts(row: Disclosure, given: Gathered) -> dict[str, dict[str, str]]:
    """The official texts; where nobody wrote another in its language, the project's own words."""
    texts: dict[str, dict[str, str]] = {field: {} for field in Field.values}
    for one in given.texts.get(row.pk, ()):
        texts[one.field][one.language] = one.text
    sources: Mapping[str, Source] = given.sources[row.application_id]
    for field, source in sources.items():
        if source.language == "es" and source.text:
            texts[field].setdefault("es", source.text)
    return texts


def _rewriting(row: Disclosure, given: Gathered) -> told.Rewriting:
    """Only what an officer wrote for this very level; the project's own words stay at home."""
    texts: dict[str, dict[str, str]] = {field: {} for field in Field.values}
    for one in given.texts.get(row.pk, ()):
        if _is_fresh(one):
            texts[one.field][one.language] = one.text
    return told.Rewriting(
        title=texts[Field.TITLE],
        summary=texts[Field.DESCRIPTION],
        expected_results=texts[Field.RESULTS],
    )


def _is_fresh(text: Translation) -> bool:
    return bool(text.source_sha256)


def _recipient(group: Organisation, file: Application, given: Gathered) -> told.Recipient:
    letter, kind, channel = KINDS[group.kind]
    language = group.language
    short = {language: group.short_name} if group.short_name else {}
    return told.Recipient(
        names={language: group.legal_name},
        operating_names=short,
        letter=letter,
        kind=kind,
        channel=channel,
        city={language: _city(group, file, given)},
        country=group.country,
    )


def _city(group: Organisation, file: Application, given: Gathered) -> str:
    """Where the organisation sits; else the project's municipality, else the state."""
    if group.city:
        return group.city
    first = next(iter(given.places.get(file.pk, ())), None)
    town = codelists.municipality_names().get(first.municipality) if first else None
    state = codelists.state_names().get(first.state if first else group.state)
    return town or state or file.call.mission.code.title()


def _amendments(agreement: Agreement, given: Gathered) -> tuple[told.Amendment, ...]:
    """The original and its changes. A termination is one more: nothing above what was paid."""
    rows = [
        told.Amendment(
            number=row.sequence,
            signed_on=row.signed_on,
            total_cents=row.amount_cents,
            ends_on=row.ends_on,
        )
        for row in given.amendments.get(agreement.pk, ())
    ] or [_original(agreement)]
    if agreement.terminated_on:
        last = rows[-1]
        ended_on = max(last.signed_on, agreement.terminated_on)
        rows.append(
            told.Amendment(
                number=last.number + 1,
                signed_on=ended_on,
                total_cents=_moved(agreement, given),
                ends_on=max(ended_on, rows[0].signed_on),
                is_termination=True,
            )
        )
    return tuple(rows)


def _original(agreement: Agreement) -> told.Amendment:
    return told.Amendment(
        number=0,
        signed_on=agreement.signed_on or agreement.starts_on,
        total_cents=agreement.amount_cents,
        ends_on=agreement.ends_on,
    )


def _moved(agreement: Agreement, given: Gathered) -> int:
    """CAD cents paid less what came back."""
    paid = sum(row.cents for row in given.payments.get(agreement.pk, ()))
    return paid - sum(row.cents for row in given.recoveries.get(agreement.pk, ()))


def _status(agreement: Agreement, today: date, *, is_closed: bool) -> str:
    if agreement.status == Standing.TERMINATED:
        return CANCELLED
    if is_closed:
        return CLOSED
    if agreement.status == Standing.SUSPENDED:
        return SUSPENDED
    return IMPLEMENTING if today <= agreement.activities_end_on else FINALISING


def _updated_at(row: Disclosure, given: Gathered) -> datetime:
    """The last instant at which something of this record changed."""
    key = row.agreement_id
    moments = [row.published_at or row.prepared_at]
    moments += [each.at for each in given.amendments.get(key, ())]
    moments += [each.recorded_at for each in given.payments.get(key, ())]
    moments += [each.recorded_at for each in given.recoveries.get(key, ())]
    moments += [each.at for each in given.closures.get(key, ())]
    moments += [given.verified_at[key]] if key in given.verified_at else []
    return max(moments)


def _participants(file: Application) -> tuple[told.Participant, ...]:
    department = calls.definition_in(file.form)["fund"]["department"]
    mission = file.call.mission.name
    pairs: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (ACCOUNTABLE, department),
        (EXTENDING, mission),
    )
    return tuple(
        told.Participant(role=role, organisation=told.Organisation(names=names, kind=GOVERNMENT))
        for role, names in pairs
    )


def _places(rows: Iterable[Any]) -> tuple[told.Place, ...]:
    """The states, each once, never anything smaller."""
    known = {state.code: state for state in codelists.states()}
    codes = dict.fromkeys(row.state for row in rows if row.state in known)
    return tuple(
        told.Place(code=known[code].iso, names=dict.fromkeys(("en", "fr", "es"), known[code].name))
        for code in codes
    )


def _budgets(agreement: Agreement, given: Gathered, *, is_revised: bool) -> tuple[told.Budget, ...]:
    """The value by fiscal year, as the instalments have it; whole where they do not add up."""
    years: dict[str, int] = defaultdict(int)
    for part in given.instalments.get(agreement.pk, ()):
        years[part.fiscal_year] += part.cents
    kind = "2" if is_revised else "1"
    spans = calendar.split(agreement.starts_on, agreement.ends_on)
    by_year = {span.fiscal_year.label: span for span in spans}
    if sum(years.values()) != agreement.amount_cents or not set(years) <= set(by_year):
        whole_value = told.Budget(
            starts_on=agreement.starts_on,
            ends_on=agreement.ends_on,
            cents=agreement.amount_cents,
            kind=kind,
        )
        return (whole_value,)
    return tuple(
        told.Budget(
            starts_on=by_year[year].starts_on, ends_on=by_year[year].ends_on, cents=cents, kind=kind
        )
        for year, cents in sorted(years.items())
    )


def _instalments(rows: Iterable[Instalment]) -> tuple[told.Instalment, ...]:
    """Planned payments; the bank takes up to a month."""
    return tuple(
        told.Instalment(starts_on=row.due_on, ends_on=row.due_on + PAYMENT_TAKES, cents=row.cents)
        for row in rows
    )


def _transactions(agreement: Agreement, given: Gathered) -> tuple[told.Transaction, ...]:
    """What moved: payments, and what came back as a disbursement below zero."""
    number = agreement.number
    paid = [
        told.Transaction(
            reference=f"{number}-P{row.request.instalment.number}",
            kind=DISBURSEMENT,
            on=row.paid_on,
            cents=row.cents,
        )
        for row in given.payments.get(agreement.pk, ())
    ]
    back = [
        told.Transaction(
            reference=f"{number}-R{place}",
            kind=DISBURSEMENT,
            on=row.received_on,
            cents=-row.cents,
        )
        for place, row in enumerate(given.recoveries.get(agreement.pk, ()), 1)
    ]
    return (*paid, *back)


def _documents(row: Disclosure, title: Mapping[str, str]) -> tuple[told.Document, ...]:
    """The project's public page, in its three languages."""
    if row.level != Level.FULL:
        return ()
    url = f"{settings.ADDRESS}/en/projects/{row.slug}/"
    languages = ("en", "fr", "es")
    return (
        told.Document(
            url=url, media="text/html", category=WEB_PAGE, title=title, languages=languages
        ),
    )
