"""Pledges of countries above, what projects achieved beneath: apart, public, verified, once."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monarca.grants.applications import actions as applications
from monarca.grants.disclosure import actions as disclosure
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.reports.models import Report
from monarca.grants.results import actions as results
from monarca.grants.results.models import Indicator
from monarca.portal.climate import queries
from tests import world, world_disclosure, world_reports, world_results
from tests import world_climate as make
from tests.world_climate import SUMMER, yearly
from tests.world_reports import somebody

SEEN = world_disclosure.APRIL + timedelta(days=60)


@pytest.fixture(autouse=True)
def _summer(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: SUMMER)


@pytest.fixture
def project(call, person):
    """`project(1, hectares=60)` is a published project with these verified values."""

    def build(number, *, level="full", marker=None, verified=True, **values):
        name = f"Colectiva {number}"
        who = person(f"group{number}@example.org")
        file = world.make_submitted(call, who, name=name, legal_name=name)
        agreement = world_reports.make_agreement(file, number=f"CFLI-MX-2024-25-{number:03}")
        mission = call.mission
        reader = somebody("reader@example.org", "manager", mission)
        report = world_reports.make_accepted(agreement, who, reader)
        act = world_results.make_verified if verified else world_results.make_actual
        for code, value in values.items():
            targets = {"": value + 1}
            indicator = world_results.make_indicator(
                agreement, code=code, targets=targets, baselines={}
            )
            act(indicator, report, values={"": value})
        if marker:
            given = {"marker": marker, "score": 2, "words": "Its main aim."}
            results.override(agreement, by=reader, at=world_results.APRIL, **given)
        if level:
            world_disclosure.make_published(agreement, level=level)
        return agreement

    return build


def sums():
    return {one.achievement.code: (one.value, one.projects) for one in queries.achieved(at=SEEN)}


def page(lang="en", query=""):
    answer = Client().get(f"/{lang}/climate/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_projects_achieved_adds_up_line_by_line(project):
    project(1, hectares=60, tco2e=340)
    project(2, hectares=18, methane=1150)

    assert sums() == {"hectares": (78, 2), "tco2e": (340, 1), "methane": (1150, 1)}
    html = page()
    assert "78 hectares" in html
    assert "2 projects" in html
    assert "1,150 kg of CH4" in html
    assert "never added" in html


def test_only_what_is_published_in_full_and_verified_counts(project):
    project(1, hectares=60)
    project(2, hectares=18, level="anonymised")
    project(3, hectares=7, level="")
    project(4, hectares=5, verified=False)

    assert sums() == {"hectares": (60, 1)}


def test_a_sealed_file_and_a_withdrawn_record_leave_no_trace(project, call):
    agreement, other = project(1, hectares=60), project(2, hectares=18)
    manager = somebody("reader@example.org", "manager", call.mission)
    applications.seal(agreement.application, by=manager, at=SEEN, readers=[], alias="Colibrí")
    assert sums() == {"hectares": (18, 1)}
    assert "60" not in page().split('id="projects"')[1]

    row = Disclosure.objects.get(agreement=other)
    head = world_disclosure.officer(other, "manager")
    disclosure.withdraw(row, by=head, at=SEEN)
    assert sums() == {}
    assert "Nothing can be told yet" in page()


def test_people_count_in_climate_projects_only_and_never_below_five(project):
    project(1, water_access=300)
    project(2, water_access=120, marker="7")
    project(3, good_jobs=4, marker="6")
    project(4, people_adapted=5, marker="6")

    assert sums() == {"water_access": (120, 1), "people_adapted": (5, 1)}


def test_a_corrected_value_counts_once(project, call):
    agreement = project(1, hectares=60)
    indicator = Indicator.objects.get(agreement=agreement)
    keeper = world_results.keeper(agreement)
    report = Report.objects.get(agreement=agreement)
    results.correct(
        indicator,
        by=keeper,
        at=world_results.APRIL,
        report=report,
        values={"": 55},
        measured_on=world_results.END,
        words="Counted twice.",
    )
    assert sums() == {}
    results.verify(
        indicator, by=world_results.checker(agreement), at=world_results.APRIL, report=report
    )
    assert sums() == {"hectares": (55, 1)}


def test_nothing_of_a_project_enters_the_course_of_a_country(project, mexico):
    pledge = make.make_measured(mexico)
    before = Client().get(f"/en/climate/pledges/{pledge.reference}/").content
    project(1, tco2e=1_000_000)

    assert Client().get(f"/en/climate/pledges/{pledge.reference}/").content == before
    above, beneath = page().split('id="projects"')
    assert "1,000,000" in beneath
    assert "1,000,000" not in above
    assert "Emissions by 2030" in above


def test_the_list_shows_public_pledges_only_whoever_asks(mexico):
    make.make_measured(mexico)
    hidden = make.make_pledge(mexico, name=dict.fromkeys(("es", "en", "fr"), "Hidden pledge"))
    browser = Client()
    browser.force_login(make.officer(mexico, "manager"))

    html = browser.get("/en/climate/").content.decode()

    assert "Emissions by 2030" in html
    assert "Hidden pledge" not in html
    assert hidden.reference not in html
    assert "1 pledge" in html


@pytest.mark.parametrize(("lang", "words"), [("es", "Emisiones"), ("fr", "Émissions d")])
def test_the_list_is_read_in_every_language(mexico, lang, words):
    make.make_measured(mexico)

    assert words in page(lang)


def test_the_list_is_narrowed_and_strange_questions_ask_for_everything(mexico):
    make.make_measured(mexico, tags=("adaptation",))

    assert "Emissions by 2030" in page(query="?tag=adaptation&country=canada")
    assert "No pledge fits" in page(query="?country=mexico")
    assert "Emissions by 2030" in page(query="?country=%00'%22&page=999999999999")


def test_a_pledge_that_rises_that_was_met_and_that_cannot_be_told(mexico):
    power = make.target(
        measure="level", base_year=2010, target_year=2020, low=50, high=50, base_value=30, unit="%"
    )
    made = make.make_pledge(mexico, figures=power, promised_on=date(2011, 5, 2))
    make.make_series(made, points=yearly(y2015=41, y2020=51))
    make.make_public(made)
    make.make_public(make.make_pledge(mexico))

    html = page()
    assert "51 % (2020)" in html
    assert "Met" in html
    assert "Not known yet" in html


@pytest.mark.parametrize("many", [3, 60])
def test_a_page_of_pledges_costs_the_same_however_many(mexico, many):
    for number in range(many):
        make.make_measured(
            mexico, name=dict.fromkeys(("es", "en", "fr"), f"Pledge number {number}.")
        )
    cache.clear()
    Client().get("/en/climate/")
    with CaptureQueriesContext(connection) as seen:
        html = page()

    assert html.count("Pledge number") == many
    assert len(seen) <= 8, [each["sql"][:90] for each in seen.captured_queries]
