"""The Youth Lab of the sample year: from about 120 applications to answers of both governments."""

from monarca.ground.commitments.models import Commitment
from monarca.ground.people.models import Access
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.models import Candidacy, Edition, Reply

PANEL = "eda5f813d19aab583900e7d34542c1716da763dfaab0b8da8f40bbbb760fd22f"


def test_the_demo_goes_from_an_open_application_to_answered_recommendations(demo):
    edition = Edition.objects.get()
    assert edition.status == "concluded"
    assert Candidacy.objects.filter(edition=edition).count() == 120
    panel, again = queries.lotteries_of(edition)
    assert (panel.status, again.status, again.seats) == ("drawn", "drawn", 2)
    assert panel.found["least"] > 0
    assert queries.delegates(edition).count() == 24
    found = queries.findings_of(queries.rounds_of(edition).get(number=3))
    assert found["reason"][0] == "opinion.stable_groups", found["reason"]
    assert len(found["groups"]) == 2
    assert found["stability"] >= 0.6
    assert min(each["people"] for each in found["groups"]) >= 5
    assert [each.number for each in queries.adopted(edition)] == [1, 2, 3]
    assert Reply.objects.count() == 6
    assert Commitment.objects.filter(origin="youth_recommendation", is_public=True).count() == 5
    sides = {frozenset(c.owners.values_list("side", flat=True)) for c in Commitment.objects.all()}
    assert sides == {frozenset({"canada", "mexico"})}
    guest = Access.objects.get(kind="youthlab.edition", effect="reader").user
    assert guest.roles.get().role == "counterpart"


def test_every_demo_draws_the_same_panel(demo):
    panel = queries.lotteries_of(Edition.objects.get()).first()
    assert panel.commitment == PANEL
