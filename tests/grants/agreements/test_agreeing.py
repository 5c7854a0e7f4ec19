"""An agreement from the confirmed yes to both signatures, and what changes afterwards."""

import io
import zipfile
from datetime import date

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.states import MoveRefused
from monarca.grants.agreements import actions, queries
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import MOVES, Status
from monarca.grants.screening.models import Withdrawal
from monarca.ground.envelopes import queries as ledger
from monarca.ground.files import queries as files
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions as people
from tests import world
from tests.world_agreements import (
    DRAFTED,
    SENT,
    SIGNED,
    STARTS,
    THEY_SIGN,
    WE_SIGN,
    left,
    make_active,
    make_draft_agreement,
    make_sent,
    sign,
)
from tests.world_decisions import make_confirmed, make_ready, make_ruling
from tests.world_screening import make_officer

LATER = SIGNED.replace(month=10)
MARCH = date(2025, 3, 31)


def by_kind(agreement):
    found = ledger.of_file(agreement.application)
    return {kind: cents for kind, cents in found.items() if cents}


def test_a_draft_has_the_decision_s_amount_and_the_call_s_days(reviewed):
    agreement = make_draft_agreement(reviewed, cents=4_000_000, conditions="Dos firmas.")

    assert (agreement.number, agreement.status) == ("CFLI-MX-2024-25-001", "draft")
    assert (agreement.amount_cents, agreement.conditions) == (4_000_000, "Dos firmas.")
    assert (agreement.starts_on, agreement.activities_end_on, agreement.ends_on) == (
        STARTS,
        date(2025, 2, 28),
        MARCH,
    )
    assert (agreement.language, agreement.terms_version) == ("es", "2024-11")


def test_the_instalments_are_the_call_s_and_add_up(reviewed):
    agreement = make_draft_agreement(reviewed, cents=3_333_333)

    rows = queries.instalments_of(agreement).values_list(
        "number", "kind", "condition", "cents", "due_on", "fiscal_year"
    )
    assert list(rows) == [
        (1, "advance", "signature", 2_000_000, STARTS, "2024-2025"),
        (2, "final", "report:final", 1_333_333, date(2025, 3, 30), "2024-2025"),
    ]


@given(
    cents=st.integers(min_value=1, max_value=10**9),
    percents=st.lists(st.integers(min_value=1, max_value=90), min_size=1, max_size=5),
)
def test_instalments_add_up_to_the_cent_and_none_is_empty(cents, percents):
    kinds = ["signature", "report:interim", "report:final"]
    rows = [
        {"kind": "instalment", "percent": p, "condition": kinds[min(n, 2)]}
        for n, p in enumerate(percents)
    ]
    plan = queries.Plan(STARTS, date(2025, 2, 28), MARCH)

    parts = queries.parts({"instalments": rows}, cents, plan)

    assert sum(part.cents for part in parts) == cents
    assert all(part.cents > 0 for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(STARTS <= part.due_on <= MARCH for part in parts)


def test_numbers_follow_each_other_in_the_series_of_mission_and_year(call, person):
    numbers = []
    for name in ("Uno", "Dos", "Tres"):
        file = make_ready(call, person(f"{name}@example.org"), name=name, legal_name=name)
        numbers.append(make_draft_agreement(file, cents=1_000_000).number)

    assert numbers == [f"CFLI-MX-2024-25-00{n}" for n in (1, 2, 3)]


def test_the_series_goes_on_after_a_thousand(reviewed):
    agreement = make_draft_agreement(reviewed)
    for last, following in (("999", "1000"), ("1000", "1001")):
        Agreement.objects.update(number=f"CFLI-MX-2024-25-{last}")
        assert queries.next_number(agreement.application) == f"CFLI-MX-2024-25-{following}"


def test_a_draft_needs_a_yes_that_the_head_of_mission_confirmed(reviewed):
    decision = make_ruling(reviewed)

    with pytest.raises(actions.NotApproved):
        actions.draft(decision, by=make_officer(), at=DRAFTED, starts_on=STARTS)


def test_a_draft_needs_a_yes_to_a_file_that_nobody_took_back(reviewed, person):
    decision = make_confirmed(reviewed)
    Withdrawal.objects.create(application=reviewed, by=person(), at=DRAFTED)

    with pytest.raises(actions.NotApproved):
        actions.draft(decision, by=make_officer(), at=DRAFTED, starts_on=STARTS)


def test_one_file_has_one_agreement(reviewed):
    agreement = make_draft_agreement(reviewed)

    with pytest.raises(actions.AlreadyDrafted):
        actions.draft(agreement.decision, by=make_officer(), at=DRAFTED, starts_on=STARTS)


def test_activities_begin_before_they_end(reviewed):
    with pytest.raises(actions.DatesOutOfOrder):
        make_draft_agreement(reviewed, starts_on=date(2025, 3, 1))


def test_only_who_drafts_drafts_and_sends(reviewed, staff):
    decision = make_confirmed(reviewed)
    for role in ("head_of_mission", "finance", "auditor", "headquarters"):
        with pytest.raises(PermissionDenied):
            actions.draft(decision, by=make_officer(role), at=DRAFTED, starts_on=STARTS)

    manager = make_officer()
    people.close_to(manager, reviewed, by=None, at=DRAFTED, reason="conflict")
    with pytest.raises(PermissionDenied):
        actions.draft(decision, by=manager, at=DRAFTED, starts_on=STARTS)


def test_dates_and_conditions_are_revised_while_it_is_a_draft(reviewed):
    agreement = make_draft_agreement(reviewed)
    begins, ends = date(2024, 10, 1), date(2025, 1, 31)
    given = {"starts_on": begins, "activities_end_on": ends, "conditions": "Plan de cuidado."}

    actions.revise(agreement, by=make_officer("coordinator"), at=DRAFTED, **given)

    first, last = queries.instalments_of(agreement)
    assert (first.due_on, last.due_on) == (begins, date(2025, 3, 2))
    paper = queries.document_of(agreement)
    conditions = [one for one in paper.articles if one.key == "conditions"]
    assert [one.text for one in conditions] == ["- Plan de cuidado."]
    assert paper.articles[-1].key == "signatures"

    late = {**given, "activities_end_on": date(2025, 3, 1)}
    with pytest.raises(actions.DatesOutOfOrder):
        actions.revise(agreement, by=make_officer("coordinator"), at=DRAFTED, **late)

    actions.send(agreement, by=make_officer("coordinator"), at=SENT)
    with pytest.raises(MoveRefused):
        actions.revise(agreement, by=make_officer("coordinator"), at=SENT, **given)


def words_of(agreement):
    """The words of the Word file and of the PDF, blanks made equal, and the PDF itself."""
    with zipfile.ZipFile(io.BytesIO(files.bytes_of(agreement.docx))) as archive:
        word = archive.read("word/document.xml").decode()
    reader = pypdf.PdfReader(io.BytesIO(files.bytes_of(agreement.pdf)))
    pages = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    return word, pages, reader


def test_both_papers_hold_number_parties_amounts_and_dates_and_the_pdf_is_tagged(reviewed):
    agreement = make_sent(reviewed, cents=4_000_000)

    word, pages, reader = words_of(agreement)

    for said in (
        "CFLI-MX-2024-25-001",
        "Tejedoras del Agua A.C.",
        "Embajada de Canadá en México",
        "40,000.00 CAD",
        "24,000.00 CAD",
        "16,000.00 CAD",
        "2 de septiembre de 2024",
        "28 de febrero de 2025",
        reviewed.reference,
    ):
        assert said in word, said
        assert said in pages, said
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert reader.trailer["/Root"]["/Lang"] == "es-MX"
    assert (agreement.docx.name, agreement.pdf.name) == (
        "CFLI-MX-2024-25-001.docx",
        "CFLI-MX-2024-25-001.pdf",
    )
    assert "{" not in pages, "no placeholder is left"


def test_every_placeholder_of_the_pack_is_filled_in_three_languages(call, person):
    for lang in ("es", "en", "fr"):
        file = make_ready(
            call,
            person(f"{lang}@example.org"),
            name=lang,
            legal_name=f"Grupo {lang}",
            language=lang,
        )
        paper = queries.document_of(make_draft_agreement(file, cents=1_000_000))
        assert paper.language == lang
        texts = [one.text + one.title for one in (*paper.articles, *paper.annexes)]
        assert not [text for text in texts if "{" in text.replace("\\{", "")]
        assert len(paper.articles) == 28


def test_what_is_sent_no_longer_changes_with_the_file(reviewed):
    agreement = make_sent(reviewed)
    agreement.refresh_from_db()
    before = agreement.text

    assert queries.frozen(before) == queries.document_of(Agreement.objects.get())
    assert before["number"] == agreement.number


def test_the_recipient_hears_that_it_is_ready_and_until_when(reviewed):
    make_sent(reviewed)

    letter = Letter.objects.get(key="agreement.sent")
    assert (letter.language, letter.to) == ("es", "lupita@example.org")
    assert "CFLI-MX-2024-25-001" in letter.body
    assert "8 de julio de 2024" in letter.body
    assert f"/es/applications/{reviewed.reference}/agreement/" in letter.body


def test_both_signatures_put_it_in_force_and_commit_what_was_reserved(reviewed):
    agreement = make_sent(reviewed, cents=4_000_000)
    before = left(agreement)
    assert by_kind(agreement) == {"reserved": 4_000_000}

    sign(agreement, "recipient", on=THEY_SIGN)
    assert (agreement.status, agreement.signed_on) == ("sent", None)
    sign(agreement, "canada", on=WE_SIGN)

    assert (agreement.status, agreement.signed_on) == ("active", WE_SIGN)
    assert by_kind(agreement) == {
        "reserved": 4_000_000,
        "released": 4_000_000,
        "committed": 4_000_000,
    }
    assert left(agreement) == before, "the money only changed its name"
    original = queries.amendments_of(agreement).get()
    assert (original.sequence, original.amount_cents, original.signed_on, original.ends_on) == (
        0,
        4_000_000,
        WE_SIGN,
        MARCH,
    )
    assert "ya tiene todas las firmas" in Letter.objects.get(key="agreement.active").body


def test_it_is_in_force_whoever_signs_last(reviewed):
    agreement = make_sent(reviewed)
    sign(agreement, "canada", on=date(2024, 6, 25))
    sign(agreement, "recipient", on=date(2024, 7, 4))

    assert (agreement.status, agreement.signed_on) == ("active", date(2024, 7, 4))


def test_the_head_of_mission_signs_for_canada_and_does_not_sign_for_the_recipient(reviewed):
    agreement = make_sent(reviewed)
    given = {"at": SIGNED, "name": "Eva", "signed_on": WE_SIGN}

    for role in ("coordinator", "manager", "finance"):
        with pytest.raises(PermissionDenied):
            actions.record_signature(agreement, by=make_officer(role), party="canada", **given)
    with pytest.raises(PermissionDenied):
        actions.record_signature(
            agreement, by=make_officer("head_of_mission"), party="recipient", **given
        )


@pytest.mark.parametrize("on", [date(2024, 6, 23), date(2024, 7, 6)])
def test_a_signature_is_not_older_than_the_paper_nor_from_tomorrow(reviewed, on):
    agreement = make_sent(reviewed)

    with pytest.raises(actions.SignedOutOfTime) as refusal:
        sign(agreement, "recipient", on=on)

    assert refusal.value.values == {"first_on": "2024-06-24", "last_on": "2024-07-05"}


def test_nobody_signs_a_draft_or_twice(reviewed):
    agreement = make_draft_agreement(reviewed)
    with pytest.raises(actions.NotSentYet):
        sign(agreement, "recipient")

    actions.send(agreement, by=make_officer("coordinator"), at=SENT)
    sign(agreement, "recipient")
    with pytest.raises(actions.SignedAlready):
        sign(agreement, "recipient")


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("move", MOVES.table)
def test_every_move_outside_the_table_is_refused(move, state):
    if MOVES.allows(move, state):
        assert MOVES.after(move, state) in Status.values
    else:
        with pytest.raises(MoveRefused):
            MOVES.after(move, state)


def test_a_barred_person_and_a_stranger_see_no_agreement(reviewed, person):
    agreement = make_active(reviewed)
    manager = make_officer()
    assert list(queries.visible_to(manager, at=LATER)) == [agreement]
    assert list(queries.visible_to(person(), at=LATER)) == [agreement]

    people.close_to(manager, reviewed, by=None, at=LATER, reason="conflict")
    for who in (manager, person("otra@example.org")):
        assert list(queries.visible_to(who, at=LATER)) == []


def test_a_recipient_sees_it_from_the_day_it_is_sent(reviewed, person):
    agreement = make_draft_agreement(reviewed)
    assert list(queries.visible_to(person(), at=LATER)) == []

    actions.send(agreement, by=make_officer("coordinator"), at=SENT)
    assert list(queries.visible_to(person(), at=LATER)) == [agreement]
    assert world.NOON < SENT
