"""Who sees which commitment: a property over random people, roles, owners, readers and bars."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.ground.commitments import queries
from monarca.ground.commitments.models import Commitment
from monarca.ground.people import actions as people
from monarca.ground.people.models import Role
from monarca.ground.people.states import SEES_ALL, Roles
from tests import world_commitments as make
from tests.conftest import DAWN
from tests.world_commitments import AUTUMN, WINTER

CASES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["", *Roles.values]),
        "here": st.booleans(),
        "owns": st.sampled_from(["", "now", "before"]),
        "reads": st.booleans(),
        "barred": st.booleans(),
        "sealed": st.booleans(),
        "public": st.booleans(),
    }
)


def expected(case):
    """The rule in plain words, as the register's readers are told it."""
    if case["barred"]:
        return False
    if case["owns"] == "now" or case["reads"]:
        return True
    if case["sealed"]:
        return False
    staff = case["role"] in SEES_ALL and (case["here"] or case["role"] == "headquarters")
    return case["public"] or staff


def happen(case, mission, other, user):
    """One commitment and one person, as the case says."""
    Role.objects.filter(user=user).delete()
    if case["role"]:
        place = mission if case["here"] else other
        people.give_role(user, by=None, at=DAWN, mission=place, role=case["role"])
    owners = (make.holder(user=user),) if case["owns"] else ()
    readers = () if case["sealed"] else None
    public = case["public"] and not case["sealed"]
    made = make.make_commitment(mission, owners=owners, readers=readers, is_public=public)
    if case["owns"] == "before":
        made.owners.update(until=AUTUMN)
    if case["reads"]:
        people.open_to(user, made, by=None, at=AUTUMN, reason="shared")
    if case["barred"]:
        people.close_to(user, made, by=None, at=AUTUMN, reason="conflict")
    return made


@settings(
    max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(CASES, min_size=1, max_size=4))
def test_nobody_sees_what_they_may_not(mexico, far, person, cases):
    user = person("anybody@example.org")
    role = cases[0]["role"], cases[0]["here"]
    seen = set()
    for case in cases:
        case["role"], case["here"] = role
        made = happen(case, mexico, far[0], user)
        if expected({**case, "public": case["public"] and not case["sealed"]}):
            seen.add(made.pk)
        public = set(queries.visible_to(None, at=WINTER).values_list("pk", flat=True))
        assert (made.pk in public) == (case["public"] and not case["sealed"])
    ours = Commitment.objects.order_by("-pk").values_list("pk", flat=True)[: len(cases)]
    told = set(queries.visible_to(user, at=WINTER).values_list("pk", flat=True))
    assert told & set(ours) == seen


def test_a_counterpart_sees_the_public_ones_and_those_shared_by_name(mexico, counterpart):
    hidden = make.make_commitment(mexico)
    public = make.make_commitment(mexico, is_public=True)
    shared = make.make_commitment(mexico)
    people.open_to(counterpart, shared, by=None, at=AUTUMN, reason="shared")

    assert set(queries.visible_to(counterpart, at=AUTUMN)) == {public, shared}
    assert hidden not in queries.visible_to(counterpart, at=AUTUMN)


def test_what_a_record_deposited_goes_through_the_same_gate(mexico, counterpart, coordinator):
    make.make_commitment(mexico, source=mexico)
    assert queries.of_source(mexico, coordinator, at=AUTUMN).count() == 1
    assert queries.of_source(mexico, counterpart, at=AUTUMN).count() == 0
    assert queries.of_source(mexico, None, at=AUTUMN).count() == 0
