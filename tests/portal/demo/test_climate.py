"""What the projects of the sample year did for the climate adds up on the page of climate."""

from monarca.portal.climate import queries
from tests.portal.demo.conftest import NOW


def test_public_and_verified_results_add_up(year):
    sums = {one.achievement.code: (one.value, one.projects) for one in queries.achieved(at=NOW)}

    assert sums == {
        "tco2e": (396, 1),
        "methane": (870, 1),
        "hectares": (57 + 18, 2),
        "water_access": (612, 1),
    }


def test_a_visitor_reads_the_sums_beneath_the_pledges(year, client):
    html = client.get("/en/climate/").content.decode()

    assert html.index("What countries pledged") < html.index("75 hectares")
