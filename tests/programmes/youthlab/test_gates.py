"""Who sees what of a Youth Lab: a property over roles, and the people who are barred."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.ground.people.states import Roles
from monarca.programmes.youthlab import policy, queries
from tests import world_youthlab as lab

KEEPERS = {"coordinator", "manager"}
WITHIN = KEEPERS | {"head_of_mission", "finance", "auditor"}


@pytest.fixture
def editions(mexico):
    """One that is published, with an application, and one in preparation."""
    shown = lab.make_edition("YL-2024")
    lab.make_candidacy(shown)
    hidden = lab.make_edition("YL-2025", publish=False)
    people.found_mission(
        "OTTAWA", by=None, at=lab.DAWN, name={}, countries=["CA"], time_zone="America/Toronto"
    )
    return shown, hidden


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    roles=st.sets(st.sampled_from(sorted(Roles.values)), max_size=3),
    here=st.booleans(),
    is_reader=st.booleans(),
    is_barred=st.booleans(),
    number=st.integers(0, 10**9),
)
def test_nobody_sees_what_they_may_not(editions, roles, here, is_reader, is_barred, number):
    shown, hidden = editions
    mission = Mission.objects.get(code="MEXICO" if here else "OTTAWA")
    user = people.join(f"q{number}{sorted(roles)}{here}@x.example"[:90], by=None, at=lab.DAWN)
    for role in roles:
        people.give_role(user, by=None, at=lab.DAWN, mission=mission, role=role)
    if is_reader:
        people.open_to(user, hidden, by=None, at=lab.DAWN, reason="counterpart")
    if is_barred:
        for edition in editions:
            people.close_to(user, edition, by=None, at=lab.DAWN, reason="conflict")
    at = lab.CHECKED
    seen = set(queries.visible_to(user, at=at).values_list("code", flat=True))
    has_role = (bool(roles & WITHIN) and here) or "headquarters" in roles
    if is_barred:
        assert seen == set()
    else:
        assert seen == {"YL-2024"} | ({"YL-2025"} if has_role or is_reader else set())
    keeps = bool(roles & KEEPERS) and here and not is_barred
    assert queries.kept_by(user, at=at).exists() == keeps
    assert policy.may_keep(user, shown, at=at) == keeps
    assert policy.may_publish(user, shown, at=at) == (keeps and "manager" in roles)
    for access in user.access.all():
        access.delete()


def test_a_keeper_barred_from_one_application_does_not_know_of_it(editions, seen_by):
    shown, _hidden = editions
    one = queries.unchecked(shown).get()
    boss = lab.officer()
    people.close_to(boss, one, by=None, at=lab.DAWN, reason="family")
    assert not queries.kept_by(boss, at=lab.CHECKED).exists()
    place = reverse("youthlab:check-one", args=["YL-2024", one.reference])
    assert seen_by(boss).get(place).status_code == 404
    assert seen_by(lab.officer("coordinator")).get(place).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("head_of_mission", 403),
        ("finance", 403),
        ("auditor", 403),
        ("headquarters", 403),
        ("reviewer", 403),
        ("counterpart", 403),
        ("coordinator", 200),
        ("manager", 200),
    ],
)
def test_only_who_runs_it_reads_what_applicants_say_of_themselves(editions, seen_by, role, status):
    one = queries.unchecked(editions[0]).get()
    client = seen_by(lab.officer(role))
    for name, args in (
        ("applications", ["YL-2024"]),
        ("check-one", ["YL-2024", one.reference]),
        ("draw", ["YL-2024"]),
        ("keep", ["YL-2024"]),
        ("quotas", ["YL-2024"]),
        ("text", ["YL-2024"]),
    ):
        answer = client.get(reverse(f"youthlab:{name}", args=args))
        assert answer.status_code == status, name
        if status != 200:
            assert "Itzel" not in answer.content.decode()


def test_nobody_opens_somebody_elses_application_or_the_delegates_room(editions, seen_by):
    other = seen_by(lab.somebody("diego"))
    for name in ("section", "check", "withdraw", "mine"):
        args = ["YL-2024", "you"] if name == "section" else ["YL-2024"]
        assert other.get(reverse(f"youthlab:{name}", args=args)).status_code == 404
    for client in (other, seen_by(lab.somebody("itzel"))):
        assert client.get(reverse("youthlab:room", args=["YL-2024"])).status_code == 403
        new = reverse("youthlab:propose", args=["YL-2024"])
        assert client.get(new).status_code == 403
    assert seen_by().get(reverse("youthlab:mine", args=["YL-2024"])).status_code == 302


def test_a_counterpart_sees_the_edition_shared_with_them_and_no_other(editions):
    _shown, hidden = editions
    guest = lab.counterpart(hidden)
    codes = set(queries.visible_to(guest, at=lab.CHECKED).values_list("code", flat=True))
    assert codes == {"YL-2024", "YL-2025"}
    assert policy.side_of(guest, hidden, at=lab.CHECKED) == "mexico"
    assert policy.side_of(guest, editions[0], at=lab.CHECKED) == ""
    assert not queries.kept_by(guest, at=lab.CHECKED).exists()


def test_a_delegate_who_is_barred_finds_nothing(mexico, seen_by):
    edition = lab.make_edition()
    lab.make_pool(edition, 12)
    one = lab.make_delegates(edition)[0]
    proposal = lab.make_proposal(edition, one)
    client = seen_by(one.person)
    place = reverse("youthlab:proposal", args=["YL-2024", proposal.number])
    assert client.get(place).status_code == 200
    people.close_to(one.person, edition, by=None, at=lab.SEATED, reason="conduct")
    assert client.get(place).status_code == 404
    assert client.get(reverse("youthlab:edition", args=["YL-2024"])).status_code == 404
