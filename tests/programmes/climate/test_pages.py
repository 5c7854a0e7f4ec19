"""The pages of climate pledges: for everybody in three languages, and the desk with its forms."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.engines import trajectories
from monarca.engines.trajectories import Point
from monarca.ground.people import actions as people
from monarca.ground.people.states import Roles
from monarca.programmes.climate import queries
from monarca.programmes.climate.models import Pledge, Revision, Series
from tests import world_climate as make
from tests.world_climate import SPRING, SUMMER, yearly


@pytest.fixture(autouse=True)
def _summer(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: SUMMER)


@pytest.fixture
def pledge(mexico):
    return make.make_pledge(mexico)


@pytest.fixture
def keeper(mexico):
    return signed_in(make.officer(mexico))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"climate:{name}", args=parts)


def page(client, name, *parts, lang="en"):
    answer = client.get(address(name, *parts, lang=lang))
    assert answer.status_code == 200
    return answer.content.decode()


def day(name, text):
    return dict(
        zip((f"{name}_{part}" for part in ("year", "month", "day")), text.split("-"), strict=True)
    )


FIGURES = {
    "measure": "below",
    "low": "40",
    "high": "45",
    "unit": "Mt CO2e",
    "base_year": "2005",
    "base_value": "732.5",
    "target_year": "2030",
    "source": "Nationally determined contribution",
    "source_url": "https://example.org/ndc",
    **day("source_on", "2021-07-12"),
}
NEW = {
    **FIGURES,
    **{f"name_{code}": text for code, text in make.NAME.items()},
    **{f"text_{code}": text for code, text in make.TEXT.items()},
    "kind": "paris",
    "country": "canada",
    "sector": "economy_wide",
    "gases": "all",
    "tags": ["good_jobs"],
    "owner_canada": "Environment and Climate Change Canada",
    **day("promised_on", "2021-07-12"),
}
UPLOAD = {"source": "Inventario 2025", **day("source_on", "2025-03-21")}
SERIES = {
    **UPLOAD,
    **{f"name_{code}": text for code, text in make.SERIES.items()},
    "measured_by": "Instituto de Ejemplos",
}


def csv(text):
    return SimpleUploadedFile("series.csv", text.encode(), "text/csv")


def test_a_pledge_is_written_down_measured_corrected_and_published(mexico, keeper):
    written = keeper.post(address("new"), NEW)
    made = Pledge.objects.get()
    assert written["Location"] == address("keep", made.reference)
    assert made.base_value_e6 == 732_500_000
    assert [one.name for one in made.commitment.owners.all()] == [NEW["owner_canada"]]

    begun = keeper.post(
        address("begin-series", made.reference),
        {**SERIES, "file": csv("date,value\n2005,732.5\n2010,700\n")},
    )
    assert begun.status_code == 302
    added = keeper.post(
        address("upload", made.reference, 1),
        {**UPLOAD, "note": "Recounted", "file": csv("date,value\n2010,701\n2015,690\n")},
    )
    assert added.status_code == 302

    revised = keeper.post(
        address("revise", made.reference), {**FIGURES, "low": "41", "reason": "A slip"}
    )
    assert revised.status_code == 302
    assert keeper.post(address("publish", made.reference), {"public": "yes"}).status_code == 403
    assert Client().get(address("pledge", made.reference)).status_code == 404

    manager = signed_in(make.officer(mexico, "manager"))
    manager.post(address("publish", made.reference), {"public": "yes"})
    html = page(Client(), "pledge", made.reference)
    for words in (
        "41% to 45% below 2005 by 2030",
        "before: 700 in upload 1",
        "Recounted",
        "A slip",
    ):
        assert words in html


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_everybody_reads_a_public_pledge(mexico, lang):
    pledge = make.make_measured(mexico)
    html = page(Client(), "pledge", pledge.reference, lang=lang)

    assert make.NAME[lang] in html.replace("&#x27;", "'")
    assert pledge.commitment.reference in html
    assert 'role="img" aria-labelledby="series-1-title" aria-describedby="series-1-said"' in html
    assert "732" not in html
    assert {"es": "800", "en": "800", "fr": "800"}[lang] in html


def test_the_page_says_the_gap_and_what_is_needed(mexico):
    html = page(Client(), "pledge", make.make_measured(mexico).reference)

    assert "Measured for 2020: 700.5 Mt CO2e." in html
    assert "The straight path asked for 608 Mt CO2e: the gap is 92.5 Mt CO2e" in html
    assert "it must fall by 22.05 to 26.05 Mt CO2e every year to arrive in 2030" in html
    assert "28.9% short" in html


def test_no_gap_is_ahead_or_short_by_nothing(mexico):
    pledge = make.make_pledge(mexico)
    near = Point(date(2015, 12, 31), Fraction("672.033"))
    far = Point(date(2020, 12, 31), Fraction("583.967"))
    make.make_series(pledge, points=[*yearly(y2005=800), near, far])
    make.make_public(pledge)
    html = page(Client(), "pledge", pledge.reference)
    assert "less than 0.1% short" in html
    assert "less than 0.1% ahead" in html
    assert "in line with the 584 Mt CO2e asked for" in html


def test_one_value_is_too_few_and_the_page_says_so(pledge):
    make.make_series(pledge, points=yearly(y2010=790))
    make.make_public(pledge)
    html = page(Client(), "pledge", pledge.reference)

    assert "A course needs at least two measured values; there are 1." in html
    assert "790" in html


def test_a_pledge_without_base_value_says_what_is_lacking(mexico):
    pledge = make.make_pledge(mexico, figures=make.target(base_value=None))
    make.make_series(pledge, points=yearly(y2010=790, y2011=780))
    make.make_public(pledge)

    html = page(Client(), "pledge", pledge.reference)
    assert "Nobody has said what was measured in the base year 2005" in html


def test_an_invented_series_says_so(mexico, pledge):
    make.make_series(pledge, is_example=True)
    make.make_public(pledge)

    assert "Invented figures" in page(Client(), "pledge", pledge.reference)


def test_what_is_downloaded_can_be_uploaded_again(mexico):
    pledge = make.make_measured(mexico)
    series = Series.objects.get()
    make.make_revision(series, yearly(y2010="791.25"), note="Recounted")

    answer = Client().get(address("download", pledge.reference, 1))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[:3] == [
        "date,value,unit,revision,source",
        "2005,800,Mt CO2e,1,Inventario 2025",
        "2010,791.25,Mt CO2e,2,Inventario 2025",
    ]
    read = trajectories.read(answer.content, unit="Mt CO2e", until=SUMMER.date())
    assert len(read.points) == 3


def test_every_fault_of_a_file_is_shown_and_nothing_is_written(keeper, pledge):
    answer = keeper.post(
        address("begin-series", pledge.reference),
        {**SERIES, "file": csv("date,value\n2005,\nnever,1\n2030,5\n2006,1,2\n")},
    )
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "The file has 3 faults; nothing of it was taken." in html
    assert "This cell must not be empty." in html
    assert "“never” is not a day" in html
    assert "This line has 3 cells and the first line has 2." in html
    assert 'value="Instituto de Ejemplos"' in html
    assert not Series.objects.exists()
    later = keeper.post(
        address("begin-series", pledge.reference), {**SERIES, "file": csv("date,value\n2030,5\n")}
    )
    assert "has not come yet" in later.content.decode()


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"PK\x03\x04", b"\xff\xfe\x00d", b"date,value\n" + b'"' * 9]
)
def test_a_hostile_file_is_one_more_page_with_its_fault(keeper, pledge, data):
    sent = SimpleUploadedFile("../../etc/passwd.csv", data, "text/csv")
    answer = keeper.post(address("begin-series", pledge.reference), {**SERIES, "file": sent})

    assert answer.status_code == 422
    assert not Revision.objects.exists()


def test_a_correction_without_a_reason_is_refused_at_its_box(keeper, pledge):
    make.make_series(pledge)
    answer = keeper.post(
        address("upload", pledge.reference, 1), {**UPLOAD, "file": csv("date,value\n2010,1\n")}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"note"}


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"base_year": "2031"}, "low"),
        ({"low": "a lot"}, "low"),
        ({"low": "1e99"}, "low"),
        ({"low": "NaN"}, "low"),
        ({"base_year": "x"}, "base_year"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"text_fr": ""}, "text_fr"),
        ({"measure": "x"}, "measure"),
        (day("promised_on", "2031-01-01"), "promised_on"),
        ({"target_year": "2020"}, "target_year"),
        ({"target_year": "2199"}, "target_year"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_nothing_typed_is_lost(keeper, change, box):
    answer = keeper.post(address("new"), {**NEW, **change})

    assert answer.status_code == 422
    assert box in answer.context["form"].errors
    assert NEW["owner_canada"] in answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("lang", "typed", "exact"),
    [
        ("en", "1,234.5", "1234.5"),
        ("es", "1,234.5", "1234.5"),
        ("fr", "1234,5", "1234.5"),
        ("fr", "1234.5", "1234.5"),
        ("fr", "1\u00a0234,5", "1234.5"),
    ],
)
def test_figures_are_typed_as_each_language_writes_them(mexico, keeper, lang, typed, exact):
    answer = keeper.post(address("new", lang=lang), {**NEW, "base_value": typed})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Pledge.objects.get().base_value_e6 == int(float(exact) * 10**6)


def test_the_desk_lists_what_is_public_and_what_is_not(mexico, keeper, pledge):
    html = page(keeper, "desk")

    assert "not public" in html
    assert address("keep", pledge.reference) in html
    assert address("new") in html


def test_headquarters_reads_the_desk_and_writes_nothing(mexico, pledge):
    make.make_series(pledge)
    reader = signed_in(make.officer(mexico, "headquarters"))
    html = page(reader, "keep", pledge.reference)

    assert "Begin a series" not in html
    assert "Not public yet" in html
    for name, parts in (("new", ()), ("revise", (1,)), ("begin-series", (1,)), ("upload", (1, 1))):
        where = address(name, *([pledge.reference, *parts[1:]] if parts else []))
        assert reader.get(where).status_code == 403
        assert reader.post(where, NEW).status_code == 403


def test_a_counterpart_and_a_stranger_find_no_desk(mexico, pledge, person):
    for user in (make.officer(mexico, "counterpart"), person()):
        browser = signed_in(user)
        assert browser.get(address("desk")).status_code == 403
        assert browser.get(address("keep", pledge.reference)).status_code == 404
        assert browser.get(address("pledge", pledge.reference)).status_code == 404
        assert browser.get(address("download", pledge.reference, 1)).status_code == 404
    assert Client().get(address("desk")).status_code == 302


def test_the_inbox_holds_what_waits(mexico, pledge):
    manager = make.officer(mexico, "manager")
    measure, publish = queries.inbox(manager, at=SUMMER)
    assert (measure.count, publish.count) == (1, 1)

    make.make_series(pledge)
    make.make_public(pledge)

    assert [box.count for box in queries.inbox(manager, at=SUMMER)] == [0, 0]
    assert [box.key for box in queries.inbox(make.officer(mexico), at=SUMMER)] == [
        "pledges-to-measure"
    ]
    assert queries.inbox(make.officer(mexico, "auditor"), at=SUMMER) == ()


def test_a_get_changes_nothing(mexico, pledge):
    manager = signed_in(make.officer(mexico, "manager"))

    assert manager.get(address("publish", pledge.reference)).status_code == 405
    assert not Pledge.objects.get().commitment.is_public


roles = st.sets(st.sampled_from(Roles.values), max_size=2)
SEES = set(Roles.values) - {"reviewer", "counterpart"}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(roles=roles, is_public=st.booleans(), is_barred=st.booleans())
def test_nobody_sees_what_they_may_not(mexico, roles, is_public, is_barred):
    pledge = make.make_pledge(mexico)
    if is_public:
        make.make_public(pledge)
    name = "-".join(sorted(roles)) or "nobody"
    user = people.join(f"{name}@example.org", by=None, at=SPRING)
    for role in roles:
        make.officer(mexico, role, user.email)
    if is_barred:
        people.close_to(user, pledge.commitment, by=None, at=SPRING, reason="interest")

    seen = queries.visible_to(user, at=SUMMER).filter(pk=pledge.pk).exists()

    assert seen == (not is_barred and (is_public or bool(roles & SEES)))
    answer = signed_in(user).get(address("pledge", pledge.reference))
    assert answer.status_code == (200 if seen else 404)


@pytest.mark.parametrize("name", ["desk", "pledge"])
def test_a_page_costs_the_same_with_one_pledge_or_series_and_with_six(mexico, name):
    clerk, manager = make.officer(mexico), make.officer(mexico, "manager")
    browser, counts, first = signed_in(manager), [], make.make_measured(mexico)
    parts = (first.reference,) if name == "pledge" else ()
    page(browser, name, *parts)
    for number in range(6):
        make.make_series(first, by=clerk)
        make.make_series(make.make_pledge(mexico, by=clerk), by=clerk)
        if number in {0, 5}:
            with CaptureQueriesContext(connection) as seen:
                page(browser, name, *parts)
            counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_a_series_of_many_days_stays_a_page(mexico, pledge):
    points = [
        Point(date(2006, 1, 1) + timedelta(days=day), Fraction(day % 90)) for day in range(7000)
    ]
    make.make_series(pledge, points=points)
    make.make_public(pledge)

    html = page(Client(), "pledge", pledge.reference)

    assert "6,800 earlier values stand in the CSV only." in html
    assert html.count("<tr") == 1 + 200
    assert len(html) < 300_000
    data = Client().get(address("download", pledge.reference, 1)).content
    assert data.count(b"\n") == 7001


def test_strange_addresses_are_not_found(mexico):
    pledge = make.make_measured(mexico)
    for where in (
        address("download", pledge.reference, 10**30),
        address("download", pledge.reference, 0),
        "/en/climate/pledges/'%20OR%201=1/",
        "/en/climate/pledges/CLIMATE-00000/",
    ):
        assert Client().get(where).status_code == 404
