"""How sure the ranking is: the page says what the engine says, and only of what one may see."""

import json
from decimal import Decimal
from math import ceil, floor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from monarca.config.cli import main
from monarca.engines import scoring
from monarca.engines.scoring import Line, Review
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application
from monarca.grants.decisions.queries import ranking
from monarca.grants.reviews.queries import points_told
from monarca.grants.screening.models import Withdrawal
from monarca.ground.people import actions as people
from tests import world
from tests.world_decisions import MET, make_ruling, shrink_envelope
from tests.world_reviews import READ, make_declared, make_reviewed
from tests.world_screening import make_officer

TABLE = {
    "Ana": (5, 4, 4, 3, 3, 4),
    "Luis": (5, 5, 4, 3, 2, 3),
    "Rosa": (3, 2, 2, 1, 0, 1),
}
"""What three people give six files; Rosa is severe beyond doubt."""


def reader(name):
    return make_officer("reviewer", f"{name.lower()}@example.org")


def make_file(call, person, number):
    name = f"Grupo {number}"
    return world.make_submitted(call, person(f"g{number}@example.org"), name=name, legal_name=name)


def make_read(call, person, table):
    """Files that were read as the table says; None: not given to this reader."""
    made = []
    for number in range(len(next(iter(table.values())))):
        file = make_file(call, person, number)
        for name, points in table.items():
            if points[number] is not None:
                make_reviewed(file, reader(name), points=points[number])
        made.append(file)
    return made


@pytest.fixture
def read(call, person):
    return make_read(call, person, TABLE)


def reviews_of(files, table):
    """The same as the engine takes it, with the readers' names."""
    return [
        Review(file.reference, name, float(points[number]))
        for name, points in table.items()
        for number, file in enumerate(files)
        if points[number] is not None
    ]


def page(browser, call, query="", *, lang="en", status=200):
    with override(lang):
        answer = browser.get(reverse("decisions:ranking", args=[call.code]) + query)
    assert answer.status_code == status
    return answer.content.decode()


def rows_of(shown, caption="Files, the best mean first"):
    """The rows of a table as words, by column; a cell's small print after a bar."""
    tables = html.fromstring(shown).xpath("//table[caption=$said]", said=caption)
    if not tables:
        return []
    head = [each.text_content() for each in tables[0].xpath("./thead//th")]
    return [
        dict(zip(head, [" ".join(" ".join(cell.itertext()).split()) for cell in row], strict=True))
        for row in tables[0].xpath("./tbody/tr")
    ]


def two(value, places=2):
    return f"{Decimal(str(round(value, places))).normalize():f}"


def percent(chance):
    if chance >= 0.995:
        return "> 99%"
    return "< 1%" if chance <= 0.005 else f"{Decimal(str(chance)):.0%}"


def test_every_figure_of_the_page_is_the_engine_s(read, manager, browser_of):
    given = reviews_of(read, TABLE)
    raw = scoring.rank(given, line=Line(fund=2))
    second = scoring.rank(given, way="calibrated", line=Line(fund=2))
    other = {each.application: each for each in second.standings}
    assert second.way == "calibrated"

    rows = rows_of(page(browser_of(manager), read[0].call, "?fund=2"))

    assert len(rows) == len(raw.standings) == 6
    for row, plain in zip(rows, raw.standings, strict=True):
        more = other[plain.application]
        assert row["File"].startswith(plain.application)
        assert (row["Rank"], row["Mean"]) == (str(plain.rank), two(plain.raw))
        assert row["Calibrated"] == two(more.calibrated)
        assert row["Interval (8 in 10)"] == f"{two(more.low)} – {two(more.high)}"
        assert row["Expected rank"] == two(more.expected_rank, 1)
        assert row["Chance"] == percent(more.chance)
        said = {"above": "above", "below": "below", "tied": "level with the line"}
        assert row["Line"].startswith(said[plain.side])
        assert ("too close to call" in row["Line"]) == more.is_in_tie_band


def test_the_severity_of_a_reader_is_told_by_number_where_it_is_adjusted(read, manager, browser_of):
    found = scoring.rank(reviews_of(read, TABLE), way="calibrated")
    adjusted = [each for each in found.reviewers if each.is_adjusted]
    numbers = {"Ana": "R1", "Luis": "R2", "Rosa": "R3"}
    assert adjusted[-1].reviewer == "Rosa"
    assert adjusted[-1].severity < -1

    shown = page(browser_of(manager), read[0].call)

    assert rows_of(shown, "Readers whose scores are adjusted") == [
        {
            "Reader": numbers[each.reviewer],
            "Files read": "6",
            "Scores": f"{two(abs(each.severity))} {'lower' if each.severity < 0 else 'higher'}"
            f" (± {two(each.error)}) than the others on the same files",
        }
        for each in adjusted
    ]
    assert "rosa@example.org" not in shown


def test_readers_who_differ_as_by_chance_are_not_adjusted(call, person, manager, browser_of):
    table = {"Ana": (5, 3, 4, 1), "Luis": (4, 4, 3, 2)}
    files = make_read(call, person, table)
    found = scoring.rank(reviews_of(files, table), way="calibrated")
    assert not any(each.is_adjusted for each in found.reviewers)

    shown = page(browser_of(manager), call)

    assert "No reader is adjusted" in shown
    assert rows_of(shown, "Readers whose scores are adjusted") == []
    assert all(row["Mean"] == row["Calibrated"] for row in rows_of(shown))


def test_the_page_and_the_command_agree(read, manager, browser_of, capsys):
    main(
        ["rank", read[0].call.code, "--json", "--calibrated", "--fund", "3", "--as", manager.email]
    )
    told = json.loads(capsys.readouterr().out)

    rows = rows_of(page(browser_of(manager), read[0].call, "?fund=3"))

    by_command = {
        each["application"]: (two(each["raw"]), two(each["calibrated"]))
        for each in told["ranking"]["standings"]
    }
    assert {row["File"].split()[0]: (row["Mean"], row["Calibrated"]) for row in rows} == by_command
    said = told["agreement"]["reason"]["values"]
    assert f"{said['form']} is {two(said['single'])} for one reading" in page(
        browser_of(manager), read[0].call
    )


def test_a_dot_stands_where_the_score_stands(read, manager, browser_of):
    shown = html.fromstring(page(browser_of(manager), read[0].call, "?fund=2"))
    second = scoring.rank(reviews_of(read, TABLE), way="calibrated", line=Line(fund=2))
    ends = [each.low for each in second.standings] + [each.high for each in second.standings]
    first, last = max(floor(min(ends)), 0), min(ceil(max(ends)), 5)
    assert f"Drawn from {first} to {last} points." in shown.text_content()

    def place(value):
        return pytest.approx(min(100, 4 + (value - first) * 92 / (last - first)), abs=0.051)

    rows = shown.xpath("//table[.//*[local-name()='circle']]/tbody/tr")
    for row, known in zip(rows, second.standings, strict=True):
        (dot,) = row.xpath(".//*[local-name()='circle']")
        (line,) = row.xpath(".//*[@stroke-dasharray]")
        (reach,) = row.xpath(".//*[local-name()='line'][@class='l-ink'][@stroke-width='3']")
        assert next(row.xpath("./th")[0].itertext()).strip() == known.application
        assert float(dot.get("cx").rstrip("%")) == place(known.calibrated)
        assert float(line.get("x1").rstrip("%")) == place(second.cut)
        assert float(reach.get("x1").rstrip("%")) == place(known.low)
        assert float(reach.get("x2").rstrip("%")) == place(known.high)
        assert ("f-paper" in dot.get("class")) == known.is_in_tie_band


def test_who_may_not_know_of_a_sealed_file_sees_the_page_as_if_it_were_not(
    read, manager, browser_of
):
    sealed, rest = read[0], read[1:]
    eva = make_officer("manager", "eva@example.org")
    applications.seal(sealed, by=manager, at=READ, readers=[eva], alias="Un grupo")
    table = {name: points[1:] for name, points in TABLE.items()}
    second = scoring.rank(reviews_of(rest, table), way="calibrated", line=Line(fund=2))

    outsider = page(browser_of(make_officer("finance")), sealed.call, "?fund=2")
    reader_of_it = page(browser_of(eva), sealed.call, "?fund=2")

    assert sealed.reference not in outsider
    assert "Un grupo" not in outsider
    scores = {row["File"].split()[0]: row["Calibrated"] for row in rows_of(outsider)}
    assert scores == {each.application: two(each.calibrated) for each in second.standings}
    assert len(rows_of(reader_of_it)) == 6
    assert "Un grupo" in reader_of_it


def test_a_reader_of_sealed_files_alone_takes_no_number(read, manager):
    only = make_officer("reviewer", "solo@example.org")
    make_reviewed(read[0], only, points=1)
    applications.seal(read[0], by=manager, at=READ, readers=[], alias="Un grupo")

    files = Application.objects.filter(call=read[0].call)
    told = points_told(files, user=make_officer("finance"), at=MET)

    assert {point.email for point in told} == {f"{name.lower()}@example.org" for name in TABLE}
    assert {each.reviewer for each in ranking.numbered(told)} == {"R1", "R2", "R3"}


def test_a_barred_person_finds_the_call_only_by_its_other_files(read, manager, browser_of):
    browser = browser_of(manager)
    people.close_to(manager, read[0], by=None, at=MET, reason="conflict")
    shown = page(browser, read[0].call)
    assert read[0].reference not in shown
    assert len(rows_of(shown)) == 5

    for file in read[1:]:
        people.close_to(manager, file, by=None, at=MET, reason="conflict")
    page(browser, read[0].call, status=404)


def test_nobody_learns_the_points_of_a_file_that_they_have_still_to_read(read, manager, browser_of):
    people.give_role(manager, by=None, at=world.DAWN, mission=read[0].call.mission, role="reviewer")
    assert read[2].reference in page(browser_of(manager), read[0].call)
    make_declared(read[2], manager)

    shown = page(browser_of(manager), read[0].call)

    assert read[2].reference not in shown
    assert len(rows_of(shown)) == 5


def test_a_file_that_was_taken_back_is_not_ranked(read, manager, person, browser_of):
    Withdrawal.objects.create(application=read[1], by=person(), at=MET)

    assert read[1].reference not in page(browser_of(manager), read[0].call)


def test_a_restricted_file_is_ranked_by_its_alias(read, manager, browser_of):
    Application.objects.filter(pk=read[0].pk).update(sensitivity="restricted", alias="Colibrí 7")

    shown = page(browser_of(manager), read[0].call)

    assert "Colibrí 7" in shown
    assert shown.count("Agua limpia") == 2 * 5, "in the drawing and in the table"


@pytest.mark.parametrize(
    "role", ["manager", "head_of_mission", "coordinator", "finance", "headquarters", "auditor"]
)
def test_the_page_is_linked_for_whoever_sees_the_committee_s_list(reviewed, browser_of, role):
    browser = browser_of(make_officer(role))
    with override("en"):
        place = reverse("decisions:ranking", args=[reviewed.call.code])
        listed = browser.get(reverse("decisions:list")).content.decode()
        file = browser.get(reverse("decisions:file", args=[reviewed.reference])).content.decode()
    assert f'href="{place}"' in listed
    assert f'href="{place}"' in file
    page(browser, reviewed.call)


def test_reviewers_applicants_and_strangers_have_no_ranking(read, person, browser_of):
    for user in (reader("Ana"), person("g0@example.org"), person("x@example.org")):
        page(browser_of(user), read[0].call, status=404)


def test_a_call_without_a_reviewed_file_has_no_ranking(call, submitted, manager, browser_of):
    page(browser_of(manager), call, status=404)


def test_a_file_that_is_read_once_more_after_the_meeting_leaves_nothing_to_rank(
    reviewed, manager, browser_of
):
    make_ruling(reviewed, "deferred")
    make_declared(reviewed, reader("Luis"))

    shown = page(browser_of(manager), reviewed.call)

    assert "Nothing has been scored yet." in shown
    assert rows_of(shown) == []


def test_one_reader_is_compared_with_nobody_and_no_interval_is_made_up(
    call, person, manager, browser_of
):
    make_read(call, person, {"Ana": (5, 3, 4)})

    shown = page(browser_of(manager), call, "?fund=1")

    assert "No score is calibrated: R1 is the only reviewer" in shown
    assert "No file was read twice" in shown
    rows = rows_of(shown)
    assert [list(row) for row in rows] == [["File", "Rank", "Mean", "Line"]] * 3
    assert [(row["Rank"], row["Mean"], row["Line"]) for row in rows] == [
        ("1", "5", "above"),
        ("2", "4", "below"),
        ("3", "3", "below"),
    ]


def test_readers_who_share_no_file_are_not_compared(call, person, manager, browser_of):
    table = {"Ana": (5, 4, None, None), "Luis": (4, 4, None, None)}
    table |= {"Rosa": (None, None, 2, 3), "Sol": (None, None, 3, 3)}
    files = make_read(call, person, table)
    raw = scoring.rank(reviews_of(files, table), line=Line(fund=2))

    shown = page(browser_of(manager), call, "?fund=2")

    assert "The reviewers form 2 groups that share no file" in shown
    assert "The interval belongs to the mean." in shown
    for row, plain in zip(rows_of(shown), raw.standings, strict=True):
        assert "Calibrated" not in row
        assert row["Interval (8 in 10)"] == f"{two(plain.low)} – {two(plain.high)}"


def test_the_line_stands_where_the_envelope_ends_until_the_committee_has_settled_all(
    read, manager, browser_of
):
    call = read[0].call
    shrink_envelope(call, 2 * 4_500_000 + 4_499_999)
    browser = browser_of(manager)
    said = "under the best 2 files: that is how many the whole envelope holds"
    assert said in page(browser, call)

    make_ruling(read[0], cents=1_000_000)
    assert said in page(browser, call), "the committee has only begun"

    for file in read[1:]:
        make_ruling(file, "declined")
    assert "under the best 1 file: that is how many the committee approved." in page(browser, call)
    assert "under the best 4 files, as you asked." in page(browser, call, "?fund=4")


@pytest.mark.parametrize("typed", ["x", "-1", "2.5", "1234567", "٣", "<b>"])
def test_a_line_that_is_no_number_of_files_is_refused_and_kept(read, manager, browser_of, typed):
    shown = page(browser_of(manager), read[0].call, f"?fund={typed}", status=422)
    assert "must be a whole number" in shown
    assert html.fromstring(shown).xpath("//input[@name='fund']/@value") == [typed]
    assert len(rows_of(shown)) == 6


@pytest.mark.parametrize("fund", ["0", "6", "999999"])
def test_a_line_that_parts_nobody_leaves_nothing_to_call(read, manager, browser_of, fund):
    shown = page(browser_of(manager), read[0].call, f"?fund={fund}")
    assert {row["Line"] for row in rows_of(shown)} == {"below" if fund == "0" else "above"}
    assert ("none would be funded" in shown) == (fund == "0")
    assert {row["Chance"] for row in rows_of(shown)} == {"0%" if fund == "0" else "100%"}
    assert "too close to call:" not in shown


SAID = {"en": "How sure is the", "es": "Qué tan segura es la", "fr": "Le classement est-il sûr"}


@pytest.mark.parametrize(("lang", "said"), SAID.items())
def test_the_page_opens_in_three_languages(read, manager, browser_of, lang, said):
    assert said in page(browser_of(manager), read[0].call, lang=lang)


@pytest.mark.usefixtures("asked_before")
def test_the_page_asks_as_many_questions_for_nine_files_as_for_three(
    call, person, manager, browser_of
):
    browser = browser_of(manager)

    def count():
        with CaptureQueriesContext(connection) as asked:
            page(browser, call)
        return len(asked)

    make_read(call, person, {name: points[:3] for name, points in TABLE.items()})
    few = count()
    for number in range(3, 9):
        file = make_file(call, person, number)
        make_reviewed(file, reader("Ana"), points=number % 6)
        make_reviewed(file, reader("Luis"), points=3)
    assert count() == few
    assert few <= 10
