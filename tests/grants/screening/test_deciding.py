"""The rules run, and a person decides what they leave open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from monarca.engines.states import MoveRefused
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application
from monarca.grants.screening import actions, queries
from monarca.grants.screening.models import Check
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from tests import world
from tests.conftest import NOON
from tests.world_screening import AFTER, make_screened

SOON = date(2024, 5, 8)


def check(screening, rule):
    return queries.checks_of(screening).get(rule=rule)


def settle(screening, by):
    for one in queries.undecided(screening):
        actions.confirm_check(one, by=by, at=AFTER)


def test_screening_begins_when_the_call_has_closed(submitted, coordinator):
    with pytest.raises(actions.CallIsStillOpen):
        actions.begin(submitted, by=coordinator, at=NOON)


def test_a_draft_is_not_screened(draft, coordinator):
    """Nobody at the embassy sees a draft, so nobody may do anything with it."""
    with pytest.raises(PermissionDenied):
        actions.begin(draft, by=coordinator, at=AFTER)


def test_every_rule_of_the_call_leaves_one_finding(begun, submitted):
    found = list(queries.checks_of(begun).values_list("rule", flat=True))

    assert found == [rule["id"] for rule in world.definition()["rules"]]
    assert check(begun, "E13").outcome == "pass"
    assert check(begun, "E25").outcome == "unknown"


def test_two_officers_cannot_begin_the_same_file(begun, submitted, manager):
    with pytest.raises(actions.AlreadyBegun):
        actions.begin(submitted, by=manager, at=AFTER)


@pytest.mark.parametrize("role", ["reviewer", "finance", "auditor", "headquarters"])
def test_others_may_not_screen(submitted, staff, role):
    with pytest.raises(PermissionDenied):
        actions.begin(submitted, by=staff(role), at=AFTER)


def test_nothing_passes_while_the_sanctions_lists_wait_for_a_person(begun, coordinator):
    assert "E25" in queries.undecided(begun).values_list("rule", flat=True)
    with pytest.raises(actions.SomethingUndecided):
        actions.pass_(begun, by=coordinator, at=AFTER)

    settle(begun, coordinator)
    passed = actions.pass_(begun, by=coordinator, at=AFTER)

    assert passed.status == "eligible"
    assert queries.eligible().get() == passed


def test_a_finding_that_a_person_refutes_forbids_passing(begun, coordinator):
    settle(begun, coordinator)
    actions.refute_check(check(begun, "E25"), by=coordinator, at=AFTER, words="Está en la lista.")

    with pytest.raises(actions.ARuleForbids) as refused:
        actions.pass_(begun, by=coordinator, at=AFTER)
    assert refused.value.values == {"rule": "E25"}


def test_even_what_the_rule_found_met_may_be_refuted_with_words(begun, coordinator):
    with pytest.raises(actions.NeedsAReason):
        actions.refute_check(check(begun, "E05"), by=coordinator, at=AFTER, words="  ")
    actions.refute_check(check(begun, "E05"), by=coordinator, at=AFTER, words="Es una empresa.")

    assert [one.rule for one in queries.not_met(begun)] == ["E05"]


def test_only_a_manager_waives_and_says_why(begun, coordinator, manager):
    with pytest.raises(PermissionDenied):
        actions.waive_check(check(begun, "E25"), by=coordinator, at=AFTER, words="Visto.")
    with pytest.raises(actions.NeedsAReason):
        actions.waive_check(check(begun, "E25"), by=manager, at=AFTER, words="")

    waived = actions.waive_check(check(begun, "E25"), by=manager, at=AFTER, words="Visto.")
    assert (waived.status, waived.words, waived.by) == ("waived", "Visto.", manager)


def test_failing_needs_a_condition_that_a_person_found_unmet(begun, coordinator):
    with pytest.raises(actions.NothingForbids):
        actions.fail(begun, by=coordinator, at=AFTER)


def test_the_letter_says_what_was_not_met_but_not_the_officers_note(begun, coordinator, person):
    actions.refute_check(check(begun, "E05"), by=coordinator, at=AFTER, words="Lo dijo su vecina.")
    actions.fail(begun, by=coordinator, at=AFTER, note="Interno")

    letter = Letter.objects.get(key="screening.ineligible")
    assert letter.to == person().email
    assert "El fondo puede apoyar a este tipo de organización" in letter.body
    assert "vecina" not in letter.body
    assert "Interno" not in letter.body
    assert f"/es/applications/{begun.application.reference}/requirements/" in letter.body


def test_the_letter_never_says_that_what_is_not_met_is_so(begun, coordinator):
    over = {"code": "rule.amount_over", "values": {"asked_cents": 13918700, "max_cents": 10000000}}
    Check.objects.filter(screening=begun, rule="E13").update(outcome="fail", reason=over)
    actions.confirm_check(check(begun, "E13"), by=coordinator, at=AFTER)
    actions.fail(begun, by=coordinator, at=AFTER)

    letter = Letter.objects.get(key="screening.ineligible")
    assert "139,187.00" in letter.body
    assert "Lo solicitado no rebasa el máximo" not in letter.body


def test_the_journal_holds_rules_and_no_words(begun, manager):
    actions.waive_check(check(begun, "E25"), by=manager, at=AFTER, words="Palabras de persona")

    entry = Entry.objects.get(verb="check.waived")
    assert entry.data["rule"] == "E25"
    assert "Palabras" not in str(entry.data)


def test_what_is_concluded_stays_as_it_is(submitted, manager):
    screening = make_screened(submitted, by=manager)
    done = check(screening, "E25")

    for act in (
        lambda: actions.confirm_check(done, by=manager, at=AFTER),
        lambda: actions.waive_check(done, by=manager, at=AFTER, words="Otra vez"),
        lambda: actions.refute_check(done, by=manager, at=AFTER, words="Otra vez"),
        lambda: actions.ask(screening, by=manager, at=AFTER, question="¿?", due_on=SOON),
        lambda: actions.pass_(screening, by=manager, at=AFTER),
        lambda: actions.fail(screening, by=manager, at=AFTER),
    ):
        with pytest.raises(actions.AlreadyConcluded):
            act()


def test_confirming_twice_is_refused(begun, coordinator):
    one = check(begun, "E25")
    actions.confirm_check(one, by=coordinator, at=AFTER)

    with pytest.raises(MoveRefused):
        actions.confirm_check(one, by=coordinator, at=AFTER)


def test_a_question_waits_for_the_applicant_and_the_application_never_changes(
    begun, coordinator, person
):
    before = begun.application.submissions.get().sha256
    asked = actions.ask(begun, by=coordinator, at=AFTER, question="¿Tienen cuenta?", due_on=SOON)
    assert begun.status == "awaiting_applicant"
    with pytest.raises(MoveRefused):
        actions.pass_(_settled(begun, coordinator), by=coordinator, at=AFTER)

    actions.answer(asked, by=person(), at=AFTER + timedelta(days=2), words="Sí, en Banorte.")

    begun.refresh_from_db()
    assert begun.status == "open"
    assert asked.answer == "Sí, en Banorte."
    assert begun.application.submissions.get().sha256 == before


def _settled(screening, by):
    settle(screening, by)
    return screening


def test_the_letter_about_a_question_does_not_hold_it(begun, coordinator):
    actions.ask(begun, by=coordinator, at=AFTER, question="¿Tienen cuenta?", due_on=SOON)

    letter = Letter.objects.get(key="clarification.asked")
    assert "cuenta" not in letter.body
    assert f"/es/applications/{begun.application.reference}/clarification/" in letter.body


def test_an_answer_is_given_once(begun, coordinator, person):
    asked = actions.ask(begun, by=coordinator, at=AFTER, question="¿Cuenta?", due_on=SOON)
    actions.answer(asked, by=person(), at=AFTER, words="Sí")

    with pytest.raises(actions.AlreadyAnswered):
        actions.answer(asked, by=person(), at=AFTER, words="No")
    asked.refresh_from_db()
    assert asked.answer == "Sí"


def test_a_late_answer_is_heard_until_the_screening_concludes(begun, coordinator, person):
    asked = actions.ask(begun, by=coordinator, at=AFTER, question="¿Cuenta?", due_on=SOON)
    actions.stop_waiting(begun, by=coordinator, at=AFTER + timedelta(days=30))
    late = AFTER + timedelta(days=40)

    actions.answer(asked, by=person(), at=late, words="Sí")
    assert begun.status == "open"


def test_strangers_do_not_answer(begun, coordinator, person):
    asked = actions.ask(begun, by=coordinator, at=AFTER, question="¿Cuenta?", due_on=SOON)

    with pytest.raises(PermissionDenied):
        actions.answer(asked, by=person("otra@example.org"), at=AFTER, words="Sí")


def test_a_question_due_today_is_refused(begun, coordinator):
    with pytest.raises(actions.DueTooEarly):
        actions.ask(begun, by=coordinator, at=AFTER, question="¿Cuenta?", due_on=AFTER.date())


def test_the_applicant_withdraws_while_screening_holds_the_file(begun, person, coordinator):
    actions.withdraw(begun.application, by=person(), at=AFTER, words="No podemos.")

    assert not queries.to_conclude(coordinator, at=AFTER).exists()
    with pytest.raises(actions.WasWithdrawn):
        actions.pass_(begun, by=coordinator, at=AFTER)
    with pytest.raises(actions.WasWithdrawn):
        actions.withdraw(begun.application, by=person(), at=AFTER)


def test_while_the_call_is_open_the_application_itself_is_taken_back(submitted, person):
    with pytest.raises(actions.CallIsStillOpen):
        actions.withdraw(submitted, by=person(), at=NOON)


def test_an_eligible_file_is_withdrawn_by_the_room_that_holds_it(submitted, manager, person):
    make_screened(submitted, by=manager)

    with pytest.raises(actions.FileHasMovedOn):
        actions.withdraw(submitted, by=person(), at=AFTER)


def test_pairing_is_said_once_and_needs_words(call, person, submitted, coordinator):
    other = world.make_submitted(call, person("otra@example.org"), name="TEJEDORAS DEL AGUA, AC")

    with pytest.raises(actions.NeedsAReason):
        actions.pair(submitted, other, by=coordinator, at=AFTER, words="")
    with pytest.raises(actions.NoSuchPair):
        actions.pair(submitted, submitted, by=coordinator, at=AFTER, words="Igual")
    first = actions.pair(submitted, other, by=coordinator, at=AFTER, words="Mismo domicilio")
    again = actions.pair(submitted, other, by=coordinator, at=AFTER, words="Otra cosa")

    assert (first, again.words) == (again, "Mismo domicilio")
    assert Entry.objects.filter(verb="duplicate.paired").count() == 1
    assert queries.paired(other).get() == first


def test_the_finding_on_one_file_tells_of_no_sealed_file_of_the_same_group(call, person, manager):
    sealed, file = (world.make_submitted(call, person()) for _ in range(2))
    Application.objects.filter(pk=file.pk).update(applicant=sealed.applicant)
    file.refresh_from_db()
    applications.seal(sealed, by=manager, at=NOON, readers=[], alias="Colibrí")
    code = "rule.other_applications"

    def told(screening):
        return [one.outcome for one in queries.checks_of(screening) if one.reason["code"] == code]

    assert told(actions.begin(file, by=manager, at=AFTER)) == []
    assert told(actions.begin(sealed, by=manager, at=AFTER)) == ["fail"]
