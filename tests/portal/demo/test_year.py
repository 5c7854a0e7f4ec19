"""What the sample year contains, as the contract and the issue promise it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from monarca.grants.agreements.models import Agreement, Amendment
from monarca.grants.applications.models import Application, Intake
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Decision
from monarca.grants.disclosure import queries as disclosure
from monarca.grants.disclosure.models import Disclosure, Export
from monarca.grants.payments.models import Closure, Payment, PaymentRequest, Recovery
from monarca.grants.reports.models import Report
from monarca.grants.results.models import Actual, MarkerScore
from monarca.grants.reviews.models import Assignment, ConflictDeclaration, Statement
from monarca.grants.screening.models import Check, Clarification, Duplicate, Screening, Withdrawal
from monarca.ground.envelopes import queries as envelopes
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.ground.people.models import Access
from monarca.ground.rates.models import Rate
from monarca.portal.demo.management.year import calendar, open_call
from tests.portal.demo.conftest import NOW

INBOX = Path("src/monarca/examples/inbox")
TRUTH = json.loads(Path("tests/data/inbox_truth.json").read_text())["applications"]
AT_RISK = next(each for each in TRUTH if each["fault"] == "at_risk")
SAMPLE = {"call__code": "CFLI-MX-2024"}


def test_only_actions_wrote_it(year):
    assert year["strangers"] == []


def test_the_inbox_was_read_whole_and_all_but_one_form_was_confirmed(year):
    counts = {s: Intake.objects.filter(status=s).count() for s in ("read", "confirmed", "refused")}
    assert counts == {"read": 1, "confirmed": 31, "refused": 3}
    assert Application.objects.filter(**SAMPLE).count() == 31


def test_what_the_sample_year_promises_is_there(year):
    screened = {s: Screening.objects.filter(status=s).count() for s in ("eligible", "ineligible")}
    assert screened == {"eligible": 20, "ineligible": 9}
    outcomes = Decision.objects.filter(status="confirmed")
    said = {o: outcomes.filter(outcome=o).count() for o in ("approved", "reserved", "declined")}
    assert said == {"approved": 11, "reserved": 1, "declined": 3}
    assert Decision.objects.filter(status="deferred").count() == 2
    assert Check.objects.filter(status="waived").exclude(words="").exists()
    assert Clarification.objects.exclude(answer="").count() == 1
    assert Duplicate.objects.count() == Withdrawal.objects.count() == 1


def test_reviews_rest_on_evidence_and_one_reader_is_barred(year):
    assert Assignment.objects.filter(status="complete").count() == 36
    assert Statement.objects.exclude(quote="").count() == Statement.objects.count() >= 36
    levels = list(ConflictDeclaration.objects.exclude(level="none").values_list("level", flat=True))
    assert sorted(levels) == ["actual", "potential"]
    assert Access.objects.filter(effect="barred").count() == 1


def test_nine_agreements_are_in_force_one_waits_and_one_was_amended(year):
    counts = {s: Agreement.objects.filter(status=s).count() for s in ("active", "sent")}
    assert counts == {"active": 9, "sent": 1}
    assert all(each.docx and each.pdf for each in Agreement.objects.all())
    assert list(Amendment.objects.filter(sequence=1).values_list("reason", flat=True)) != []


def test_money_moved_by_different_hands_and_within_the_envelope(year):
    assert Payment.objects.count() == 16
    assert PaymentRequest.objects.filter(status="refused").exclude(words="").count() == 1
    assert PaymentRequest.objects.filter(status="released").count() == 1
    for request in PaymentRequest.objects.filter(status="paid"):
        hands = {request.requested_by_id, request.certified_by_id, request.released_by_id}
        assert len(hands) == 3
    assert Recovery.objects.count() == 1
    assert Closure.objects.count() == 7
    envelope = Call.objects.get(code="CFLI-MX-2024").envelope
    assert 0 < envelopes.balance(envelope).promised_cents <= envelope.cents


def test_reports_were_returned_once_accepted_and_measured(year):
    counts = {s: Report.objects.filter(status=s).count() for s in ("accepted", "submitted")}
    assert counts == {"accepted": 8, "submitted": 1}
    assert Entry.objects.filter(verb="report.returned").count() == 1
    assert Actual.objects.exclude(verified_at=None).exists()
    assert MarkerScore.objects.exclude(score=None).count() >= 8


def test_at_least_five_finished_projects_are_public_in_both_official_languages(year):
    public = disclosure.public(at=NOW)
    assert len(public) == Disclosure.objects.filter(status="published").count() == 6
    done = {c.agreement_id for c in Closure.objects.all()}
    assert {d.agreement_id for d in Disclosure.objects.filter(status="published")} <= done
    assert {each.kind for each in Export.objects.all()} == {"iati", "proactive-disclosure"}


@pytest.mark.parametrize("kind", ["iati", "proactive-disclosure"])
def test_the_public_files_are_valid_and_silent_about_the_group_at_risk(year, kind):
    file = disclosure.file_of(kind, at=NOW)
    assert file.is_valid, file.findings
    text = file.data.decode()
    assert not [word for word in secrets() if word in text]


def secrets():
    """What would give the group away: its name, its title, and how it may be reached."""
    said = AT_RISK["answers"]
    keys = ("legal_name", "title", "contact_email", "email", "phone", "contact_phone")
    return {said[key] for key in keys if said.get(key) and len(said[key]) > 5}


def test_the_group_at_risk_is_in_no_letter_and_in_no_line_of_the_journal(year):
    told = json.dumps(list(Entry.objects.values_list("data", flat=True)), ensure_ascii=False)
    told += "".join(f"{x.subject}{x.body}" for x in Letter.objects.all())
    words = {AT_RISK["answers"]["legal_name"], AT_RISK["answers"]["title"]}
    assert not [word for word in words if word in told]


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_no_public_page_names_the_group_at_risk(year, client, lang):
    pages = [f"/{lang}/", f"/{lang}/calls/", f"/{lang}/projects/", f"/{lang}/open-data/"]
    pages += [f"/{lang}/projects/{each.slug}/" for each in disclosure.public(at=NOW)]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert not [word for word in secrets() if word in answer.content.decode()], page


def test_the_journal_verifies_and_tells_the_year_in_order(year):
    with pytest.raises(SystemExit) as done:
        call_command("journal", "verify")
    assert done.value.code == 0
    told = list(Entry.objects.order_by("position").values_list("at", flat=True))
    assert Entry.objects.filter(position=None).count() == 0
    assert len(told) > 1000
    assert told == sorted(told)


def test_the_call_of_now_is_open_with_drafts_and_one_application(year):
    call = Call.objects.exclude(code="CFLI-MX-2024").get()
    assert call.is_open(NOW)
    assert (call.opens_at, call.closes_at) == open_call.window(NOW)
    states = sorted(Application.objects.filter(call=call).values_list("status", flat=True))
    assert states[:2] == ["draft", "draft"]
    assert states[2] in {"draft", "submitted"}


def test_its_rate_was_typed_by_finance_with_its_source_within_a_week(year):
    call = Call.objects.exclude(code="CFLI-MX-2024").get()
    typed = Rate.objects.get(by__isnull=False)
    assert call.rate == typed
    assert typed.source
    assert 0 <= (call.opens_at.date() - typed.on).days <= 7


@pytest.mark.parametrize("month", range(1, 13))
def test_the_window_is_ten_days_back_and_twenty_ahead_in_every_month(month):
    at = datetime(2027, month, 28, 3, 30, tzinfo=UTC)
    opens, closes = open_call.window(at)
    assert opens < at < closes
    here = at.astimezone(calendar.HERE).date()
    assert (here - opens.date()).days == 10
    assert (closes.date() - here).days == 20
