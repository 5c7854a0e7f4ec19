"""Every kind of question: what was typed comes back, valid or not, and nothing is lost."""

import re

import pytest
from lxml import html

from monarca.engines import questions
from monarca.grants.applications import queries
from monarca.grants.applications.forms import posted
from monarca.grants.applications.models import Revision
from tests import world
from tests.grants.applications.filling import budget_page, page_of, section

HERE = "/en/applications/{}/"


def written(browser, draft, key, sent):
    """Post a section and read it back: the answer's status, and the page as it is afterwards."""
    here = HERE.format(draft.reference) + f"{key}/"
    answer = browser.post(here, sent)
    return answer, browser.get(here).content.decode()


@pytest.mark.parametrize("key", [each["key"] for each in world.definition()["sections"]])
def test_a_complete_section_comes_back_as_it_was_typed(draft, lupita, key):
    before = answered(draft)

    answer, _page = written(lupita, draft, key, page_of(key))

    assert answer.status_code == 302
    assert answered(draft) == before


@pytest.mark.parametrize("key", [each["key"] for each in world.definition()["sections"]])
def test_what_the_page_shows_is_what_saving_it_again_would_keep(draft, lupita, key):
    """The page's own fields, posted as they stand, change no answer."""
    here = HERE.format(draft.reference) + f"{key}/"
    before = answered(draft)

    lupita.post(here, fields_on(lupita.get(here).content.decode()))

    assert answered(draft) == before


def answered(draft):
    """The answers that say something; an empty text and no answer are the same."""
    held = queries.answers_of(draft).items()
    return {key: value for key, value in held if not questions.is_blank(value)}


def fields_on(page):
    """The fields of a form as a browser would send them."""
    sent = {}
    form = next(each for each in html.fromstring(page).forms if each.get("data-save") is not None)
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


TYPED = [
    ("project", "ends_on_day", "31 de septiembre", "ends_on", "31 de septiembre"),
    ("project", "requested", "a lot", "requested", 'value="a lot"'),
    ("project", "title", "x" * 121, "title", "x" * 121),
    ("organisation", "email", "tejedoras@", "email", 'value="tejedoras@"'),
    ("organisation", "phone", "call me", "phone", 'value="call me"'),
    ("organisation", "website", "not a page", "website", 'value="not a page"'),
    ("organisation", "founded", "long ago", "founded", 'value="long ago"'),
    ("narrative", "beneficiaries-direct-women", "many", "beneficiaries-direct-women", "many"),
    ("narrative", "activities-r1-starts", "someday", "activities-r1-starts", "someday"),
    ("gba", "gba_who", "palabra " * 151, "gba_who", "151 of 150 words"),
]


@pytest.mark.parametrize(("key", "name", "typed", "field", "shown"), TYPED)
def test_what_cannot_be_accepted_is_kept_and_pointed_at(
    draft, lupita, key, name, typed, field, shown
):
    sent = page_of(key, **{name: typed})
    if name == "ends_on_day":
        sent |= {"ends_on_month": "", "ends_on_year": ""}

    answer, page = written(lupita, draft, key, sent)

    assert answer.status_code == 422
    told = answer.content.decode()
    assert f'href="#{field}"' in told
    assert f'id="{field}' in told
    assert shown in told
    assert shown in page
    assert "<title>Error:" in told


def test_words_may_hold_markup_and_stay_words(draft, lupita):
    nasty = "<script>alert(1)</script> & “quotes”"
    written(lupita, draft, "gba", page_of("gba", gba_who=nasty))

    told = lupita.get(HERE.format(draft.reference) + "check/").content.decode()

    assert "&lt;script&gt;alert(1)" in told
    assert "<script>alert" not in told


def test_continuing_anyway_leaves_the_section_to_be_corrected(draft, lupita):
    answer, _page = written(lupita, draft, "gba", page_of("gba", gba_harm="", go="anyway"))

    assert answer.url == HERE.format(draft.reference) + "attachments/"
    listed = lupita.get(HERE.format(draft.reference)).content.decode()
    assert "1 answer is missing" in listed


def test_a_row_is_added_and_removed_by_buttons_alone(draft, lupita):
    here = HERE.format(draft.reference) + "narrative/"
    answer = lupita.post(here, page_of("narrative", add="results"))
    assert answer.url == f"{here}?add=results#results"
    assert 'name="results-r2-result"' in lupita.get(answer.url).content.decode()

    two = {"results-ids": ["r1", "r2"], "results-r2-result": "Menos enfermedades"}
    lupita.post(here, page_of("narrative", **two))
    assert [row["id"] for row in queries.answers_of(draft)["results"]] == ["r1", "r2"]

    lupita.post(here, page_of("narrative", **two, **{"results-r1-remove": "1"}))
    assert [row["result"] for row in queries.answers_of(draft)["results"]] == ["Menos enfermedades"]


def test_enter_in_a_field_saves_and_never_removes_a_row(draft, lupita):
    """A browser sends the first button of a form when somebody presses Enter."""
    page = lupita.get(HERE.format(draft.reference) + "narrative/").content.decode()
    form = page[page.index("data-save") :]

    assert form.index('name="go" value="next"') < form.index("-remove")


def test_choosing_a_state_leads_to_its_municipalities(draft, lupita):
    place = {"places-r1-place-state": "14", "places-r1-place-municipality": ""}
    here = HERE.format(draft.reference) + "project/"

    answer = lupita.post(here, page_of("project", again="places-r1-place-municipality", **place))

    page = lupita.get(answer.url).content.decode()
    assert "Guadalajara" in page
    assert "Oaxaca de Juárez" not in page


def test_questions_that_are_not_asked_are_folded_away_and_kept(draft, lupita):
    answer, page = written(lupita, draft, "organisation", page_of("organisation", registered="no"))

    assert answer.status_code == 302
    assert '<details class="if"><summary>If you answered “Yes” to “Is it legally' in page
    assert queries.answers_of(draft)["registration_number"] == world.WORDS["text"]


def test_at_risk_restricts_the_file_and_its_own_people_still_read_it(draft, lupita):
    written(lupita, draft, "organisation", page_of("organisation", registered="at_risk"))

    draft.refresh_from_db()
    assert (draft.sensitivity, draft.shown_title) == ("restricted", draft.reference)
    assert draft.title in lupita.get(HERE.format(draft.reference)).content.decode()


def test_two_tabs_keep_both_sections_and_every_earlier_word(draft, lupita):
    written(lupita, draft, "gba", page_of("gba", gba_who="Primera"))
    written(lupita, draft, "gba", page_of("gba", gba_who="Segunda"))
    written(lupita, draft, "project", page_of("project", title="Otra"))

    answers = queries.answers_of(draft)
    kept = Revision.objects.filter(answer__application=draft, answer__question="gba_who")
    assert (answers["gba_who"], answers["title"]) == ("Segunda", "Otra")
    assert "Primera" in kept.values_list("value", flat=True)


def test_a_date_is_read_from_three_boxes_or_from_one(rf):
    boxes = posted(rf.post("/", {"on_day": "1", "on_month": "9", "on_year": "2024"}).POST)
    words = posted(rf.post("/", {"on_day": "1 de septiembre de 2024", "on_year": ""}).POST)

    assert boxes == {"on-day": ["1"], "on-month": ["9"], "on-year": ["2024"]}
    assert words == {"on": ["1 de septiembre de 2024"]}


def test_the_budget_adds_up_and_completes_the_fund_s_share(draft, lupita):
    here = HERE.format(draft.reference) + "budget/"
    sent = budget_page(**{"line-r1-own": "2,690"})

    answer = lupita.post(here, sent)

    first, second = queries.lines_of(draft)
    assert (first.total_cents, first.fund_cents, first.own_cents) == (50669000, 50400000, 269000)
    assert second.fund_cents == 5629000
    assert answer.status_code == 302
    assert "MXN" in lupita.get(here).content.decode()


@pytest.mark.parametrize("typed", ["mucho", "12 USD", "1.2.3.4"])
def test_an_amount_that_cannot_be_read_is_kept_in_its_cell(draft, lupita, typed):
    here = HERE.format(draft.reference) + "budget/"

    answer = lupita.post(here, budget_page(**{"line-r1-unit": typed}))

    assert answer.status_code == 422
    assert 'href="#line-r1-unit"' in answer.content.decode()
    assert f'value="{typed}"' in lupita.get(here).content.decode()


def test_a_wrong_cell_of_the_budget_points_at_the_sentence_that_says_why(draft, lupita):
    here = HERE.format(draft.reference) + "budget/"
    page = lupita.post(here, budget_page(**{"line-r1-unit": "mucho"})).content.decode()

    [cell] = re.findall(r'<input[^>]*name="line-r1-unit"[^>]*>', page)
    [said_at] = re.findall(r'aria-describedby="([^"]+)"', cell)
    assert 'aria-invalid="true"' in cell
    assert re.search(rf'<div id="{said_at}"><span class="error">[^<]*mucho', page)


def test_lines_of_the_budget_are_added_and_removed_without_a_script(draft, lupita):
    here = HERE.format(draft.reference) + "budget/"
    answer = lupita.post(here, budget_page(add="1"))
    page = lupita.get(answer.url).content.decode()
    assert 'name="line-r5-description"' in page

    lupita.post(here, budget_page(**{"line-r1-remove": "1"}))
    assert [line.category for line in queries.lines_of(draft)] == ["overhead"]


def test_overhead_over_the_cap_is_said_beside_the_sums(draft, lupita):
    sent = budget_page(**{"line-r2-unit": "156,290.00", "line-r1-quantity": "8"})

    answer = lupita.post(HERE.format(draft.reference) + "budget/", sent)

    assert answer.status_code == 422
    assert "15" in " ".join(answer.context["table"].findings)


def test_every_question_of_the_form_is_on_its_page(draft, lupita):
    for key in [each["key"] for each in world.definition()["sections"]]:
        page = lupita.get(HERE.format(draft.reference) + f"{key}/").content.decode()
        for question in section(key)["questions"]:
            assert f'"{question["key"]}' in page, question["key"]
