"""The public files: what they tell of an agreement, that they are valid, what they keep silent."""

import csv
import hashlib
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from monarca.engines.publishing import check_canada, check_iati
from monarca.engines.publishing.disclosure import Redaction
from monarca.engines.publishing.shipped import schema
from monarca.grants.agreements import actions as agreements
from monarca.grants.applications import actions as applications
from monarca.grants.disclosure import actions, queries
from monarca.grants.disclosure.queries import telling
from monarca.grants.payments import actions as payments
from monarca.grants.results import actions as results
from tests import world_disclosure as make
from tests import world_payments
from tests.world_disclosure import APRIL, officer
from tests.world_reports import JULY

XML = "{http://www.w3.org/XML/1998/namespace}lang"


def iati(at=APRIL):
    file = queries.file_of("iati", at=at)
    assert file.findings == ()
    root = etree.fromstring(file.data)
    assert schema("activities").validate(root.getroottree())
    return root


def children(root):
    return root.findall("iati-activity[@hierarchy='2']")


def canada(at=APRIL):
    file = queries.file_of("proactive-disclosure", at=at)
    assert file.findings == ()
    assert check_canada.problems_of(file.data) == ()
    return list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"))))


def test_an_agreement_is_one_activity_with_all_that_is_asked(rich):
    results.override(
        rich, by=officer(rich, "manager"), at=JULY, marker="6", score=1, words="Cuida el agua."
    )
    make.make_published(rich)
    (child,) = children(iati())

    assert child.findtext("iati-identifier") == "XM-MONARCA-DEMO-CFLI-MX-2024-25-001"
    title = {one.get(XML): one.text for one in child.findall("title/narrative")}
    assert title == {
        "en": "Clean water for Yalálag",
        "fr": "De l'eau propre pour Yalálag",
        "es": "Agua limpia para Yalálag",
    }
    moved = [
        (
            one.find("transaction-type").get("code"),
            one.find("transaction-date").get("iso-date"),
            one.findtext("value"),
        )
        for one in child.findall("transaction")
    ]
    assert moved == [("2", "2024-07-01", "45000.00"), ("3", "2024-07-01", "27000.00")]
    assert child.findtext("budget/value") == "45000.00"
    assert child.find("sector").get("code") == "41010"
    markers = {one.get("code"): one.get("significance") for one in child.findall("policy-marker")}
    assert markers["6"] == "1"
    (indicator,) = child.findall("result/indicator")
    assert indicator.find("baseline").get("value") == "10"
    assert [one.get("value") for one in indicator.findall("period/target")] == ["40", "25", "10"]
    assert [one.get("value") for one in indicator.findall("period/actual")] == ["41", "30", "11"]
    assert child.find("location").get("ref") == "MX-OAX"


def test_the_parent_is_the_missions_year(agreement):
    make.make_published(agreement)
    parent = iati().find("iati-activity[@hierarchy='1']")

    assert parent.findtext("iati-identifier") == "XM-MONARCA-DEMO-CFLI-MX-2024-25"
    assert parent.find("related-activity").get("ref") == "XM-MONARCA-DEMO-CFLI-MX-2024-25-001"


def test_canada_reads_a_row_for_each_amendment(agreement):
    made = make.make_published(agreement)
    (row,) = canada()

    told = {key: row[key] for key in ("ref_number", "amendment_number", "agreement_value")}
    assert told == {
        "ref_number": made.reference,
        "amendment_number": "0",
        "agreement_value": "45000.00",
    }
    assert row["agreement_title_en"] == "Clean water for Yalálag"
    assert row["agreement_title_fr"] == "De l'eau propre pour Yalálag"
    assert row["recipient_legal_name"] == "Tejedoras del Agua A.C."
    assert (row["recipient_country"], row["agreement_type"]) == ("MX", "C")
    assert (row["foreign_currency_type"], row["foreign_currency_value"]) == ("", "")


def test_a_termination_is_an_amendment_down_to_what_was_paid(agreement):
    world_payments.make_paid(agreement)
    make.make_published(agreement)
    head = officer(agreement, "head_of_mission")
    agreements.terminate(agreement, by=head, at=APRIL, reason="Cerró la organización.")

    first, last = canada()
    assert (first["agreement_value"], last["agreement_value"]) == ("45000.00", "27000.00")
    assert "terminated" in last["additional_information_en"]
    assert "Cerró" not in str(last)
    (child,) = children(iati())
    assert child.find("activity-status").get("code") == "5"
    commitments = [
        one.findtext("value")
        for one in child.findall("transaction")
        if one.find("transaction-type").get("code") == "2"
    ]
    assert commitments == ["45000.00", "-18000.00"]


def test_money_that_came_back_is_a_payment_below_zero(agreement):
    world_payments.make_paid(agreement)
    finance = officer(agreement, "finance")
    payments.recover(
        agreement, by=finance, at=APRIL, cents=50_000, reason="unspent", received_on=APRIL.date()
    )
    make.make_published(agreement)

    values = [one.findtext("value") for one in children(iati())[0].findall("transaction")]
    assert values == ["45000.00", "27000.00", "-500.00"]


def test_while_nothing_is_public_canada_gets_a_header_and_iati_nothing(agreement):
    make.make_approved(agreement)

    assert canada() == []
    file = queries.file_of("iati", at=APRIL)
    assert (file.is_valid, file.count, file.data) == (False, 0, b"")


@pytest.mark.parametrize("level", ["withheld", "aggregated"])
def test_a_file_without_a_line_of_its_own_leaves_no_trace(agreement, another, level):
    make.make_published(agreement)
    before = [queries.file_of(kind, at=APRIL).sha256 for kind in ("iati", "proactive-disclosure")]
    hidden = another(2, restricted=True)
    made = make.make_approved(hidden, level=level)
    if level == "aggregated":
        actions.publish(made, by=officer(hidden, "head_of_mission"), at=APRIL)

    after = [queries.file_of(kind, at=APRIL).sha256 for kind in ("iati", "proactive-disclosure")]
    assert after == before


def test_sealing_takes_a_public_project_away_from_everything_at_once(agreement, another):
    make.make_published(agreement)
    before = [queries.file_of(kind, at=APRIL) for kind in ("iati", "proactive-disclosure")]
    other = another(2)
    public = make.make_published(other)
    assert queries.project(public.slug, at=APRIL)
    manager = officer(other, "manager")
    applications.seal(other.application, by=manager, at=APRIL, readers=[], alias="Colibrí")

    after = [queries.file_of(kind, at=APRIL) for kind in ("iati", "proactive-disclosure")]
    assert [one.sha256 for one in after] == [one.sha256 for one in before]
    assert [one.count for one in after] == [1, 1]
    assert queries.project(public.slug, at=APRIL) is None
    assert len(queries.public(at=APRIL)) == 1


NAMED = (
    "Colectiva 2",
    "Yalálag",
    "Oaxaca",
    "MX-OAX",
    "Agua limpia",
    "manantial",
    "CFLI-MX-2024-25-002",
    "Embassy of Canada in Mexico",
)


def test_an_alias_never_stands_beside_details(another):
    hidden = another(2, restricted=True)
    made = make.make_published(hidden, level="anonymised")
    xml = queries.file_of("iati", at=APRIL)
    sheet = queries.file_of("proactive-disclosure", at=APRIL)

    assert (xml.is_valid, sheet.is_valid) == (True, True)
    told = xml.data.decode() + sheet.data.decode()
    assert made.slug.upper() in told
    reference = hidden.application.reference
    assert [name for name in (*NAMED, reference) if name in told] == []
    assert "country" not in xml.data.decode()
    assert 'code="498"' in xml.data.decode()


def test_three_that_are_only_added_up_are_one_line_and_two_are_none(another):
    several = [another(number) for number in (2, 3, 4)]
    for each in several[:2]:
        make.make_published(each, level="aggregated")
    assert (queries.batches(at=APRIL), canada()) == ((), [])

    make.make_published(several[2], level="aggregated")
    (row,) = canada()
    assert row["agreement_value"] == "135000.00"
    assert row["ref_number"] == "GAC-2024-2025-Q2-MEXICO"
    (child,) = children(iati())
    assert "Colectiva" not in etree.tostring(child, encoding="unicode")


def test_withdrawing_empties_page_and_files_at_once(agreement):
    made = make.make_published(agreement)
    browser = Client()
    assert browser.get("/open-data/iati-activities.xml").status_code == 200
    actions.withdraw(made, by=officer(agreement, "coordinator"), at=APRIL)

    assert browser.get(f"/en/projects/{made.slug}/").status_code == 404
    assert browser.get("/open-data/iati-activities.xml").status_code == 404
    sheet = browser.get("/open-data/proactive-disclosure.csv")
    assert sheet.content.decode("utf-8-sig").count("\r\n") == 1
    assert queries.public(at=APRIL) == ()


@pytest.mark.parametrize(
    ("address", "media"),
    [
        ("/open-data/iati-activities.xml", "application/xml"),
        ("/open-data/proactive-disclosure.csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_machine_gets_the_bytes_their_hash_and_nothing_twice(agreement, address, media):
    make.make_published(agreement)
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'

    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().head(address)["ETag"] == answer["ETag"]
    assert Client().post(address).status_code == 405
    with CaptureQueriesContext(
        connection,
    ) as asked:
        Client().get(address)
    assert len(asked) == 2, "the last act, asked for the hash and for the answer"


def test_the_number_of_questions_does_not_grow_with_the_records(agreement, another):
    make.make_published(agreement)
    with CaptureQueriesContext(connection) as one:
        queries.file_of("iati", at=APRIL)
    for number in (2, 3, 4):
        make.make_published(another(number))
    with CaptureQueriesContext(connection) as several:
        assert queries.file_of("iati", at=APRIL).count == 4

    assert len(several) == len(one)


def test_anybody_elses_checker_finds_nothing_either(rich):
    make.make_published(rich)
    file = queries.file_of("iati", at=APRIL)

    assert check_iati.problems_of(file.data, at=APRIL, publishers=("XM-MONARCA-DEMO",)) == ()


@pytest.mark.parametrize("sensitivity", ["restricted", "sealed"])
def test_whoever_tells_a_record_looks_again_at_its_file(agreement, sensitivity):
    made = make.make_published(agreement)
    assert telling.level_of(made) == Redaction.FULL
    made.application.sensitivity = sensitivity
    assert telling.level_of(made) == Redaction.WITHHELD
