"""What machines read at their own addresses: the further files, and CommonGrants page by page."""

import json

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from monarca.engines.publishing import check_common_grants
from monarca.ground.envelopes.models import Envelope
from monarca.ground.journal.models import Entry
from tests import world_disclosure as make

ADDRESSES = ("/open-data/iati-organisation.xml", "/open-data/360giving.json")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_there_once_something_is_published(agreement, address):
    assert Client().get(address).status_code == 404
    make.make_published(agreement)
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_calls_and_awards_are_listed_and_found_by_their_id(agreement):
    make.make_published(agreement)
    lists = {}
    for name in ("opportunities", "awards"):
        answer = Client().get(f"/common-grants/{name}").json()
        assert (answer["status"], answer["paginationInfo"]["totalItems"]) == (200, 1)
        (one,) = lists[name] = answer["items"]
        found = Client().get(f"/common-grants/{name}/{one['id']}").json()
        assert found["data"] == one
    assert check_common_grants.problems_of(lists) == ()
    whole = Client().get("/open-data/common-grants.json")
    assert json.loads(whole.content) == lists


def test_a_page_beyond_the_last_is_empty_and_a_wrong_one_is_refused(agreement):
    make.make_published(agreement)
    beyond = Client().get("/common-grants/awards?page=2&pageSize=1").json()
    assert (beyond["items"], beyond["paginationInfo"]["totalPages"]) == ([], 1)
    for wrong in ("page=0", "page=x", "pageSize=0", "pageSize=101"):
        answer = Client().get(f"/common-grants/awards?{wrong}")
        assert (answer.status_code, answer.json()["status"]) == (400, 400)
    nobody = Client().get("/common-grants/awards/00000000-0000-4000-8000-000000000000")
    assert (nobody.status_code, nobody.json()["errors"][0]["message"]) == (
        404,
        "There is none by this id.",
    )


def test_what_is_not_published_is_nobody_s_award_and_its_call_still_is_told(agreement):
    make.make_approved(agreement)
    assert Client().get("/common-grants/awards").json()["items"] == []
    assert len(Client().get("/common-grants/opportunities").json()["items"]) == 1


def searched(name, body, **given):
    return Client(enforce_csrf_checks=True).post(
        f"/common-grants/{name}/search", body, **{"content_type": "application/json", **given}
    )


@pytest.mark.parametrize("name", ["opportunities", "awards"])
def test_a_search_is_answered_without_a_token_and_writes_nothing(agreement, name):
    make.make_published(agreement)
    before = Entry.objects.count()
    listed = Client().get(f"/common-grants/{name}").json()
    answer = searched(name, {})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    told = answer.json()
    assert {key: told[key] for key in listed} == listed
    assert told["sortInfo"] == {"sortBy": "lastModifiedAt", "sortOrder": "desc", "errors": []}
    nobody = {"filters": {"status": {"operator": "in", "value": ["custom"]}}}
    assert searched(name, nobody).json()["items"] == []
    assert Entry.objects.count() == before


def test_a_search_finds_an_award_by_its_words_and_amount(agreement):
    make.make_published(agreement)
    amount = {"amount": "1", "currency": "CAD"}, {"amount": "99999999", "currency": "CAD"}
    between = {"operator": "between", "value": dict(zip(("min", "max"), amount, strict=True))}
    body = {"search": "YALALAG water", "filters": {"awardedAmountRange": between}}
    assert len(searched("awards", body).json()["items"]) == 1
    assert searched("awards", {"search": "Yalálag fire"}).json()["items"] == []


def test_what_is_sealed_is_not_found_by_any_search(agreement):
    make.make_approved(agreement)
    assert searched("awards", {"search": "Yalálag"}).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{", ""),
        (" ", ""),
        ("[1]", ""),
        ("[" * 100_000, ""),
        (b"\xff{}", ""),
        ('{"pagination": {"page": 0}}', "pagination.page"),
        ('{"filters": {"status": {"operator": "in", "value": [NaN]}}}', "filters.status.value"),
    ],
)
def test_a_bad_body_is_refused_as_the_protocol_has_it(agreement, body, field):
    answer = searched("opportunities", body)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (400, 400)
    assert [each["field"] for each in told["errors"]] == [field]
    assert set(told) == {"status", "message", "errors"}


def test_a_body_beyond_all_measure_is_refused(db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    answer = searched("awards", {"search": "a" * 2_000})
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
        400,
        "The body is too long.",
    )


def test_another_way_to_ask_is_refused_in_the_protocol_s_words(db):
    got = Client().get("/common-grants/awards/search")
    assert (got.status_code, got["Allow"], got.json()["status"]) == (405, "POST, OPTIONS", 405)
    form = searched("awards", "search=a", content_type="application/x-www-form-urlencoded")
    assert (form.status_code, form.json()["status"]) == (415, 415)
    asked = Client().options("/common-grants/opportunities/search")
    assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "Content-Type")


def budgets():
    """As the file has them now, not as it was remembered."""
    cache.clear()
    answer = Client().get("/open-data/iati-organisation.xml")
    assert answer.status_code == 200
    return etree.fromstring(answer.content)[0].findall("total-budget")


def test_the_organisation_file_tells_what_is_set_aside_for_announced_calls(agreement):
    make.make_published(agreement)
    call = agreement.application.call
    (budget,) = budgets()
    assert budget.get("status") == "2"
    assert (
        budget.find("period-start").get("iso-date"),
        budget.find("period-end").get("iso-date"),
    ) == (
        "2024-04-01",
        "2025-03-31",
    )
    assert budget.find("value").get("value-date") == "2024-04-01"
    assert budget.findtext("value") == f"{call.envelope.cents / 100:.2f}"
    (line,) = budget.findall("budget-line")
    assert (line.get("ref"), line.findtext("value")) == (
        call.code,
        f"{call.budget_cents / 100:.2f}",
    )


def test_an_envelope_without_an_announced_call_is_nobody_s_business(agreement):
    make.make_published(agreement)
    mission = agreement.application.call.mission
    Envelope.objects.create(mission=mission, fiscal_year="2031-2032", cents=77_777_777)
    assert len(budgets()) == 1
    agreement.application.call.__class__.objects.update(status="draft")
    assert budgets() == []


def test_calls_that_promise_more_than_the_envelope_holds_are_no_lines_of_it(agreement):
    make.make_published(agreement)
    envelope = agreement.application.call.envelope
    Envelope.objects.filter(pk=envelope.pk).update(cents=100)
    (budget,) = budgets()
    assert (budget.findtext("value"), budget.findall("budget-line")) == ("1.00", [])
