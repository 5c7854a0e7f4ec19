"""What machines read at their own addresses: the further files, and CommonGrants page by page."""

import json

import pytest
from django.test import Client

from monarca.engines.publishing import check_common_grants
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
