"""Writing a report: everything typed is kept, and only a complete report can be sent."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from monarca.grants.reports import actions, queries
from monarca.grants.reports.models import Expense
from monarca.ground.files.actions import FileRefused
from monarca.ground.journal.models import Entry
from monarca.ground.people import actions as people
from tests import world
from tests import world_reports as make
from tests.world_reports import JULY, MARCH


@pytest.fixture
def report(agreement):
    return make.make_report(agreement)


def test_a_report_is_asked_for_with_a_letter_and_a_number(agreement, coordinator):
    first = actions.request(
        agreement,
        by=coordinator,
        at=JULY,
        kind="interim",
        due_on=date(2024, 10, 1),
        from_on=make.FROM,
        until_on=date(2024, 9, 30),
    )
    second = make.make_report(agreement)

    assert (first.number, second.number) == (1, 2)
    assert first.language == "es"
    assert Entry.objects.filter(verb="letter.written", data__key="report.due").count() == 2


def test_dates_out_of_order_are_refused(agreement):
    with pytest.raises(actions.PeriodOutOfOrder):
        make.make_report(agreement, from_on=date(2025, 3, 1), until_on=date(2025, 2, 1))
    with pytest.raises(actions.PeriodOutOfOrder):
        make.make_report(agreement, due_on=date(2025, 2, 1))


def test_a_second_final_report_is_refused(report, agreement):
    with pytest.raises(actions.FinalAlreadyAsked):
        make.make_report(agreement)


def test_a_draft_agreement_owes_no_report(agreement):
    type(agreement).objects.filter(pk=agreement.pk).update(status="draft")
    with pytest.raises(actions.AgreementNotInForce):
        make.make_report(agreement)


@pytest.mark.parametrize(
    "role", ["reviewer", "head_of_mission", "finance", "headquarters", "auditor"]
)
def test_other_roles_do_not_ask_for_reports(agreement, staff, role):
    with pytest.raises(PermissionDenied):
        actions.request(
            agreement,
            by=staff(role),
            at=JULY,
            kind="final",
            due_on=make.DUE,
            from_on=make.FROM,
            until_on=make.UNTIL,
        )


def test_what_cannot_be_read_is_kept_and_named(report, lupita):
    actions.save_story(report, by=lupita, at=MARCH, people={"direct": {"women": {"raw": "muchas"}}})
    actions.save_expenses(
        report,
        [{**make.row(100), "cents": {"raw": "mil pesos"}, "spent_on": {"raw": "ayer"}}],
        by=lupita,
        at=MARCH,
    )

    assert report.people == {"direct": {"women": {"raw": "muchas"}}}
    assert report.rows[0]["cents"] == {"raw": "mil pesos"}
    assert Expense.objects.count() == 0
    fields = {each.field for each in queries.problems_of(report)}
    assert {"people-direct-women", "row-r1-cents", "row-r1-spent_on"} <= fields


def test_saving_one_part_leaves_the_others(report, lupita):
    actions.save_story(
        report, by=lupita, at=MARCH, narrative={"activities": "Uno"}, money={"interest": 5}
    )
    actions.save_story(
        report,
        by=lupita,
        at=MARCH,
        narrative={"results": "Dos"},
        money={"why": {"training": "Tres"}},
    )

    assert report.narrative == {"activities": "Uno", "results": "Dos"}
    assert report.money == {"interest": 5, "why": {"training": "Tres"}}


def test_saving_is_not_an_act(report, lupita):
    before = Entry.objects.count()
    make.fill(report, lupita)

    assert Entry.objects.count() == before


def test_a_complete_report_has_nothing_wrong_and_is_sent_with_its_hash(report, lupita):
    make.fill(report, lupita)
    assert queries.problems_of(report) == ()

    actions.submit(report, by=lupita, at=MARCH, name="Lupita Cruz", title="Presidenta")

    entry = Entry.objects.get(verb="report.submitted")
    assert report.status == "submitted"
    assert report.certified_name == "Lupita Cruz"
    assert len(entry.data["sha256"]) == 64


@pytest.mark.parametrize("key", sorted(set(make.NARRATIVE)))
def test_each_required_question_keeps_an_empty_answer_from_being_sent(report, lupita, key):
    make.fill(report, lupita)
    actions.save_story(report, by=lupita, at=MARCH, narrative={key: None})

    with pytest.raises(actions.NotComplete):
        actions.submit(report, by=lupita, at=MARCH, name="Lupita", title="Presidenta")
    assert [each.field for each in queries.problems_of(report)] == [key]


def test_a_final_report_needs_an_outcome_not_only_an_output(report, lupita):
    make.fill(report, lupita)
    output = next(each.key for each in queries.measures_of(report) if not each.is_outcome)
    actions.save_story(
        report,
        by=lupita,
        at=MARCH,
        actuals=[{"indicator": output, "group": "", "value": 9, "words": ""}],
    )

    assert [each.reason.code for each in queries.problems_of(report)] == ["report.outcome_missing"]


def test_an_interim_report_is_content_with_an_output_and_asks_less(agreement, lupita):
    report = make.fill(make.make_report(agreement, kind="interim"), lupita)
    output = next(each.key for each in queries.measures_of(report) if not each.is_outcome)
    actions.save_story(
        report,
        by=lupita,
        at=MARCH,
        actuals=[{"indicator": output, "group": "", "value": 9, "words": ""}],
        narrative={"assets": None},
    )

    assert queries.problems_of(report) == ()


def test_a_quote_without_consent_said_is_not_sent(report, lupita):
    make.fill(report, lupita)
    actions.save_story(
        report, by=lupita, at=MARCH, narrative={"stories": "«Ahora decidimos nosotras»"}
    )

    assert [each.field for each in queries.problems_of(report)] == ["consent"]


def test_nobody_certifies_without_a_name(report, lupita):
    make.fill(report, lupita)
    with pytest.raises(actions.NotCertified):
        actions.submit(report, by=lupita, at=MARCH, name=" ", title="Presidenta")


def test_a_sent_report_cannot_be_changed(agreement, lupita):
    report = make.make_submitted(agreement, lupita)
    with pytest.raises(actions.AlreadySent):
        actions.save_story(report, by=lupita, at=MARCH, narrative={"activities": "otra"})
    with pytest.raises(actions.AlreadySent):
        actions.save_expenses(report, [], by=lupita, at=MARCH)
    with pytest.raises(actions.AlreadySent):
        actions.attach(report, world.PNG, "recibo.png", by=lupita, at=MARCH)


def test_staff_and_strangers_do_not_write_a_recipients_report(report, coordinator, person):
    for other in (coordinator, person("otra@example.org")):
        with pytest.raises(PermissionDenied):
            actions.save_story(report, by=other, at=MARCH, narrative={"activities": "x"})


def test_a_barred_member_does_not_write(report, lupita):
    people.close_to(lupita, report.application, by=None, at=JULY, reason="conflict")
    with pytest.raises(PermissionDenied):
        actions.save_story(report, by=lupita, at=MARCH, narrative={"activities": "x"})


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"spent_on": "2024-07-01"}, "spent_on", "report.spent_outside_the_period"),
        ({"spent_on": "2025-03-01"}, "spent_on", "report.spent_outside_the_period"),
        ({"spent_on": None}, "spent_on", "question.required"),
        ({"category": "yacht"}, "category", "budget.category_missing"),
        ({"description": ""}, "description", "question.required"),
        ({"supplier": ""}, "supplier", "question.required"),
        ({"cents": 0}, "cents", "report.nothing_spent"),
        ({"cents": None}, "cents", "question.required"),
        ({"cents": {"raw": "12 USD"}}, "cents", "money.other_currency"),
    ],
)
def test_a_faulty_expense_is_kept_named_and_not_counted(report, lupita, change, column, code):
    actions.save_expenses(report, [{**make.row(100), **change}], by=lupita, at=MARCH)

    assert [(name, why.code) for name, why in queries.faults_of(report.rows[0], report)] == [
        (column, code)
    ]
    assert Expense.objects.count() == 0


def test_the_first_and_last_day_of_the_period_count(report, lupita):
    rows = [
        make.row(100, key="r1", spent_on="2024-07-02"),
        make.row(200, key="r2", spent_on="2025-02-28"),
    ]
    actions.save_expenses(report, rows, by=lupita, at=MARCH)

    assert list(Expense.objects.order_by("position").values_list("cents", flat=True)) == [100, 200]


def test_ten_receipts_a_report_and_an_image_loses_its_metadata(report, lupita):
    first = actions.attach(report, world.PNG, "recibo.png", by=lupita, at=MARCH)
    assert first.file.original_sha256 != ""
    assert first.number == 1
    for place in range(9):
        actions.attach(report, world.PNG, f"{place}.png", by=lupita, at=MARCH)
    with pytest.raises(actions.TooManyReceipts):
        actions.attach(report, world.PNG, "once.png", by=lupita, at=MARCH)

    actions.detach(first, by=lupita, at=MARCH)
    again = actions.attach(report, world.PNG, "once.png", by=lupita, at=MARCH)
    assert again.number == 11, "a number is never given twice"


def test_a_receipt_that_is_no_picture_is_refused(report, lupita):
    with pytest.raises(FileRefused):
        actions.attach(report, b"MZ\x90 not a receipt", "recibo.png", by=lupita, at=MARCH)


def test_a_receipt_taken_away_leaves_its_expense(report, lupita):
    receipt = actions.attach(report, world.PNG, "recibo.png", by=lupita, at=MARCH)
    actions.save_expenses(report, [make.row(100, receipt=1)], by=lupita, at=MARCH)
    assert Expense.objects.get().receipt_id == receipt.file_id

    actions.detach(receipt, by=lupita, at=MARCH)

    assert Expense.objects.get().receipt_id is None
    assert Expense.objects.get().cents == 100
