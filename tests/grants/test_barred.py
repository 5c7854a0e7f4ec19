"""A barred person gets 404 from every address of the file, in every room there is or will be."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from monarca.grants.applications import queries as applications
from monarca.grants.reviews import actions as reviews
from monarca.grants.reviews import queries as reading
from monarca.grants.screening import actions as acts
from monarca.grants.screening import queries as screening
from monarca.ground.letters.models import Letter
from monarca.ground.partners import actions as partners
from monarca.ground.people import actions as people
from tests.conftest import NOON
from tests.world_reviews import READ, make_assigned, make_declared
from tests.world_screening import AFTER, make_begun, make_officer

NAMES = {"ref", "reference"}
PUBLIC = {"projects"}  # what was published belongs to everybody, and says nothing before
ROLES = ("reviewer", "manager", "coordinator", "head_of_mission", "finance", "auditor")
STANDS_FOR = {"number": "1", "digest": "0" * 64, "rule": "E25", "section": "project"}


def walk(resolver, parts=()):
    """Every pattern of ours as its written parts and its own names of parameters."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from walk(each, (*parts, each))
        elif isinstance(each, URLPattern):
            yield (*parts, each)


def written(chain, reference):
    """The address of a pattern for this file; None when it names no file."""
    route = "".join(str(part.pattern) for part in chain).lstrip("^")
    names = {name for part in chain for name in part.pattern.converters}
    if not names & NAMES or route.split("/")[1] in PUBLIC:
        return None
    address = "/" + route
    for part in chain:
        for name, converter in part.pattern.converters.items():
            value = reference if name in NAMES else filling(name, converter, reference)
            for kind in ("str", "int", "slug", "path", "uuid"):
                address = address.replace(f"<{kind}:{name}>", value)
            address = address.replace(f"<{name}>", value)
    return address


def filling(name, converter, reference):
    if name == "other":
        return reference
    if name in STANDS_FOR:
        return STANDS_FOR[name]
    return "1" if "int" in type(converter).__name__.lower() else "x"


def addresses_of(reference, language="en"):
    with override(language):
        found = [written(chain, reference) for chain in walk(get_resolver())]
    return sorted({address for address in found if address})


@pytest.fixture(autouse=True)
def _open_doors(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path


def signed_in(user):
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def answers(client, reference):
    """(address, verb) -> status, for every address of the file."""
    found = {}
    for address in addresses_of(reference):
        found[address, "GET"] = client.get(address).status_code
        found[address, "POST"] = client.post(address, {"level": "none"}).status_code
    return found


def test_the_walk_knows_the_addresses_of_every_room_with_a_file(submitted):
    found = " ".join(addresses_of(submitted.reference))
    for piece in ("/screening/", "/reviews/", "/review/", "/applications/", "/clarification/"):
        assert piece in found
    assert "<" not in found


def test_a_reviewer_with_an_actual_conflict_gets_404_everywhere(submitted, staff):
    reviewer = staff("reviewer")
    make_declared(submitted, reviewer)
    client = signed_in(reviewer)
    assert 200 in answers(client, submitted.reference).values(), "open to them before"

    reviews.declare(submitted, by=reviewer, at=READ, level="actual", words="Es mi hermana.")

    # A view that takes POST alone may refuse GET before it looks for the file: that tells nothing.
    wrong = {k: v for k, v in answers(client, submitted.reference).items() if v not in (404, 405)}
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_being_barred_wins_over_every_role(submitted, staff, role):
    make_begun(submitted)
    user = staff(role)
    people.open_to(user, submitted, by=None, at=READ, reason="assigned")
    people.close_to(user, submitted, by=None, at=READ, reason="conflict")

    found = answers(signed_in(user), submitted.reference)

    assert {k: v for k, v in found.items() if v not in (404, 405)} == {}
    assert {v for (_address, verb), v in found.items() if verb == "POST"} == {404}


def test_even_a_member_of_the_group_is_barred(submitted, person):
    people.close_to(person(), submitted, by=None, at=READ, reason="conflict")

    found = answers(signed_in(person()), submitted.reference)

    assert {k: v for k, v in found.items() if v not in (404, 405)} == {}


def test_a_file_that_does_not_exist_answers_alike(submitted, staff):
    """What a barred person is told cannot be told apart from a file that never was."""
    reviewer = staff("reviewer")
    make_assigned(submitted, reviewer)
    reviews.declare(submitted, by=reviewer, at=READ, level="actual", words="Sí")
    client = signed_in(reviewer)
    never = "CFLI-MX-2024-ZZZZZ"

    barred = {a.replace(submitted.reference, never): v for (a, _), v in _gets(client, submitted)}
    assert barred == {address: client.get(address).status_code for address in addresses_of(never)}


def _gets(client, file):
    found = answers(client, file.reference)
    return [(key, status) for key, status in found.items() if key[1] == "GET"]


def test_lists_of_the_desk_hide_the_file_from_the_barred(submitted, staff):
    make_assigned(submitted)
    lists = ["/en/desk/", "/en/desk/screening/", "/en/desk/reviews/", "/en/desk/files/"]
    for role in ("manager", "coordinator", "reviewer"):
        user = staff(role)
        people.close_to(user, submitted, by=None, at=READ, reason="conflict")
        client = signed_in(user)
        for address in lists:
            for view in ("", "?view=open", "?view=waiting", "?view=assign", "?view=going"):
                page = client.get(address + view)
                assert submitted.reference not in page.content.decode(), (role, address, view)


def test_queries_of_the_rooms_hide_it_too(submitted, staff):
    manager = staff("manager")
    make_assigned(submitted)
    people.close_to(manager, submitted, by=None, at=READ, reason="conflict")

    assert not applications.visible_to(manager, at=READ).exists()
    assert not screening.visible_to(manager, at=READ).exists()
    assert not reading.visible_to(manager, at=READ).exists()


def test_letters_about_the_file_reach_its_people_but_not_the_barred_one(submitted, person):
    """Of two who speak for the group, one is barred: only the other is written to."""
    other = person("otra@example.org")
    partners.admit(other, by=person(), at=NOON, organisation=submitted.applicant)
    people.close_to(person(), submitted, by=None, at=NOON, reason="conflict")
    begun = make_begun(submitted)
    due_on = AFTER.date() + timedelta(days=14)

    acts.ask(begun, by=make_officer(), at=AFTER, question="¿Sí?", due_on=due_on)

    told = Letter.objects.filter(key="clarification.asked").values_list("to", flat=True)
    assert list(told) == [other.email]
