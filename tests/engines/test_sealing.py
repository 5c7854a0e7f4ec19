"""Seals: one spelling, one hash, and a chain that shows where it was touched."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import sealing

letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=20,
)
hashes = st.lists(st.binary(max_size=4), min_size=1, max_size=12).map(
    lambda each: [hashlib.sha256(one).hexdigest() for one in each]
)


def test_the_canonical_spelling_is_sorted_compact_and_utf_8():
    value = {"b": [1, True, None], "a": {"ñ": "café\n", "Z": ()}}
    assert sealing.canonical(value).decode() == '{"a":{"Z":[],"ñ":"café\\n"},"b":[1,true,null]}'


@given(values)
def test_the_order_of_keys_makes_no_difference(value):
    assert sealing.sha256(value) == sealing.sha256(_reversed(value))


def _reversed(value):
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(value)}
    return [_reversed(each) for each in value] if isinstance(value, list) else value


@given(values, values)
def test_different_values_have_different_spellings(one, other):
    same = sealing.canonical(one) == sealing.canonical(other)
    assert same == (repr(_typed(one)) == repr(_typed(other)))


def _typed(value):
    if isinstance(value, dict):
        return sorted((key, repr(_typed(each))) for key, each in value.items()), "object"
    return [_typed(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), Decimal(1), {"a": [0.5]}, {1: "a"}, {1, 2}, b""]
)
def test_what_has_no_exact_spelling_is_refused(value):
    with pytest.raises(TypeError):
        sealing.canonical(value)


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        sealing.canonical("\ud800")


def test_the_link_is_the_hash_of_what_it_names():
    sha = "ab" * 32
    spelled = f'["{sealing.GENESIS}",1,"{sha}"]'.encode()
    assert sealing.link(sealing.GENESIS, 1, sha) == hashlib.sha256(spelled).hexdigest()
    with pytest.raises(ValueError, match="64"):
        sealing.link("", 1, sha)


@given(hashes)
def test_an_untouched_chain_holds(given_hashes):
    assert sealing.first_broken(sealing.chain(given_hashes)) is None


@given(hashes, st.data())
def test_a_changed_entry_shows_where(given_hashes, data):
    entries = sealing.chain(given_hashes)
    at = data.draw(st.integers(0, len(entries) - 1))
    touched = hashlib.sha256(b"touched").hexdigest()
    content = [*entries[:at], replace(entries[at], recomputed=touched), *entries[at + 1 :]]
    broken = sealing.first_broken(content)
    assert broken is not None
    assert (broken.position, broken.reason.code) == (at + 1, "sealing.content_differs")
    if at + 1 < len(entries):
        rewritten = [*entries[:at], replace(entries[at], sha256=touched), *entries[at + 1 :]]
        broken = sealing.first_broken(rewritten)
        assert broken is not None
        assert (broken.position, broken.reason.code) == (at + 2, "sealing.link_differs")


@given(hashes.filter(lambda each: len(each) > 1), st.data())
def test_a_removed_or_moved_entry_shows(given_hashes, data):
    entries = sealing.chain(given_hashes)
    at = data.draw(st.integers(0, len(entries) - 2))
    broken = sealing.first_broken([*entries[:at], *entries[at + 1 :]])
    assert broken is not None
    assert (broken.position, broken.reason.code) == (at + 1, "sealing.position_missing")
    swapped = [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]
    assert sealing.first_broken(swapped) is not None


def test_a_chain_can_go_on_from_where_it_stopped():
    whole = sealing.chain(["aa" * 32, "bb" * 32])
    rest = sealing.chain(
        ["bb" * 32], previous=sealing.link(sealing.GENESIS, 1, "aa" * 32), position=2
    )
    assert whole[1:] == rest


def test_a_receipt_says_when_in_utc_and_confirms_only_what_it_was_given_for():
    at = datetime(2024, 4, 21, 23, 58, 59, 999, tzinfo=timezone(-timedelta(hours=6)))
    held = sealing.receipt("CFLI-MX-2024-7K3QF", {"title": "Agua"}, at=at)
    assert held.received_at == "2024-04-22T05:58:59Z"
    assert sealing.confirms(held, {"title": "Agua"})
    assert not sealing.confirms(held, {"title": "Agua "})
    assert held.short.replace(" ", "") == held.sha256[:16]
    with pytest.raises(ValueError, match="time zone"):
        sealing.receipt("X", {}, at=datetime(2024, 4, 21, tzinfo=UTC).replace(tzinfo=None))


def test_the_merkle_root_is_that_of_rfc_6962():
    leaf = [hashlib.sha256(bytes([i])).digest() for i in range(3)]
    hashed = [hashlib.sha256(b"\x00" + each).digest() for each in leaf]
    left = hashlib.sha256(b"\x01" + hashed[0] + hashed[1]).digest()
    root = hashlib.sha256(b"\x01" + left + hashed[2]).hexdigest()
    assert sealing.merkle_root([each.hex() for each in leaf]) == root
    assert sealing.merkle_root([]) == hashlib.sha256(b"").hexdigest()
