"""Ten thousand applications cost a page no more questions and no more bytes than a hundred."""

import logging
from math import ceil, log2

import pytest
from bench import pages, river
from django.db import transaction

from monarca.grants.applications.models import Application

FEW, MANY = 100, 10_000
MOST = 1.1
ENTRIES = (":opportunities-entry", ":awards-entry")
"""One record of what is public, by an identity that machines learn from the list."""

BY_MAIL = ("applications:intake", "applications:intake-aside", "applications:intake-file")
"""Nothing of the crowd arrived by mail; their pages are of one file each."""

PROOF, HASH = "applications:proof", 72
"""The proof that a receipt is in the sealed list: one more hash (in bytes) each time it doubles."""

REFERENCE = "CFLI-MX-2024-ONE"


@pytest.fixture(autouse=True)
def _quiet(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def costs_on_the_way(count, known=None, few=None):
    """{(step, page): cost} for every list and page the crowd gives an example of.

    `known` says who reads what: found out among few, and asked again among many. Among few a
    page was read before it is counted; among many one that asked more than `few` is read again,
    because what a process keeps for a while (a mission's name, a public file) may have run out.
    """
    known, found, few = known if known is not None else {}, {}, few or {}
    with transaction.atomic():
        for step, room, crowd in river.down(count):
            Application.objects.filter(pk=crowd.file.pk).update(reference=REFERENCE)
            crowd.file.refresh_from_db()
            clients = pages.readers(crowd, room)
            listed = known.setdefault(step, None) or pages.pages(crowd, clients, room)
            known[step] = listed
            for page in listed:
                where = step, page.name
                found[where] = pages.look(page, clients)
                if where in few and found[where].queries > few[where].queries:
                    found[where] = pages.look(page, clients)
        transaction.set_rollback(True)
    return found, known


def most_bytes(where, few):
    if where[1] == PROOF:
        return few[where].size + HASH * ceil(log2(MANY / FEW))
    return MOST * few[where].size


def test_ten_thousand_cost_what_a_hundred_cost(db):
    few, known = costs_on_the_way(FEW)
    many, _known = costs_on_the_way(MANY, known, few)
    asked_more = [
        (*where, few[where].queries, many[where].queries)
        for where in few
        if many[where].queries > MOST * few[where].queries
    ]
    grew = [
        (*where, few[where].size, many[where].size)
        for where in few
        if many[where].size > most_bytes(where, few)
    ]
    lists = {page.name for listed in known.values() for page in listed if page.is_list}
    chatty = [(*where, many[where].queries) for where in many if where[1] in lists]
    assert asked_more == []
    assert grew == []
    assert [each for each in chatty if each[2] > 10] == []


def test_every_address_has_an_example(db):
    _step, _room, crowd = next(river.down(2))
    assert set(pages.unknown(crowd)) == {*BY_MAIL, *ENTRIES, "demo:become", "people:link"}
