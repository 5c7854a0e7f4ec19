"""The sample year's meetings: a dialogue adopted, a group's year followed, a G20 position."""

import pytest

from monarca.ground.commitments import queries as commitments
from monarca.ground.commitments.models import Commitment
from monarca.portal.demo.management.year import dialogues, opening
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.dialogues import queries
from monarca.programmes.dialogues.models import Edition, Input, Text
from tests.world_dialogues import DAWN, NOW


@pytest.fixture
def year(call):
    return Year(call=call, staff=opening.let_in(call.mission, at=DAWN))


def test_the_year_of_both_sides_is_told(year):
    dialogues.tell(year)
    later = NOW.replace(year=2026, month=11)
    assert sorted(Edition.objects.values_list("status", flat=True)) == [
        *["held"] * 4,
        "open",
    ]
    finals = sorted(Text.objects.filter(status="final").values_list("kind", flat=True))
    assert finals == ["minutes", "minutes", "minutes", "position", "statement"]
    assert sorted(Input.objects.values_list("consent", flat=True)) == [
        "anonymous",
        "by_name",
        "not_passed_on",
    ]
    assert Commitment.objects.filter(is_sealed=True).count() == 1
    guest, group = year.staff["counterpart"], Edition.objects.filter(series__code="ENV").first()
    assert queries.inside(guest, at=later).count() == 5
    made = queries.report(group.series, 2025, None, at=later)
    assert [len(made.meetings), len(made.made), len(made.older)] == [2, 4, 0]
    assert {one.commitment.status for one in made.made} == {
        "kept",
        "partly_kept",
        "under_way",
        "promised",
    }
    assert commitments.public().count() == 6
    for user in (guest, year.staff["coordinator"]):
        assert queries.to_agree(user, at=later).count() == 1
    statement = Text.objects.get(kind="statement", status="final")
    assert {row.paragraph.round for row in queries.standings(statement)} == {1, 2}
