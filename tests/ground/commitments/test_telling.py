"""What became of a commitment: said by its owners, ended with evidence, opened again with a reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from monarca.engines.states import MoveRefused
from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.actions import Report
from monarca.ground.commitments.models import Commitment, Progress
from monarca.ground.commitments.states import ENDED, MOVES, OPEN, Status
from monarca.ground.files import actions as files
from monarca.ground.people import actions as people
from monarca.kit import reasons
from tests import world_commitments as make
from tests.ground.commitments.test_making import verbs
from tests.world import PNG
from tests.world_commitments import AUTUMN, EVIDENCE, WINTER

BEYOND = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "//elsewhere.example/x",
    "https://",
    "www.example.org",
    "https://example.org/a b",
    "https://example.org/" + "a" * 500,
    *("/", "/x", "/\\elsewhere.example/x", "https://a", "https://127.1/", "https://127.0.0.1/x"),
    *("http://localhost/", "http://monarca.localhost/", "https://10.0.0.7/", "https://[::1]/"),
    *("https://printer.local/", "https://-.org/", "https://example.org:99999/", "https://[x"),
]


def test_an_owner_of_the_other_side_says_how_far_it_is(owned, counterpart):
    made = make.make_report(owned, by=counterpart, status="under_way", percent=40)

    owned.refresh_from_db()
    assert (owned.status, owned.next_report_on) == ("under_way", date(2026, 4, 1))
    assert (made.side, made.percent, made.status, made.language) == (
        "mexico",
        40,
        "under_way",
        "es",
    )
    assert verbs(owned) == ["commitment.made", "commitment.reported"]


def test_who_neither_owns_nor_keeps_it_says_nothing(commitment, staff, person, far):
    others = ["reviewer", "head_of_mission", "finance", "headquarters", "auditor", "counterpart"]
    for user in (*map(staff, others), person(), far[1]):
        with pytest.raises(PermissionDenied):
            make.make_report(commitment, by=user)
    assert not Progress.objects.exists()


def test_an_owner_who_was_released_says_nothing_more(owned, counterpart, coordinator):
    owner = queries.owners_of(owned, at=AUTUMN).get()
    actions.release_owner(owner, by=coordinator, at=WINTER)
    with pytest.raises(PermissionDenied):
        make.make_report(owned, by=counterpart)


def test_ending_is_for_who_keeps_the_register(owned, counterpart):
    with pytest.raises(PermissionDenied):
        make.make_report(owned, by=counterpart, status="kept", evidence_url=EVIDENCE)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_ends_without_evidence(commitment, coordinator, status):
    with pytest.raises(actions.NoEvidence):
        make.make_report(commitment, by=coordinator, status=status, evidence_url="  ")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.ended_at) == ("promised", None)
    assert not Progress.objects.exists()


@pytest.mark.parametrize("status", sorted(ENDED))
def test_it_ends_with_an_address_or_with_a_file(mexico, coordinator, status):
    paper = files.keep(PNG, "foto.png", by=coordinator, at=WINTER)
    for evidence in ({"evidence_url": EVIDENCE}, {"evidence": paper}):
        made = make.make_commitment(mexico)
        make.make_report(made, by=coordinator, status=status, **evidence)
        made.refresh_from_db()
        assert (made.status, made.ended_at, made.next_report_on) == (status, WINTER, None)


@pytest.mark.parametrize("address", BEYOND)
def test_evidence_is_an_address_that_a_browser_opens(commitment, coordinator, address):
    with pytest.raises(actions.NotAnAddress):
        make.make_report(commitment, by=coordinator, evidence_url=address)


@pytest.mark.parametrize("address", [EVIDENCE, "/dialogues/D-1/", "HTTP://EXAMPLE.ORG"])
def test_a_page_of_ours_or_of_the_web_is_evidence(commitment, coordinator, address):
    made = make.make_report(commitment, by=coordinator, evidence_url=f" {address} ")
    assert made.evidence_url == address


@pytest.mark.parametrize("where", ["", "?x=1", "#top", "report/"])
@pytest.mark.parametrize("whose", ["", "https://monarca.example.org/es"])
def test_the_page_of_a_commitment_is_no_evidence_for_it(commitment, coordinator, whose, where):
    address = f"{whose}/commitments/{commitment.reference}/{where}"
    with pytest.raises(actions.NotAnAddress):
        make.make_report(commitment, by=coordinator, status="kept", evidence_url=address)


def test_of_what_was_made_with_people_nothing_is_shown_but_by_their_permission(
    mexico, coordinator, manager
):
    given = {"origin": "consultation", "is_public": True, "source_name": {"en": "The talks"}}
    lent = make.make_commitment(mexico, source=mexico, **given)
    for user in (coordinator, manager):
        with pytest.raises(actions.ShownByPermissionAlone) as refused:
            make.make_report(lent, by=user, is_public=True)
        assert "The talks" in reasons.sentence(refused.value.reason, "en")
        said = make.make_report(lent, by=user)
        with pytest.raises(actions.ShownByPermissionAlone):
            actions.show_report(said, by=user, at=WINTER)
    assert not queries.public_progress(lent).exists()


@pytest.mark.parametrize("percent", [-1, 101])
def test_how_far_lies_between_nothing_and_all(commitment, coordinator, percent):
    with pytest.raises(actions.NotAShare):
        make.make_report(commitment, by=coordinator, percent=percent)
    for edge in (0, 100):
        make.make_report(commitment, by=coordinator, percent=edge)


def test_a_report_says_something(commitment, coordinator):
    with pytest.raises(actions.NothingSaid):
        make.make_report(commitment, by=coordinator, note="  ")
    make.make_report(commitment, by=coordinator, note="", status="under_way")
    make.make_report(commitment, by=coordinator, note="", evidence_url=EVIDENCE)


def test_what_has_ended_is_not_reported_on(commitment, coordinator):
    make.end(commitment, by=coordinator)
    with pytest.raises(actions.AlreadyEnded):
        make.make_report(commitment, by=coordinator)


@pytest.mark.parametrize("status", ["promised", "banana"])
def test_no_move_leads_anywhere_else(commitment, coordinator, status):
    make.make_report(commitment, by=coordinator, status="under_way")
    with pytest.raises(MoveRefused):
        make.make_report(commitment, by=coordinator, status=status)


def test_every_move_that_is_not_in_the_table_is_refused():
    for name, (sources, _target) in MOVES.table.items():
        for status in Status.values:
            if status not in sources:
                with pytest.raises(MoveRefused):
                    MOVES.after(name, status)


def test_it_is_opened_again_with_a_reason_and_both_stay(commitment, coordinator):
    make.end(commitment, by=coordinator, status="not_kept")
    with pytest.raises(actions.NoReason):
        actions.reopen(commitment, reason=" ", by=coordinator, at=WINTER)
    held = actions.reopen(commitment, reason="Faltaba un anexo", by=coordinator, at=WINTER)

    assert (held.status, held.ended_at) == ("under_way", None)
    assert held.next_report_on == date(2026, 4, 1)
    assert list(held.progress.order_by("pk").values_list("status", "note")) == [
        ("not_kept", "Ya está el texto."),
        ("under_way", "Faltaba un anexo"),
    ]
    assert verbs(held)[-1] == "commitment.reopened"
    with pytest.raises(MoveRefused):
        actions.reopen(held, reason="otra vez", by=coordinator, at=WINTER)


def test_only_a_keeper_opens_it_again(owned, counterpart, coordinator):
    make.end(owned, by=coordinator)
    with pytest.raises(PermissionDenied):
        actions.reopen(owned, reason="x", by=counterpart, at=WINTER)


def test_an_owners_words_are_public_once_a_keeper_shows_them(mexico, counterpart, coordinator):
    made = make.make_commitment(mexico, is_public=True, owners=(make.holder(user=counterpart),))
    said = make.make_report(made, by=counterpart, is_public=True)
    assert said.shown_at is None
    assert not queries.public_progress(made).exists()

    with pytest.raises(PermissionDenied):
        actions.show_report(said, by=counterpart, at=WINTER)
    actions.show_report(said, by=coordinator, at=WINTER)
    actions.show_report(said, by=coordinator, at=WINTER)
    assert list(queries.public_progress(made)) == [said]
    assert verbs(made).count("commitment.report_shown") == 1


def test_words_taken_back_are_not_public_and_stay_in_the_register(mexico, coordinator):
    made = make.make_commitment(mexico, is_public=True)
    said = make.make_report(made, by=coordinator, is_public=True)
    assert list(queries.public_progress(made)) == [said]

    actions.hide_report(said, by=coordinator, at=WINTER)
    actions.hide_report(said, by=coordinator, at=WINTER)
    assert not queries.public_progress(made).exists()
    assert verbs(made).count("commitment.report_hidden") == 1
    with pytest.raises(actions.NotBeforeThePublic):
        actions.show_report(said, by=coordinator, at=WINTER)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Progress.objects.filter(pk=said.pk).update(shown_at=None)


def test_words_about_what_is_withheld_are_not_public(commitment, coordinator):
    said = make.make_report(commitment, by=coordinator)
    with pytest.raises(actions.NotBeforeThePublic):
        actions.show_report(said, by=coordinator, at=WINTER)
    make.make_report(commitment, by=coordinator, is_public=True)
    assert not queries.public_progress(commitment).exists()


def test_words_about_what_is_sealed_are_never_public(mexico, coordinator):
    made = make.make_commitment(mexico, readers=(coordinator,))
    said = make.make_report(made, by=coordinator, is_public=True)
    assert said.shown_at is None


def test_the_database_holds_that_what_ended_has_its_instant(commitment):
    rows = Commitment.objects.filter(pk=commitment.pk)
    for wrong in ({"status": "kept"}, {"ended_at": WINTER}, {"status": "banana"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    assert set(Status.values) == OPEN | ENDED


def test_who_is_barred_reports_nothing(owned, counterpart):
    people.close_to(counterpart, owned, by=None, at=AUTUMN, reason="conflict")
    with pytest.raises(PermissionDenied):
        actions.report(owned, Report("x", "es"), by=counterpart, at=WINTER)
