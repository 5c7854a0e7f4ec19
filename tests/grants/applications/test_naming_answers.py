"""A summary of errors says which box each sentence is about."""

from django.utils.translation import override

from monarca.grants.applications import forms
from monarca.grants.applications.queries import sheet_of
from tests.world import definition, make_draft


def test_a_question_of_one_box_is_named_by_its_label():
    with override("en"):
        [(_name, said)] = forms.titled(definition(), {"title": "It is empty."})

    assert said == "Title of the project: It is empty."


def test_a_box_in_a_row_is_named_by_its_question_and_its_own_label():
    with override("en"):
        [(name, said)] = forms.titled(definition(), {"activities-r2-starts": "No month."})

    assert (name, said) == ("activities-r2-starts", "Work plan · Begins (month): No month.")


def test_a_box_of_the_table_of_people_is_named_by_its_row_and_column():
    with override("en"):
        [(_name, said)] = forms.titled(definition(), {"beneficiaries-direct-women": "Too few."})

    assert said == "How many people will it reach? · Women, take part: Too few."


def test_a_sentence_about_the_budget_names_its_line():
    with override("en"):
        assert forms.lined({"line-r3-fund": "Too much."}) == [("line-r3-fund", "Line 3: Too much.")]


def test_a_part_with_something_to_correct_opens_with_what_is_wrong(call, person):
    file = make_draft(call, person(), starts_on={"raw": "2024-13-40"})
    with override("en"):
        rows = {row[0]: row[2] for row in forms.tasks_of(sheet_of(file))["rows"]}

    assert rows["The project"].endswith(f"/applications/{file.reference}/project/?check=1")
    assert rows["Your organization"].endswith("/organisation/")
