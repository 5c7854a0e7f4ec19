"""What a record deposited is read by who reads the record, and by nobody else."""

import pytest

from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.models import Commitment
from monarca.ground.people.models import Mission
from tests import world_commitments as make
from tests.ground.commitments.test_making import verbs
from tests.world_commitments import AUTUMN, WINTER


@pytest.fixture
def lent(mexico, counterpart):
    """Public, deposited by a record (any will do), and a counterpart is asked about it."""
    given = {"is_public": True, "owners": (make.holder(user=counterpart),)}
    return make.make_commitment(mexico, source=mexico, **given)


def seen(user, row, at=WINTER):
    return queries.visible_to(user, at=at).filter(pk=row.pk).exists()


def test_what_is_sealed_later_is_known_to_its_readers_alone(
    lent, mexico, manager, coordinator, counterpart
):
    assert all(seen(one, lent) for one in (None, manager, coordinator, counterpart))
    assert actions.keep_to(mexico, (manager,), by=coordinator, at=WINTER) == 1
    lent.refresh_from_db()
    assert (lent.is_sealed, lent.is_public) == (True, False)
    assert [seen(one, lent) for one in (None, manager, coordinator, counterpart)] == [
        *(False, True, False, False)
    ]
    (owner,) = queries.owners_of(lent, at=WINTER)
    assert (owner.name, owner.user) == ("Comisión de Parques", None)
    assert verbs(lent)[1:] == [*("commitment.sealed", "access.reader", "commitment.owner_released")]


def test_a_reader_who_is_one_no_more_reads_it_no_more(lent, mexico, manager, counterpart):
    actions.keep_to(mexico, (manager, counterpart), by=manager, at=AUTUMN)
    assert seen(counterpart, lent)
    assert queries.owners_of(lent, at=WINTER).get().user == counterpart
    actions.keep_to(mexico, (manager,), by=manager, at=WINTER)
    assert not seen(counterpart, lent)
    assert seen(manager, lent)


def test_it_stays_sealed_whatever_is_permitted_afterwards(lent, mexico, manager):
    actions.keep_to(mexico, (), by=manager, at=AUTUMN)
    assert actions.lend(mexico, public=True, by=manager, at=WINTER) == 0
    assert not Commitment.objects.get(pk=lent.pk).is_public


def test_what_another_record_deposited_is_left_alone(lent, mexico, far, manager):
    other: Mission = far[0]
    apart = make.make_commitment(mexico, source=other, is_public=True)
    actions.keep_to(mexico, (), by=manager, at=WINTER)
    assert seen(None, apart)
