"""The chapter of the sample year: three pledges with series before the public, one corrected."""

import pytest
from django.test import Client

from monarca.ground.people import actions as people
from monarca.portal.demo import states
from monarca.portal.demo.management.year import climate
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.climate import queries
from monarca.programmes.climate.models import Series
from monarca.programmes.climate.states import Stand
from tests.world import DAWN

NOW = climate.CORRECTS


@pytest.fixture
def year(call):
    staff = {}
    for part in states.STAFF:
        staff[part.key] = people.join(part.email, by=None, at=DAWN, name=part.name)
        people.give_role(staff[part.key], by=None, at=DAWN, mission=call.mission, role=part.role)
    made = Year(call=call, staff=staff)
    climate.tell(made)
    return made


def test_three_pledges_with_series_are_public(year):
    pledges = list(queries.visible_to(None, at=NOW))
    assert [one.kind for one in pledges] == ["paris", "methane", "net_zero"]
    stands = {one.pledge.kind: one.stand for one in queries.glances(pledges)}
    assert stands == {"paris": Stand.BEHIND, "methane": Stand.AHEAD, "net_zero": Stand.BEHIND}


def test_every_figure_of_the_example_says_that_it_is_invented(year):
    assert Series.objects.count() == 3
    assert all(one.is_example and "Invented" in one.source for one in Series.objects.all())


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_a_visitor_reads_what_stood_before_the_correction(year, lang):
    pledge = queries.visible_to(None, at=NOW).get(kind="paris")
    html = Client().get(f"/{lang}/climate/pledges/{pledge.reference}/").content.decode()

    assert "2019 and 2020 were counted again" in html
    assert "87,2" in html if lang == "fr" else "87.2" in html
    assert "86,6" in html if lang == "fr" else "86.6" in html
