"""The sample year's divisions: one published, its next round begun, one that waits."""

import pytest

from monarca.ground.people import actions as people
from monarca.portal.demo.management.year import shares
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.shares import queries
from monarca.programmes.shares.models import Allocation
from tests.world_shares import DAWN, officer


@pytest.fixture
def year(call):
    people.join("x@example.org", by=None, at=DAWN, name="X", language="es")
    staff = {"coordinator": officer("coordinator"), "head-of-mission": officer("head_of_mission")}
    return Year(call=call, staff=staff)


def test_one_division_stands_before_the_public_under_four_rules(year):
    shares.tell(year)
    doses, following, envelope = Allocation.objects.order_by("pk")
    rows = list(queries.claimants_of(doses))
    tolds = queries.published(doses, rows)
    assert (doses.status, following.status, envelope.status) == ("published", "draft", "proposed")
    assert [told.rule for told in tolds] == [
        "covax",
        "webster",
        "water_filling",
        "largest_remainder",
    ]
    for told in tolds:
        assert sum(told.amounts.values()) + told.left + told.buffer == 17_366_400
        assert told.amounts["kelvia"] == 0
    due = {row.code: row.due for row in queries.claimants_of(following) if row.due}
    assert sorted(due) == ["duran", "galindra"]
    assert len(queries.compared(envelope, list(queries.claimants_of(envelope)))) == 4
