"""Proofs that a receipt is in a closed list, that nothing was taken out, and who signed it."""

import base64
import hashlib
import inspect
import json
import subprocess
import sys
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import sealing
from monarca.engines.sealing import checkpoints, verify

KEY = bytes(range(32))
PUBLIC = checkpoints.public_key_of(KEY)
ORIGIN = "example.org/calls/CFLI-MX-2024"
sizes = st.integers(1, 70)


def hashes(many):
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(many)]


def root_by_definition(listed):
    """RFC 6962, section 2.1, word for word."""
    if not listed:
        return hashlib.sha256(b"").digest()
    if len(listed) == 1:
        return hashlib.sha256(b"\x00" + bytes.fromhex(listed[0])).digest()
    half = 1
    while half * 2 < len(listed):
        half *= 2
    left, right = root_by_definition(listed[:half]), root_by_definition(listed[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("many", range(40))
def test_the_root_is_the_one_of_the_definition(many):
    assert sealing.tree(hashes(many)).root == root_by_definition(hashes(many)).hex()


@pytest.mark.parametrize("many", range(1, 36))
def test_every_hash_of_a_list_is_proved_to_be_in_it_and_nowhere_else(many):
    listed = hashes(many)
    tree = sealing.tree(listed)
    for place, each in enumerate(listed):
        proof = tree.inclusion(place)
        assert len(proof.path) <= (many - 1).bit_length()
        assert sealing.includes(tree.root, each, proof)
        assert [at for at in range(many) if sealing.includes(tree.root, listed[at], proof)] == [
            place
        ]
        for wrong in {0, place - 1, place + 1, many} - {place}:
            assert not sealing.includes(tree.root, each, replace(proof, place=wrong))


@given(sizes, st.data())
def test_a_proof_that_was_touched_proves_nothing(many, data):
    listed = hashes(many)
    tree = sealing.tree(listed)
    place = data.draw(st.integers(0, many - 1))
    proof = tree.inclusion(place)
    other = hashlib.sha256(b"other").hexdigest()
    assert not sealing.includes(tree.root, other, proof)
    assert not sealing.includes(other, listed[place], proof)
    assert not sealing.includes(tree.root, listed[place], replace(proof, path=(*proof.path, other)))
    for at in range(len(proof.path)):
        swapped = (*proof.path[:at], other, *proof.path[at + 1 :])
        assert not sealing.includes(tree.root, listed[place], replace(proof, path=swapped))
        shorter = proof.path[:at] + proof.path[at + 1 :]
        assert not sealing.includes(tree.root, listed[place], replace(proof, path=shorter))


@pytest.mark.parametrize("many", range(36))
def test_a_list_that_grew_is_proved_to_begin_with_what_it_was(many):
    listed = hashes(many)
    tree = sealing.tree(listed)
    for old_size in range(many + 1):
        old = sealing.tree(listed[:old_size])
        proof = tree.consistency(old_size)
        assert sealing.extends(tree.root, old.root, proof)
        if 0 < old_size < many:
            changed = sealing.tree([*listed[: old_size - 1], "00" * 32])
            assert not sealing.extends(tree.root, changed.root, proof)
            longer = replace(proof, path=(*proof.path, "00" * 32))
            assert not sealing.extends(tree.root, old.root, longer)
            assert not sealing.extends(tree.root, old.root, replace(proof, path=proof.path[1:]))


def test_what_is_no_hash_proves_nothing_and_crashes_nothing():
    tree = sealing.tree(hashes(5))
    proof = tree.inclusion(2)
    assert not sealing.includes(tree.root, "nonsense", proof)
    assert not sealing.includes(tree.root, hashes(5)[2], replace(proof, path=("zz",)))
    assert not sealing.extends("x", tree.root, tree.consistency(3))
    with pytest.raises(ValueError, match="hexadecimal"):
        sealing.tree(["AB" * 32])
    with pytest.raises(IndexError):
        tree.inclusion(5)
    with pytest.raises(ValueError, match="6"):
        tree.consistency(6)


def test_a_checkpoint_is_read_again_by_who_knows_the_key():
    tree = sealing.tree(hashes(7))
    note = checkpoints.sign(checkpoints.of(ORIGIN, tree), KEY)

    lines = note.split("\n")
    assert lines[:2] == [ORIGIN, "7"]
    assert base64.b64decode(lines[2]).hex() == tree.root
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert checkpoints.opened(note, PUBLIC) == checkpoints.of(ORIGIN, tree)


def test_a_checkpoint_of_somebody_else_or_with_other_words_is_not_signed():
    note = checkpoints.sign(checkpoints.of(ORIGIN, sealing.tree(hashes(7))), KEY)
    others = checkpoints.public_key_of(bytes(32))
    with pytest.raises(checkpoints.NotSigned):
        checkpoints.opened(note, others)
    broken = ["", "x", note.replace("\n7\n", "\n8\n"), note.replace("— ", "- "), note[:-9]]
    for each in broken:
        with pytest.raises(checkpoints.NotSigned):
            checkpoints.opened(each, PUBLIC)


@given(st.text(max_size=200))
def test_no_text_is_taken_for_a_signed_checkpoint(text):
    with pytest.raises(checkpoints.NotSigned):
        checkpoints.opened(text, PUBLIC)


def test_the_signature_is_the_one_of_rfc_8032():
    """Section 7.1, test 1: the empty message."""
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert checkpoints.public_key_of(secret).hex() == public


@pytest.mark.parametrize("origin", ["", "  ", "two\nlines", "a+b"])
def test_an_origin_is_one_line(origin):
    with pytest.raises(ValueError, match="origin"):
        checkpoints.of(origin, sealing.tree([]))


def bundle(many=9, place=4):
    content = {"title": "Agua limpia", "asked_cents": 4_500_000}
    listed = hashes(many)
    listed[place] = sealing.sha256(content)
    tree = sealing.tree(listed)
    proof = tree.inclusion(place)
    return {
        "content": content,
        "sha256": listed[place],
        "place": proof.place,
        "size": proof.size,
        "path": list(proof.path),
        "checkpoint": checkpoints.sign(checkpoints.of(ORIGIN, tree), KEY),
    }


def known():
    return base64.b64encode(PUBLIC).decode()


@pytest.mark.parametrize("many", range(1, 20))
def test_an_outsider_verifies_every_receipt_of_a_list_with_one_file(many):
    for place in range(many):
        said = verify.verify(bundle(many, place), known())
        assert said == f"{ORIGIN}: received, number {place + 1} of {many}"


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"title": "Agua sucia", "asked_cents": 4_500_000}},
        {"sha256": "00" * 32, "content": None},
        {"place": 5},
        {"place": 9},
        {"size": 8},
        {"path": []},
    ],
)
def test_an_outsider_finds_what_was_changed(change):
    told = bundle() | change
    if told["content"] is None:
        del told["content"]
    with pytest.raises(ValueError, match=r"\w"):
        verify.verify(told, known())


def test_an_outsider_finds_a_checkpoint_that_another_key_signed():
    tree = sealing.tree([bundle()["sha256"]])
    forged = checkpoints.sign(checkpoints.of(ORIGIN, tree), bytes(32))
    told = bundle() | {"checkpoint": forged, "place": 0, "size": 1, "path": []}
    with pytest.raises(InvalidSignature):
        verify.verify(told, known())


def test_the_outsider_s_file_stands_alone_and_is_short(tmp_path):
    assert len(inspect.getsource(verify.verify).splitlines()) < 60
    alone = tmp_path / "verify.py"
    alone.write_text(inspect.getsource(verify))
    (tmp_path / "bundle.json").write_text(json.dumps(bundle()))
    done = subprocess.run(
        [sys.executable, "-I", str(alone), str(tmp_path / "bundle.json"), known()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{ORIGIN}: received, number 5 of 9\n"
