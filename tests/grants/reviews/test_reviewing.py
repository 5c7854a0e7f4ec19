"""A review: given, declared, scored with comments, stated with evidence, recommended."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.states import MoveRefused
from monarca.grants.applications import queries as applications
from monarca.grants.reviews import actions, queries
from monarca.grants.reviews.models import Assessment
from monarca.ground.journal.models import Entry
from monarca.ground.partners import actions as partners
from monarca.ground.people import actions as people
from tests import world
from tests.conftest import DAWN
from tests.world_reviews import (
    QUOTE,
    READ,
    booleans,
    make_assigned,
    make_declared,
    make_reviewed,
    scores,
)
from tests.world_screening import make_screened


def give(application, manager, reviewer, **more):
    return actions.assign(application, by=manager, at=READ, reviewer=reviewer, **more)


def state(assignment, **changes):
    values = {"kind": "need", "words": "Lo dicen.", "question": "gba_who", "quote": QUOTE}
    return actions.state(assignment, by=assignment.reviewer, at=READ, **{**values, **changes})


def test_only_an_eligible_file_is_reviewed(submitted, manager, reviewer):
    with pytest.raises(actions.NotEligibleYet):
        give(submitted, manager, reviewer)


def test_being_assigned_opens_the_file(submitted, manager, reviewer):
    make_screened(submitted, by=manager)
    assert not applications.visible_to(reviewer, at=READ).exists()

    give(submitted, manager, reviewer)

    assert applications.visible_to(reviewer, at=READ).get() == submitted


@pytest.mark.parametrize("role", ["coordinator", "finance", "reviewer", "auditor"])
def test_only_a_manager_assigns(submitted, manager, staff, role):
    make_screened(submitted, by=manager)
    with pytest.raises(PermissionDenied):
        give(submitted, staff(role, f"x-{role}@example.org"), staff("reviewer"))


def test_who_is_no_reviewer_is_not_given_a_file(submitted, manager, staff):
    make_screened(submitted, by=manager)
    with pytest.raises(actions.CannotReview):
        give(submitted, manager, staff("finance"))


def test_who_began_the_application_does_not_score_it(submitted, manager, person, mexico):
    make_screened(submitted, by=manager)
    lupita = person()
    people.give_role(lupita, by=None, at=DAWN, mission=mexico, role="reviewer")

    with pytest.raises(actions.CannotReview):
        give(submitted, manager, lupita)


def test_who_ever_spoke_for_the_group_does_not_score_it(submitted, manager, reviewer, person):
    make_screened(submitted, by=manager)
    partners.admit(reviewer, by=person(), at=DAWN, organisation=submitted.applicant)

    with pytest.raises(actions.CannotReview):
        give(submitted, manager, reviewer)


def test_a_review_is_not_due_yesterday(submitted, manager, reviewer):
    make_screened(submitted, by=manager)
    with pytest.raises(actions.DueInThePast):
        give(submitted, manager, reviewer, due_on=date(2024, 5, 5))


def test_assigning_twice_is_one_review(submitted, manager, reviewer):
    first = make_assigned(submitted, reviewer)
    assert give(submitted, manager, reviewer) == first
    assert Entry.objects.filter(verb="review.assigned").count() == 1


def test_nobody_scores_before_declaring(submitted, reviewer):
    assignment = make_assigned(submitted, reviewer)
    with pytest.raises(actions.DeclareFirst):
        actions.score(assignment, by=reviewer, at=READ, scores=scores())


def test_an_actual_conflict_closes_the_file_at_once(submitted, reviewer):
    assignment = make_assigned(submitted, reviewer)
    actions.declare(submitted, by=reviewer, at=READ, level="actual", words="Es mi hermana.")

    assignment.refresh_from_db()
    assert assignment.status == "recused"
    assert not applications.visible_to(reviewer, at=READ).exists()
    with pytest.raises(PermissionDenied):
        actions.score(assignment, by=reviewer, at=READ, scores=scores())
    assert "hermana" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_who_was_taken_off_is_not_given_the_file_again(declared, manager, reviewer):
    actions.recuse(declared, by=manager, at=READ)
    with pytest.raises(actions.CannotReview):
        give(declared.application, manager, reviewer)


def test_a_colleague_does_not_take_a_reviewer_off(declared, staff):
    with pytest.raises(PermissionDenied):
        actions.recuse(declared, by=staff("coordinator"), at=READ)


@pytest.mark.parametrize(("points", "words"), [(6, "Sí"), (-1, "Sí"), (3, "  ")])
def test_points_are_whole_from_0_to_5_and_explained(declared, reviewer, points, words):
    with pytest.raises(actions.ScoreNeedsAComment):
        actions.score(declared, by=reviewer, at=READ, scores={"need": (points, words)})
    declared.refresh_from_db()
    assert declared.status == "assigned"


def test_criteria_are_saved_one_by_one_and_nothing_given_is_lost(declared, reviewer):
    actions.score(declared, by=reviewer, at=READ, scores={"need": (3, "Bien")})
    actions.score(declared, by=reviewer, at=READ, scores={"gba": (4, "Muy bien")})
    found = actions.score(declared, by=reviewer, at=READ, scores={"need": (2, "Mejor visto")})

    assert dict(found.scores.values_list("criterion", "points")) == {"need": 2, "gba": 4}


def test_the_checklist_grows_and_knows_no_other_codes(declared, reviewer):
    actions.score(declared, by=reviewer, at=READ, scores={}, booleans={"analysis_done": True})
    found = actions.score(declared, by=reviewer, at=READ, scores={}, booleans={"do_no_harm": False})

    assert found.booleans == {"analysis_done": True, "do_no_harm": False}
    with pytest.raises(actions.UnknownCriterion):
        actions.score(declared, by=reviewer, at=READ, scores={}, booleans={"invented": True})


@pytest.mark.parametrize(("code", "words"), [(4, "Sí"), (2, ""), (-1, "Sí")])
def test_a_ge_code_is_0_to_3_with_its_reason(declared, reviewer, code, words):
    with pytest.raises(actions.GeNeedsAReason):
        actions.score(declared, by=reviewer, at=READ, scores={}, ge_code=code, ge_words=words)


@pytest.mark.parametrize(
    "quote",
    ["", "  ", "cien hombres", "mujeres doce", "manant", "cuidan el manantial y el volcán", "…"],
)
def test_a_statement_without_evidence_cannot_be_saved(declared, quote):
    with pytest.raises(actions.StatementNeedsEvidence):
        state(declared, quote=quote)
    assert not Assessment.objects.filter(statements__isnull=False).exists()


def test_evidence_stands_in_the_answer_that_is_named(declared):
    with pytest.raises(actions.StatementNeedsEvidence):
        state(declared, question="title")
    with pytest.raises(actions.StatementNeedsEvidence):
        state(declared, question="no_such_question")


@pytest.mark.parametrize(
    "quote", [QUOTE, QUOTE.upper(), "doce  mujeres\nque cuidan", "«doce mujeres»", "mujeres"]
)
def test_words_are_found_however_they_were_copied(declared, quote):
    assert state(declared, quote=quote).question == "gba_who"


@pytest.mark.parametrize(
    "changes",
    [{"kind": "invented"}, {"level": 9}, {"kind": "factor"}, {"kind": "factor", "code": "nobody"}],
)
def test_a_statement_uses_the_lists_of_the_call(declared, changes):
    with pytest.raises(actions.StatementNotUnderstood):
        state(declared, **changes)


@given(st.lists(st.sampled_from(["agua", "mujeres", "doce", "Ñuu", "savi."]), max_size=8))
def test_every_run_of_words_of_a_text_is_found_in_it(words):
    text = queries.plain(" ".join(words))
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            piece = queries.plain(" ".join(words[start:end]))
            assert f" {piece} " in f" {text} "


def test_advice_waits_for_every_criterion_and_the_ge_code(declared, reviewer):
    actions.score(declared, by=reviewer, at=READ, scores=scores(), booleans=booleans())
    with pytest.raises(actions.NotComplete):
        actions.recommend(declared, by=reviewer, at=READ, advice="approve", words="Sí")
    assert queries.missing_from(declared) == ("ge_code",)


def test_a_complete_review_changes_only_when_it_is_returned(submitted, manager, reviewer):
    done = make_reviewed(submitted, reviewer)
    assert done.status == "complete"
    assert done.completed_at == READ
    with pytest.raises(MoveRefused):
        actions.score(done, by=reviewer, at=READ, scores={"need": (1, "No")})

    actions.return_(done, by=manager, at=READ)
    actions.score(done, by=reviewer, at=READ, scores={"need": (1, "No")})
    assert done.status == "in_progress"


def test_others_scores_stay_closed_until_ones_own_are_given(submitted, staff):
    first, second = staff("reviewer"), staff("reviewer", "otra@example.org")
    done = make_reviewed(submitted, first)
    mine = make_declared(submitted, second)
    assert list(queries.visible_to(second, at=READ)) == [mine]

    make_reviewed(submitted, second)
    assert set(queries.visible_to(second, at=READ)) == {mine, done}


def test_a_file_that_was_taken_back_leaves_no_work(submitted, manager, reviewer):
    done = make_reviewed(submitted, reviewer)
    assert queries.reviewed().get() == done
    summary = queries.summary(submitted, world.definition())
    assert (summary.reviews, str(summary.mean), summary.ge_codes) == (1, "4.00", (2,))


def test_the_least_loaded_reviewer_comes_first_and_hindrances_are_named(
    submitted, manager, staff, person, mexico
):
    busy, free = staff("reviewer"), staff("reviewer", "libre@example.org")
    make_declared(submitted, busy)
    lupita = person()
    people.give_role(lupita, by=None, at=DAWN, mission=mexico, role="reviewer")

    found = {c.user: (c.load, c.hindrance) for c in queries.candidates(submitted, at=READ)}

    assert found == {free: (0, ""), lupita: (0, "took_part"), busy: (1, "assigned")}
