"""One edition from its founding to both governments' answers, by the acts alone."""

from monarca.ground.commitments.models import Commitment
from monarca.programmes.youthlab import actions, queries, tasks
from tests import world_youthlab as lab


def test_an_edition_goes_from_applications_to_answered_recommendations(mexico):  # noqa: PLR0915
    edition = lab.make_edition()
    guest = lab.counterpart(edition)
    lab.make_pool(edition)
    delegates = lab.make_delegates(edition)
    assert len(delegates) == 6
    lab.make_round(edition, "comment")
    lab.make_round(edition, "amend")
    votes = lab.make_round(edition, "vote")
    author, other = delegates[:2]
    proposal = lab.make_proposal(edition, author)
    at = lab.COMMENTS[0]
    actions.comment(proposal, "Bien.", language="es", place="x", by=other.person, at=at)
    change = actions.Change("Doscientas escuelas.", "Alcanza.", "es")
    offered = actions.amend(proposal, change, place="y", by=other.person, at=lab.AMENDS[0])
    actions.answer_amendment(offered, is_taken=True, by=author.person, at=lab.AMENDS[0])
    assert lab.reload(proposal).text == "Doscientas escuelas."
    actions.set_statements(
        votes, [(lab.three("Twin schools"), proposal)], by=lab.officer(), at=lab.AMENDS[1]
    )
    for each in delegates[:6]:
        actions.vote(votes, {1: 1}, by=each.person, at=lab.VOTES[0])
    assert tasks.tick(at=lab.VOTES[1]) == 1
    assert queries.findings_of(votes)["statements"]["1"]["agree"] == 6
    lab.make_adopted(edition)
    recommendation = queries.adopted(edition).first()
    _reply, ours = actions.answer(
        recommendation, lab.an_answer(), place="z", by=lab.officer(), at=lab.ANSWERED
    )
    _reply, theirs = actions.answer(
        recommendation, lab.an_answer("part"), place="z", by=guest, at=lab.ANSWERED
    )
    assert {ours.origin, theirs.origin} == {"youth_recommendation"}
    assert sorted(ours.owners.values_list("side", flat=True)) == ["canada", "mexico"]
    assert Commitment.objects.filter(is_public=True).count() == 2
    assert actions.conclude(edition, by=lab.officer(), at=lab.ANSWERED).status == "concluded"
