"""The demo's chapter of the register, on a stage with its mission and its staff."""

from types import SimpleNamespace

import pytest

from monarca.ground.commitments import queries
from monarca.ground.commitments.models import Commitment
from monarca.ground.letters.models import Letter
from monarca.portal.demo.management.year import calendar, commitments, opening
from tests.conftest import NOON
from tests.ground.commitments.test_pages import NOW


@pytest.fixture
def told(mexico):
    """The register as the demo tells it."""
    staff = opening.let_in(mexico, at=calendar.LOADS_THE_PACK)
    year = SimpleNamespace(
        call=SimpleNamespace(mission=mexico), staff=staff, say=lambda _words: None
    )
    commitments.tell(year)
    return year


def test_the_register_of_the_demo_has_every_status_and_both_sides(told):
    rows = queries.public()
    assert Commitment.objects.count() == 15
    assert rows.count() == 14
    assert set(rows.values_list("status", flat=True)) == {
        "promised",
        "under_way",
        "kept",
        "partly_kept",
        "not_kept",
        "withdrawn",
    }
    ended = queries.ended(rows)
    assert (sum(one.in_time for one in ended), sum(one.late for one in ended)) == (1, 1)
    assert queries.overview(rows, on=NOW.date()).statuses["overdue"] == 2
    assert not rows.filter(made_at__lt=NOON).exists()


def test_the_counterpart_was_asked_and_answered(told):
    person = Letter.objects.filter(key__startswith="commitment.").first().user
    assert person.email == "mariana.olvera@contraparte.example"
    seen = queries.inside(person, at=NOW)
    assert sorted(one.is_public for one in seen) == [False, True, True]
    water = next(one for one in seen if one.status == "under_way")
    assert queries.public_progress(water).get().by == person
    assert len(queries.wordings_of(water)) == 2


def test_each_commitment_of_the_demo_has_words_of_its_own(told):
    texts = Commitment.objects.order_by("pk").values_list("text", "status", "due_on")
    assert len({str(text) for text, _, _ in texts}) == 15
    assert Commitment.objects.filter(text__fr__isnull=True).count() == 1
