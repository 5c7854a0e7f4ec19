"""The pages of reviews as a reviewer and a manager meet them, without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications.models import Application
from monarca.grants.reviews import actions, queries
from monarca.grants.reviews.models import Assessment, Assignment, Statement
from tests import world
from tests.world_reviews import QUOTE, READ, make_assigned, make_declared, make_reviewed, scores
from tests.world_screening import make_screened


def address(name, *parts):
    with override("en"):
        return reverse(f"reviews:{name}", args=parts)


def card(points="4", **changes):
    """A whole scorecard as a browser sends it."""
    sent = {f"p_{code}": points for code in scores()}
    sent |= {f"w_{code}": "Se sostiene." for code in scores()}
    sent |= {f"b_{b['code']}": "yes" for b in world.definition()["gba"]["booleans"]}
    return {**sent, "ge_code": "3", "ge_words": "Es su fin.", "overall": "strong", **changes}


STATEMENT = {
    "s_kind": "need",
    "s_level": "2",
    "s_words": "Falta agua limpia.",
    "s_question": "gba_who",
    "s_quote": QUOTE,
}


def test_the_reviewer_first_says_what_ties_them_to_the_file(submitted, reviewer, browser_of):
    make_assigned(submitted, reviewer)
    browser, ref = browser_of(reviewer), submitted.reference
    assert browser.get(address("review", ref)).url == address("interest", ref)

    silent = browser.post(address("interest", ref), {"level": "potential"})
    assert silent.status_code == 422
    answer = browser.post(address("interest", ref), {"level": "none"})
    assert answer.url == address("review", ref)
    assert browser.get(address("review", ref)).status_code == 200


def test_an_actual_interest_ends_with_one_clear_sentence_and_then_404(
    submitted, reviewer, browser_of
):
    make_assigned(submitted, reviewer)
    browser, ref = browser_of(reviewer), submitted.reference

    sent = {"level": "actual", "words": "Es mi hermana."}
    answer = browser.post(address("interest", ref), sent, follow=True)

    assert "You take no part in this file" in answer.content.decode()
    assert ref not in answer.content.decode()
    for name in ("review", "interest", "complete", "file"):
        assert browser.get(address(name, ref)).status_code == 404
    assert ref not in browser.get(address("list")).content.decode()


def test_the_applicants_words_stand_beside_the_scorecard_in_their_language(
    declared, reviewer, browser_of
):
    page = browser_of(reviewer).get(address("review", declared.application.reference))

    text = page.content.decode()
    words = text[: text.index("Somos doce mujeres que cuidan el manantial")]
    assert words.rsplit("<div", 1)[1].replace("\n", "") == ' lang="es"><p>'
    assert text.count('type="radio" id="id_p_') == 6 * len(scores())


def test_everything_is_saved_at_once(declared, reviewer, browser_of):
    ref = declared.application.reference
    answer = browser_of(reviewer).post(address("review", ref), card(**STATEMENT))

    assert answer.status_code == 302
    found = Assessment.objects.get()
    assert dict(found.scores.values_list("criterion", "points")) == dict.fromkeys(scores(), 4)
    assert (found.ge_code, found.overall, found.booleans["do_no_harm"]) == (3, "strong", True)
    assert found.statements.get().quote == QUOTE


def test_one_criterion_can_be_saved_alone(declared, reviewer, browser_of):
    ref = declared.application.reference
    browser_of(reviewer).post(address("review", ref), {"p_need": "3", "w_need": "Bien"})

    assert Assessment.objects.get().scores.get().words == "Bien"


def test_points_without_a_comment_come_back_and_the_rest_is_saved(declared, reviewer, browser_of):
    ref = declared.application.reference
    sent = {"p_need": "3", "w_need": "Bien", "p_gba": "5", "w_risk": "Sin puntos"}
    answer = browser_of(reviewer).post(address("review", ref), sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say why: a comment is missing." in page
    assert "Choose points from 0 to 5." in page
    assert 'id="id_p_gba_5" name="p_gba" value="5" checked' in page
    assert "Sin puntos" in page
    assert Assessment.objects.get().scores.get().criterion == "need"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"s_quote": "cien hombres"}, "These words do not stand in that answer."),
        ({"s_quote": ""}, "Copy the applicant&#x27;s own words."),
        ({"s_question": ""}, "Choose the answer it rests on."),
        ({"s_kind": "factor"}, "Choose the factor."),
        ({"s_kind": ""}, "Choose what it is about."),
    ],
)
def test_a_statement_without_evidence_is_refused_at_the_field_and_kept_as_typed(
    changes, error, declared, reviewer, browser_of
):
    ref = declared.application.reference
    answer = browser_of(reviewer).post(address("review", ref), {**STATEMENT, **changes})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert error in page
    assert "Falta agua limpia." in page
    assert not Statement.objects.exists()


def test_a_kept_statement_is_not_typed_again_when_another_part_is_wrong(
    declared, reviewer, browser_of
):
    ref = declared.application.reference
    answer = browser_of(reviewer).post(address("review", ref), {**STATEMENT, "p_gba": "5"})

    assert answer.status_code == 422
    assert Statement.objects.count() == 1
    assert ">Falta agua limpia.</textarea>" not in answer.content.decode()


def test_striking_a_statement_saves_what_was_typed_beside_it(declared, reviewer, browser_of):
    browser, ref = browser_of(reviewer), declared.application.reference
    browser.post(address("review", ref), STATEMENT)
    page = browser.get(address("review", ref)).content.decode()
    key = page.split('name="strike" value="')[1].split('"')[0]

    browser.post(address("review", ref), {"strike": key, "p_need": "2", "w_need": "Poco"})

    assert not Statement.objects.exists()
    assert Assessment.objects.get().scores.get().points == 2


def test_the_marker_is_derived_criterion_by_criterion_beside_ones_own(
    declared, reviewer, browser_of
):
    browser, ref = browser_of(reviewer), declared.application.reference
    browser.post(address("review", ref), card(b_equality_is_main_aim="no"))

    page = browser.get(address("review", ref)).content.decode()
    assert "The evidence gives the gender equality code GE-2." in page
    assert "differs from the checklist" in page
    assert "A gender analysis was done" in page


def test_completing_says_what_is_missing_and_then_closes(declared, reviewer, browser_of):
    browser, ref = browser_of(reviewer), declared.application.reference
    early = browser.post(address("complete", ref), {"advice": "approve", "words": "Mi consejo"})
    assert early.status_code == 422
    assert "Mi consejo" in early.content.decode()

    browser.post(address("review", ref), card())
    done = browser.post(address("complete", ref), {"advice": "approve", "words": "Sí"})
    assert done.status_code == 302
    assert "Your review is complete." in browser.get(address("review", ref)).content.decode()
    assert browser.get(address("file", ref)).status_code == 200


def test_a_reviewer_reads_no_others_review_before_completing_their_own(
    submitted, staff, browser_of
):
    first, second = staff("reviewer"), staff("reviewer", "otra@example.org")
    make_reviewed(submitted, first)
    make_declared(submitted, second)
    browser = browser_of(second)
    assert browser.get(address("file", submitted.reference)).status_code == 404

    make_reviewed(submitted, second)
    page = browser.get(address("file", submitted.reference)).content.decode()
    assert page.count("Conviene apoyarlo.") == 2


def test_a_manager_who_also_reads_is_blind_until_done(
    submitted, manager, staff, mexico, browser_of
):
    from monarca.ground.people import actions as people

    people.give_role(manager, by=None, at=world.DAWN, mission=mexico, role="reviewer")
    make_reviewed(submitted, staff("reviewer", "otra@example.org"))
    make_declared(submitted, manager)

    page = browser_of(manager).get(address("file", submitted.reference)).content.decode()

    assert "Conviene apoyarlo." not in page
    assert "stays closed until your own review is complete" in page


def test_the_manager_assigns_by_hand(submitted, manager, reviewer, browser_of):
    make_screened(submitted, by=manager)
    browser, ref = browser_of(manager), submitted.reference
    assert ref in browser.get(address("list") + "?view=assign").content.decode()
    page = browser.get(address("file", ref)).content.decode()
    assert "0 unfinished reviews · English" in page

    due = {"due_on_day": "20", "due_on_month": "12", "due_on_year": "2099"}
    answer = browser.post(address("file", ref), {"reviewer": reviewer.email, **due})

    assert answer.status_code == 302
    assert Assignment.objects.get().reviewer == reviewer
    assert ref in browser.get(address("list") + "?view=going").content.decode()


def test_who_took_part_is_not_offered_and_a_forged_choice_is_refused(
    submitted, manager, person, mexico, browser_of
):
    from monarca.ground.people import actions as people

    make_screened(submitted, by=manager)
    people.give_role(person(), by=None, at=world.DAWN, mission=mexico, role="reviewer")
    browser, ref = browser_of(manager), submitted.reference
    assert "had a hand in the application" in browser.get(address("file", ref)).content.decode()

    forged = browser.post(address("file", ref), {"reviewer": person().email})
    assert forged.status_code == 422
    assert not Assignment.objects.exists()


def test_reviews_stand_side_by_side_and_differing_ge_codes_are_flagged(
    submitted, manager, staff, browser_of
):
    make_reviewed(submitted, staff("reviewer"), points=2, ge=1)
    make_reviewed(submitted, staff("reviewer", "otra@example.org"), points=5, ge=2)

    page = browser_of(manager).get(address("file", submitted.reference)).content.decode()

    assert "The gender equality codes differ" in page
    assert "2 · 5" in page
    assert "weighted mean 2 of 5" in page or "weighted mean 2.00 of 5" in page


def test_a_manager_returns_a_review_and_takes_a_reader_off(
    submitted, manager, reviewer, browser_of
):
    row = make_reviewed(submitted, reviewer)
    browser, ref = browser_of(manager), submitted.reference
    assert browser.post(address("return", ref, 1)).status_code == 302
    row.refresh_from_db()
    assert row.status == "in_progress"
    assert browser.get(address("remove", ref, 1)).status_code == 200
    browser.post(address("remove", ref, 1))
    row.refresh_from_db()
    assert row.status == "recused"
    assert browser.get(address("remove", ref, 7)).status_code == 404


def test_a_coordinator_reads_the_reviews_and_assigns_nobody(submitted, staff, browser_of):
    make_reviewed(submitted)
    browser, ref = browser_of(staff("coordinator")), submitted.reference

    assert browser.get(address("file", ref)).status_code == 200
    assert browser.post(address("file", ref), {"reviewer": "x"}).status_code == 403
    assert browser.post(address("return", ref, 1)).status_code == 403
    assert browser.get(address("remove", ref, 1)).status_code == 403


def test_a_restricted_file_is_listed_by_its_alias(submitted, reviewer, browser_of):
    make_assigned(submitted, reviewer)
    Application.objects.filter(pk=submitted.pk).update(sensitivity="restricted", alias="Colibrí 7")

    page = browser_of(reviewer).get(address("list")).content.decode()

    assert "Colibrí 7" in page
    assert "Tejedoras" not in page


def test_a_returned_review_keeps_everything(submitted, manager, reviewer, browser_of):
    row = make_reviewed(submitted, reviewer)
    actions.return_(row, by=manager, at=READ)
    page = browser_of(reviewer).get(address("review", submitted.reference)).content.decode()

    assert page.count("Se sostiene en sus respuestas.") == len(scores())
    assert queries.to_read(reviewer, at=READ).get() == row


@pytest.mark.parametrize("view", ["mine", "assign", "going"])
@pytest.mark.usefixtures("asked_before")
def test_a_list_asks_as_many_questions_for_thirty_files_as_for_three(
    view, call, person, manager, reviewer, browser_of
):
    browser = browser_of(reviewer if view == "mine" else manager)
    asked = []
    for number in range(30):
        file = world.make_submitted(call, person(f"p{number}@example.org"), name=f"Grupo {number}")
        if view == "assign":
            make_screened(file, by=manager)
        else:
            make_assigned(file, reviewer)
        if number in (2, 29):
            with CaptureQueriesContext(connection) as seen:
                page = browser.get(address("list") + f"?view={view}")
            assert page.content.decode().count("CFLI-MX-2024-") >= number
            asked.append(len(seen))
    assert asked[0] == asked[1] <= 10, [q["sql"][:120] for q in seen.captured_queries]
