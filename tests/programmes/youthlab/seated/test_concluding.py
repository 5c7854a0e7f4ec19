"""The final text in three languages, adopted by two thirds, answered by both governments."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from monarca.ground.commitments.models import Commitment
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.models import Adoption, Draft, Outcome, Reply
from tests import world_youthlab as lab

SECOND = timedelta(seconds=1)


@pytest.fixture
def one(edition):
    """A recommendation that the delegates adopted."""
    lab.make_adopted(edition, 1)
    return queries.adopted(edition).get()


def give(recommendation, kind="accept", *, by=None, at=lab.ANSWERED, **changes):
    given = lab.an_answer(kind, **changes)
    return actions.answer(recommendation, given, place="p", by=by or lab.officer(), at=at)


def test_missing_languages_are_named_and_nothing_goes_to_the_delegates(edition):
    by = lab.officer()
    text = actions.write(
        edition, opening={"es": "Hola", "en": "Hello"}, closing={}, by=by, at=lab.TEXT
    )
    actions.recommend(edition, actions.Wording({"fr": "Oui"}), by=by, at=lab.TEXT)
    assert queries.lacking(text) == {
        "opening": ("fr",),
        "closing": ("es", "en", "fr"),
        "1": ("es", "en"),
    }
    with pytest.raises(actions.LanguagesMissing) as told:
        actions.put_to_delegates(text, closes_at=lab.TEXT_CLOSES, by=by, at=lab.TEXT)
    assert told.value.values == {"texts": 3, "languages": "en, es, fr"}


def test_a_text_needs_a_recommendation_and_time_to_read(edition):
    by = lab.officer()
    text = actions.write(
        edition, opening=lab.three("a"), closing=lab.three("b"), by=by, at=lab.TEXT
    )
    with pytest.raises(actions.NothingRecommended):
        actions.put_to_delegates(text, closes_at=lab.TEXT_CLOSES, by=by, at=lab.TEXT)
    actions.recommend(edition, actions.Wording(lab.three("r")), by=by, at=lab.TEXT)
    with pytest.raises(actions.ClosesInThePast):
        actions.put_to_delegates(text, closes_at=lab.TEXT, by=by, at=lab.TEXT)


@pytest.mark.parametrize(("yes", "adopted"), [(3, False), (4, True), (6, True)])
def test_two_thirds_of_all_delegates_adopt_not_of_those_who_vote(edition, yes, adopted):
    text = lab.make_text(edition, 1)
    key = queries.recommendations_of(text).get().pk
    for each in list(queries.delegates(edition))[:yes]:
        actions.adopt(text, {None: True, key: True}, by=each.person, at=lab.TEXT)
    counted = actions.count(text, by=lab.officer(), at=lab.COUNTED)
    assert counted.status == ("adopted" if adopted else "rejected")
    assert queries.adopted(edition).exists() is adopted


def test_a_recommendation_that_does_not_reach_two_thirds_is_left_out(edition):
    text = lab.make_text(edition, 2)
    first, second = (each.pk for each in queries.recommendations_of(text))
    for place, each in enumerate(queries.delegates(edition)):
        says = {None: True, first: True, second: place < 3}
        actions.adopt(text, says, by=each.person, at=lab.TEXT)
    actions.count(text, by=lab.officer(), at=lab.COUNTED)
    assert [each.pk for each in queries.adopted(edition)] == [first]


def test_yes_and_no_may_change_until_the_instant_and_not_after(edition):
    text = lab.make_text(edition, 1)
    me = queries.delegates(edition).first().person
    actions.adopt(text, {None: True}, by=me, at=lab.TEXT)
    actions.adopt(text, {None: False}, by=me, at=lab.TEXT_CLOSES - SECOND)
    assert Adoption.objects.get().is_yes is False
    with pytest.raises(actions.AdoptionIsClosed):
        actions.adopt(text, {None: True}, by=me, at=lab.TEXT_CLOSES)
    with pytest.raises(actions.StillVoting):
        actions.count(text, by=lab.officer(), at=lab.TEXT_CLOSES - SECOND)
    with pytest.raises(PermissionDenied):
        actions.adopt(text, {None: True}, by=lab.officer(), at=lab.TEXT)


def test_what_is_before_the_delegates_is_not_rewritten(edition):
    lab.make_text(edition, 1)
    by = lab.officer()
    with pytest.raises(actions.TextStands):
        actions.write(edition, opening={}, closing={}, by=by, at=lab.TEXT)
    with pytest.raises(actions.TextStands):
        actions.recommend(edition, actions.Wording({"es": "x"}), number=1, by=by, at=lab.TEXT)


def test_a_rejected_text_may_be_worded_anew_and_voted_on_again(edition):
    text = lab.make_text(edition, 1)
    by = lab.officer()
    actions.count(text, by=by, at=lab.COUNTED)
    actions.write(edition, opening=lab.three("x"), closing=lab.three("y"), by=by, at=lab.COUNTED)
    later = lab.COUNTED + timedelta(days=5)
    again = actions.put_to_delegates(lab.reload(text), closes_at=later, by=by, at=lab.COUNTED)
    assert (again.status, Adoption.objects.count()) == ("proposed", 0)


def say(edition, text, yes, *, at=lab.TEXT):
    """So many delegates say yes to all of it, the others no."""
    keys = [None, *(each.pk for each in queries.recommendations_of(text))]
    for place, each in enumerate(queries.delegates(edition)):
        actions.adopt(text, dict.fromkeys(keys, place < yes), by=each.person, at=at)


def seat_of(candidacy):
    return queries.seat_of(candidacy)


def test_nobody_turns_a_closed_vote_by_releasing_who_said_no(edition):
    text = lab.make_text(edition, 1)
    say(edition, text, 3)
    by = lab.officer("coordinator")
    for each in list(queries.delegates(edition))[3:]:
        actions.release(seat_of(each), by=by, at=lab.TEXT_CLOSES)
    assert queries.delegates(edition).count() == 3
    held = actions.count(text, by=by, at=lab.COUNTED)
    assert (held.status, held.yes, held.delegates) == ("rejected", 3, 6)


def test_a_yes_stands_whatever_becomes_of_the_seat_after_the_closing(edition):
    text = lab.make_text(edition, 1)
    say(edition, text, 4)
    first, second = list(queries.delegates(edition))[:2]
    actions.decline(first, by=first.person, at=lab.TEXT_CLOSES + SECOND)
    actions.release(seat_of(second), by=lab.officer(), at=lab.TEXT_CLOSES + SECOND)
    held = actions.count(text, by=lab.officer(), at=lab.COUNTED)
    assert (held.status, held.yes, held.delegates) == ("adopted", 4, 6)


def test_no_seat_is_released_while_the_delegates_vote_and_who_leaves_does_not_count(edition):
    text = lab.make_text(edition, 1)
    say(edition, text, 4)
    *_rest, last = queries.delegates(edition)
    with pytest.raises(actions.DelegatesAreVoting):
        actions.release(seat_of(last), by=lab.officer(), at=lab.TEXT_CLOSES - SECOND)
    actions.decline(last, by=last.person, at=lab.TEXT_CLOSES - SECOND)
    held = actions.count(text, by=lab.officer(), at=lab.COUNTED)
    assert (held.status, held.yes, held.delegates) == ("adopted", 4, 5)


def test_what_was_said_before_stays_when_a_rejected_text_is_put_again(edition, seen_by):
    text, by = lab.make_text(edition, 1), lab.officer()
    say(edition, text, 2)
    actions.count(text, by=by, at=lab.COUNTED)
    wording = actions.Wording(lab.three("Worded anew"))
    actions.recommend(edition, wording, number=1, by=by, at=lab.COUNTED)
    later = lab.COUNTED + timedelta(days=5)
    again = actions.put_to_delegates(lab.reload(text), closes_at=later, by=by, at=lab.COUNTED)
    me = queries.delegates(edition).first()
    assert (again.putting, queries.said_by(again, me)) == (2, {})
    say(edition, again, 6, at=lab.COUNTED)
    assert Adoption.objects.count() == 24
    voters = queries.electorate(edition, at=lab.TEXT_CLOSES)
    assert queries.yes_to(again, 1, voters)[None] == 2
    held = actions.count(again, by=by, at=later)
    assert (held.status, held.yes) == ("adopted", 6)
    assert queries.yes_to(held, 1, voters)[None] == 2
    last, first = queries.outcomes_of(held)
    assert (first.putting, first.yes, first.delegates, first.is_adopted) == (1, 2, 6, False)
    assert first.texts["recommendations"][0]["text"]["en"] == "Recommendation 1"
    assert (last.yes, last.texts["recommendations"][0]["text"]["en"]) == (6, "Worded anew")
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.update(yes=6)
    page = seen_by(me.person).get("/en/youthlab/YL-2024/room/text/").content.decode()
    assert "2 of 6 said yes to the whole; 4 were needed" in page


def test_a_yes_to_what_is_not_in_the_text_is_refused_in_words(edition):
    text = lab.make_text(edition, 1)
    me = queries.delegates(edition).first().person
    with pytest.raises(actions.NoSuchRecommendation):
        actions.adopt(text, {None: True, 99_999: True}, by=me, at=lab.TEXT)
    assert Adoption.objects.count() == 0


def test_an_accepted_answer_deposits_a_commitment_of_both_sides_in_the_same_act(one):
    reply, made = give(one, "part")
    assert (reply.side, made.origin, made.is_public) == ("canada", "youth_recommendation", True)
    owners = {each.side: each for each in made.owners.all()}
    assert set(owners) == {"canada", "mexico"}
    assert owners["canada"].user == lab.officer()
    assert made.source == f"youthlab.reply:{reply.pk}"
    assert made.source_path == "/youthlab/YL-2024/communique/"
    assert [each.aim for each in made.aims.all()] == ["human_rights"]


def test_a_no_deposits_nothing_and_needs_its_reason(one):
    with pytest.raises(actions.NeedsItsReason):
        give(one, "not", reason={"es": " "})
    _reply, made = give(one, "not", promise={}, owner="", other_owner="")
    assert made is None
    assert Commitment.objects.count() == 0


@pytest.mark.parametrize("lacks", [{"promise": {}}, {"owner": " "}, {"other_owner": ""}])
def test_who_accepts_says_what_will_be_done_and_who_answers_on_both_sides(one, lacks):
    with pytest.raises(actions.NeedsItsPromise):
        give(one, **lacks)
    assert (Reply.objects.count(), Commitment.objects.count()) == (0, 0)


def test_each_government_answers_once_and_for_itself(edition, one):
    guest = lab.counterpart(edition)
    assert give(one, by=lab.officer("head_of_mission"))[0].side == "canada"
    with pytest.raises(actions.SideHasAnswered):
        give(one, by=lab.officer("manager"))
    assert give(one, "not", by=guest)[0].side == "mexico"
    for nobody in ("coordinator", "headquarters", "auditor", "finance", "counterpart"):
        with pytest.raises(PermissionDenied):
            give(one, by=lab.officer(nobody))


def test_what_was_not_adopted_is_not_answered(edition):
    text = lab.make_text(edition, 1)
    with pytest.raises(actions.NotAdopted):
        give(queries.recommendations_of(text).get())


def test_what_waits_for_an_answer_stands_in_the_right_inbox(edition, one):
    guest, at = lab.counterpart(edition), lab.ANSWERED
    waits = {
        "manager": queries.to_answer_for(lab.officer(), at=at).count(),
        "guest": queries.to_answer_for(guest, at=at).count(),
        "auditor": queries.to_answer_for(lab.officer("auditor"), at=at).count(),
    }
    assert waits == {"manager": 1, "guest": 1, "auditor": 0}
    give(one)
    assert queries.to_answer_for(lab.officer(), at=at).count() == 0
    assert queries.to_answer_for(guest, at=at).count() == 1
    boxes = {box.key: box.count for box in queries.inbox(guest, at=at)}
    assert boxes == {"youth_check": 0, "youth_draw": 0, "youth_answer": 1}


def test_an_answer_by_plain_forms_keeps_what_was_typed(one, seen_by):
    place = "/en/desk/youthlab/YL-2024/answers/1/"
    client = seen_by(lab.officer())
    typed = {"kind": "accept", "reason_en": "Agreed.", "promise_en": "", "do": "answer"}
    with time_machine.travel(lab.ANSWERED, tick=False):
        bad = client.post(place, {**typed, "owner": "A", "other_owner": "B"})
        assert bad.status_code == 422
        assert "Agreed." in bad.content.decode()
        assert "Agreed." in client.get(place).content.decode()
        client.post(place, {**typed, "promise_en": "Half a", "do": "keep"})
        assert "Half a" in client.get(place).content.decode()
        good = {**typed, "promise_en": "Twin schools", "owner": "A", "other_owner": "B"}
        assert client.post(place, good).status_code == 302
    assert not Draft.objects.exists()
    reference = Commitment.objects.get().reference
    for language in ("es", "en", "fr"):
        page = seen_by().get(f"/{language}/youthlab/YL-2024/communique/").content.decode()
        assert reference in page
        assert "Recommendation 1 (es)" in page
        assert "Recommendation 1 (fr)" in page
    assert seen_by(lab.officer("coordinator")).get(place).status_code == 403


def test_an_unadopted_communique_has_no_public_page(edition, seen_by):
    lab.make_text(edition, 1)
    assert seen_by().get("/en/youthlab/YL-2024/communique/").status_code == 404
