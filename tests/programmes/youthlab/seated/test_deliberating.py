"""Delegates at work: readings are kept, rounds open and close, one vote a person a statement."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from monarca.ground.journal.models import Entry
from monarca.programmes.youthlab import actions, queries, tasks
from monarca.programmes.youthlab.models import Comment, Draft, Revision, Vote
from tests import world_youthlab as lab

SECOND = timedelta(seconds=1)


@pytest.fixture
def pair(edition):
    return list(queries.delegates(edition))[:2]


def test_a_proposal_is_its_authors_until_it_is_shared(edition, pair):
    author, other = pair
    row = lab.make_proposal(edition, author, share=False)
    at = lab.SEATED
    assert not queries.proposals_visible_to(other.person, edition, at=at).exists()
    assert not queries.proposals_visible_to(lab.officer(), edition, at=at).exists()
    with pytest.raises(PermissionDenied):
        actions.share(row, by=other.person, at=at)
    actions.share(row, by=author.person, at=at)
    assert queries.proposals_visible_to(other.person, edition, at=at).count() == 1


def test_an_empty_proposal_is_kept_and_not_shared(edition, pair):
    row = actions.propose(edition, actions.Reading("", "", "es"), by=pair[0].person, at=lab.SEATED)
    with pytest.raises(actions.BoxIsEmpty):
        actions.share(row, by=pair[0].person, at=lab.SEATED)


def test_every_reading_of_a_shared_proposal_is_kept_for_good(edition, pair):
    author = pair[0].person
    row = lab.make_proposal(edition, pair[0], "Uno")
    for text in ("dos", "dos", "tres"):
        actions.save_story(row, actions.Reading("Uno", text, "es"), by=author, at=lab.SEATED)
    with pytest.raises(actions.BoxIsEmpty):
        actions.save_story(row, actions.Reading("Uno", " ", "es"), by=author, at=lab.SEATED)
    readings = queries.revisions_of(row)
    assert [each.text for each in readings][:2] == ["tres", "dos"]
    assert [each.number for each in readings] == [3, 2, 1]
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(proposal=row).update(text="otra cosa")
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.filter(proposal=row).delete()


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (lab.COMMENTS[0] - SECOND, actions.RoundNotOpenYet),
        (lab.COMMENTS[0], None),
        (lab.COMMENTS[1] - SECOND, None),
        (lab.COMMENTS[1], actions.RoundIsClosed),
    ],
)
def test_comments_are_taken_while_their_round_is_open(edition, pair, at, refusal):
    lab.make_round(edition, "comment")
    row = lab.make_proposal(edition, pair[0])
    given = {"language": "es", "place": "x", "by": pair[1].person, "at": at}
    if refusal is None:
        assert actions.comment(row, " Bien ", **given).text == "Bien"
        return
    with pytest.raises(refusal):
        actions.comment(row, "Bien", **given)
    assert Comment.objects.count() == 0


def test_an_amendment_taken_is_the_next_reading_and_one_left_is_not(edition, pair):
    author, other = (each.person for each in pair)
    lab.make_round(edition, "amend")
    row, at = lab.make_proposal(edition, pair[0]), lab.AMENDS[0]
    one, two = (
        actions.amend(row, actions.Change(text, "", "es"), place="", by=other, at=at)
        for text in ("uno", "dos")
    )
    with pytest.raises(PermissionDenied):
        actions.answer_amendment(one, is_taken=True, by=other, at=at)
    actions.answer_amendment(one, is_taken=True, by=author, at=at)
    actions.answer_amendment(two, is_taken=False, by=author, at=at)
    assert lab.reload(row).text == "uno"
    last = queries.revisions_of(row).first()
    assert (last.number, last.amendment_id) == (2, one.pk)
    with pytest.raises(actions.BoxIsEmpty):
        actions.amend(row, actions.Change(" ", "", "es"), place="", by=other, at=at)


def test_what_could_not_be_sent_is_kept_for_whoever_typed_it(edition, pair, seen_by):
    lab.make_round(edition, "comment")
    row = lab.make_proposal(edition, pair[0])
    client = seen_by(pair[1].person)
    place = f"/en/youthlab/YL-2024/room/proposals/{row.number}/"
    with time_machine.travel(lab.COMMENTS[0], tick=False):
        client.post(place, {"text": "A medias", "do": "keep"})
        assert "A medias" in client.get(place).content.decode()
        assert "A medias" not in seen_by(pair[0].person).get(place).content.decode()
    with time_machine.travel(lab.COMMENTS[1], tick=False):
        answer = client.post(place, {"text": "Tarde pero mía", "do": "send"})
        assert answer.status_code == 422
        assert "Tarde pero mía" in answer.content.decode()
        assert "Tarde pero mía" in client.get(place).content.decode()
    assert Draft.objects.get().person == pair[1].person
    with time_machine.travel(lab.COMMENTS[0], tick=False):
        assert client.post(place, {"text": "Ahora sí", "do": "send"}).status_code == 302
    assert not Draft.objects.exists()


@pytest.fixture
def ballot(edition):
    held = lab.make_round(edition, "vote")
    texts = [(lab.three(f"Statement {n}"), None) for n in (1, 2)]
    actions.set_statements(held, texts, by=lab.officer(), at=lab.SEATED)
    return held


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (lab.VOTES[0] - SECOND, actions.RoundNotOpenYet),
        (lab.VOTES[0], None),
        (lab.VOTES[1] - SECOND, None),
        (lab.VOTES[1], actions.RoundIsClosed),
    ],
)
def test_a_vote_counts_between_opening_and_closing(edition, ballot, pair, at, refusal):
    if refusal is None:
        assert actions.vote(ballot, {1: 1}, by=pair[0].person, at=at) == 1
        return
    with pytest.raises(refusal):
        actions.vote(ballot, {1: 1}, by=pair[0].person, at=at)
    assert Vote.objects.count() == 0


def test_one_vote_a_person_a_statement_and_the_last_one_counts(edition, ballot, pair):
    me = pair[0].person
    for value in (1, -1, 0):
        actions.vote(ballot, {1: value}, by=me, at=lab.VOTES[0])
    assert list(Vote.objects.values_list("value", flat=True)) == [0]
    for wrong in ({1: 2}, {1: -5}):
        with pytest.raises(PermissionDenied):
            actions.vote(ballot, wrong, by=me, at=lab.VOTES[0])
    told = Entry.objects.filter(verb="youth_vote.cast").values_list("data", flat=True)
    assert [dict(each) for each in told] == [{"statements": 1}] * 3


def test_who_is_no_delegate_votes_only_where_the_round_is_wide(edition, ballot):
    seated = queries.delegates(edition).values("pk")
    other = queries.eligible(edition).exclude(pk__in=seated).first().person
    with pytest.raises(PermissionDenied):
        actions.vote(ballot, {1: 1}, by=other, at=lab.VOTES[0])
    wide = lab.make_round(edition, "vote", is_wide=True)
    actions.set_statements(wide, [(lab.three("S"), None)], by=lab.officer(), at=lab.SEATED)
    assert actions.vote(wide, {1: 1}, by=other, at=lab.VOTES[0]) == 1
    with pytest.raises(PermissionDenied):
        actions.vote(wide, {1: 1}, by=lab.somebody("stranger"), at=lab.VOTES[0])


def test_what_is_voted_on_does_not_change_once_the_round_has_begun(edition, ballot):
    at, by = lab.VOTES[0], lab.officer()
    with pytest.raises(actions.RoundHasBegun):
        actions.set_statements(ballot, [(lab.three("Other"), None)], by=by, at=at)
    sooner = actions.Schedule("vote", lab.three("V"), at, lab.VOTES[1] - timedelta(days=1))
    later = actions.Schedule("vote", lab.three("V"), at, lab.VOTES[1] + timedelta(days=1))
    with pytest.raises(actions.RoundHasBegun):
        actions.hold(edition, sooner, number=ballot.number, by=by, at=at)
    held = actions.hold(edition, later, number=ballot.number, by=by, at=at)
    assert held.closes_at == later.closes_at
    with pytest.raises(actions.RoundOutOfOrder):
        actions.hold(edition, actions.Schedule("vote", {}, at, at), by=by, at=at)


def test_votes_are_read_when_the_round_has_closed_and_once(edition, ballot, seen_by):
    for place, each in enumerate(queries.delegates(edition)):
        actions.vote(ballot, {1: 1, 2: 1 if place % 2 else -1}, by=each.person, at=lab.VOTES[0])
    assert tasks.tick(at=lab.VOTES[1] - SECOND) == 0
    with time_machine.travel(lab.VOTES[1] - SECOND, tick=False):
        page = seen_by().get("/en/youthlab/YL-2024/results/").content.decode()
        assert "Statement 1" not in page
    assert tasks.tick(at=lab.VOTES[1]) == 1
    assert tasks.tick(at=lab.VOTES[1]) == 0
    found = queries.findings_of(ballot)
    assert found["agreed"][0] == 1
    assert found["divided"][0] == 2
    assert found["groups"] == []
    assert found["reason"][0] == "opinion.too_few_statements"
    page = seen_by().get("/en/youthlab/YL-2024/results/").content.decode()
    assert page.index("Most agreed") < page.index("Most divided") < page.index("<h3>Groups")


def test_the_page_of_votes_refuses_a_late_vote_in_words(edition, ballot, pair, seen_by):
    client, place = seen_by(pair[0].person), f"/en/youthlab/YL-2024/vote/{ballot.number}/"
    with time_machine.travel(lab.VOTES[0], tick=False):
        answer = client.post(place, {"statement": "1", "says": "agree"})
        assert answer.headers["Location"].endswith("#s2")
        assert client.post(place, {"statement": "1", "says": "shout"}).status_code == 404
        assert client.post(place, {"statement": "¹", "says": "agree"}).status_code == 404
        assert 'aria-pressed="true"' in client.get(place).content.decode()
    with time_machine.travel(lab.VOTES[1], tick=False):
        late = client.post(place, {"statement": "1", "says": "disagree"})
        assert late.status_code == 409
    assert Vote.objects.get().value == 1


def test_a_proposal_taken_back_is_nobodys_to_comment(edition, pair):
    lab.make_round(edition, "comment")
    row = lab.make_proposal(edition, pair[0])
    actions.take_back(row, by=pair[0].person, at=lab.SEATED)
    given = {"language": "es", "place": "", "by": pair[1].person, "at": lab.COMMENTS[0]}
    with pytest.raises(actions.NotShared):
        actions.comment(lab.reload(row), "x", **given)
    reading = actions.Reading("x", "y", "es")
    with pytest.raises(PermissionDenied):
        actions.save_story(lab.reload(row), reading, by=pair[0].person, at=lab.SEATED)


def test_a_vote_on_a_statement_that_does_not_exist_is_refused_in_words(edition, ballot, pair):
    for wrong in ({99: 1}, {1: 1, 99: 1}, {0: 0}):
        with pytest.raises(actions.NoSuchStatement):
            actions.vote(ballot, wrong, by=pair[0].person, at=lab.VOTES[0])
    assert Vote.objects.count() == 0
    assert not Entry.objects.filter(verb="youth_vote.cast").exists()


def test_once_the_text_is_adopted_shared_proposals_stand_as_they_were_read(edition, pair):
    author, other = (each.person for each in pair)
    lab.make_round(edition, "amend")
    row = lab.make_proposal(edition, pair[0])
    change = actions.Change("Otra", "", "es")
    offered = actions.amend(row, change, place="", by=other, at=lab.AMENDS[0])
    lab.make_adopted(edition)
    reading = actions.Reading("Otro título", "Otro texto", "es")
    with pytest.raises(actions.ProposalStands):
        actions.save_story(row, reading, by=author, at=lab.ANSWERED)
    with pytest.raises(actions.ProposalStands):
        actions.take_back(row, by=author, at=lab.ANSWERED)
    with pytest.raises(actions.ProposalStands):
        actions.answer_amendment(offered, is_taken=True, by=author, at=lab.ANSWERED)
    assert queries.revisions_of(row).count() == 1


def test_a_concluded_edition_takes_no_more_work(edition, ballot, pair, seen_by):
    author = pair[0].person
    row, draft = (lab.make_proposal(edition, pair[0], share=share) for share in (True, False))
    lab.make_round(edition, "comment")
    actions.conclude(edition, by=lab.officer(), at=lab.VOTES[0])
    reading, at = actions.Reading("Otro título", "Otro texto", "es"), lab.VOTES[0]
    by = lab.officer()
    for act in (
        lambda: actions.save_story(row, reading, by=author, at=at),
        lambda: actions.take_back(row, by=author, at=at),
        lambda: actions.share(draft, by=author, at=at),
        lambda: actions.propose(edition, reading, by=author, at=at),
        lambda: actions.vote(ballot, {1: 1}, by=author, at=at),
        lambda: actions.comment(row, "x", language="es", place="", by=author, at=lab.COMMENTS[0]),
        lambda: actions.write(edition, opening={}, closing={}, by=by, at=at),
    ):
        with pytest.raises(actions.HasAnEnd):
            act()
    place = f"/en/youthlab/YL-2024/room/proposals/{row.number}/edit/"
    with time_machine.travel(at, tick=False):
        typed = {"title": "Otro", "text": "Texto", "language": "es", "do": "keep"}
        answer = seen_by(author).post(place, typed)
    assert answer.status_code == 422
    assert "concluded" in answer.content.decode()
    assert lab.reload(row).title == "Escuelas hermanas"
