"""Passages that stand in two texts are found at their places; what everybody writes is not."""

import os
import random
import re
import subprocess
import sys

import pytest
from bench.of_linkage import f1, proposals
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import linkage
from monarca.engines.linkage import Text, copied, fingerprints
from monarca.engines.linkage.prints import GRAM, WINDOW, prints_of, words_of

PASSAGE = (
    "abrir una escuela itinerante donde las maestras tejedoras enseñen a jóvenes de doce comunidades, "
    "llevar un registro de diseños para proteger la autoría colectiva y reunir a tres cooperativas"
)


def own(seed, count=40):
    chosen = random.Random(seed)
    return " ".join(f"palabra{chosen.randrange(10**6)}" for _ in range(count))


def test_a_copied_passage_is_found_at_its_place_in_both_texts():
    left, right = f"{own(1)} {PASSAGE}. {own(2)}", f"{own(3)} {PASSAGE.upper()}; {own(4)}"
    (copy,) = copied([Text("b", right), Text("a", left)])
    assert (copy.left, copy.right) == ("a", "b")
    (passage,) = copy.passages
    assert left[passage.left_start : passage.left_end] == PASSAGE
    assert right[passage.right_start : passage.right_end] == PASSAGE.upper()
    assert passage.words == len(PASSAGE.split())
    assert passage.alike_share == 1.0
    assert copy.left_share == round(passage.words / (80 + passage.words), 3)
    assert copy.reason.values["passages"] == 1


def test_a_passage_with_one_word_in_twenty_changed_is_found_whole():
    words = own(7, 60).split()
    changed = [f"otra{place}" if place % 20 == 11 else word for place, word in enumerate(words)]
    left, right = f"{own(1)} {' '.join(words)} {own(2)}", f"{own(3)} {' '.join(changed)} {own(4)}"
    (copy,) = copied([Text("a", left), Text("b", right)])
    assert copy.passages[0].alike_share == round(57 / 60, 3)
    place = copy.passages[0]
    assert left[place.left_start : place.left_end] == " ".join(words)
    assert right[place.right_start : place.right_end] == " ".join(changed)


def test_two_passages_are_two_places():
    more = own(9, 30)
    left = f"{PASSAGE} {own(1)} {more}"
    right = f"{more} {own(2)} {PASSAGE}"
    (copy,) = copied([Text("a", left), Text("b", right)])
    assert len(copy.passages) == 2
    for place in copy.passages:
        one, other = (
            left[place.left_start : place.left_end],
            right[place.right_start : place.right_end],
        )
        assert one == other


def test_what_many_write_is_nobody_s():
    texts = [Text(str(place), f"{own(place)} {PASSAGE}") for place in range(11)]
    assert copied(texts) == ()
    assert len(copied(texts[:10])) == 45
    assert len(copied(texts, most=11)) == 55


def test_what_the_form_says_may_be_repeated():
    texts = [Text("a", f"{own(1)} {PASSAGE}"), Text("b", f"{PASSAGE} {own(2)}")]
    assert len(copied(texts)) == 1
    assert copied(texts, known=[f"Escriba aquí: {PASSAGE}"]) == ()


def test_a_turn_of_phrase_is_no_copy():
    phrase = "en coordinación con las autoridades municipales y las comunidades de la región"
    assert copied([Text("a", f"{own(1)} {phrase} {own(2)}"), Text("b", f"{own(3)} {phrase}")]) == ()


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["uno dos"], ["💧 — …", "💧 — …"]])
def test_short_and_empty_texts_share_nothing(texts):
    assert copied([Text(str(place), text) for place, text in enumerate(texts)]) == ()


def test_an_id_that_stands_twice_is_refused():
    with pytest.raises(linkage.Refused):
        copied([Text("a", PASSAGE), Text("a", PASSAGE)])


def test_one_copied_paragraph_among_many_texts():
    texts, truth = proposals(600, seed=5)
    found = [(copy.left, copy.right) for copy in copied(texts)]
    assert f1(found, truth) >= 0.97


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=30),
    st.lists(st.sampled_from("abcdefgh"), max_size=30),
    st.lists(st.sampled_from("ABC"), min_size=8, max_size=14),
)
def test_a_run_long_enough_shares_a_fingerprint_and_a_short_one_none(left, right, run):
    """The promise of winnowing, against every run of words of both texts."""
    assert len(run) >= GRAM + WINDOW - 1
    one, other = [*left, *run], [*run, *right]
    hashes = [{each.hash for each in fingerprints(" ".join(words))} for words in (one, other)]
    assert hashes[0] & hashes[1]
    grams = [
        {
            tuple(word.lower() for word in words[at : at + GRAM])
            for at in range(len(words) - GRAM + 1)
        }
        for words in (left, right)
    ]
    if not grams[0] & grams[1]:
        alone = [{each.hash for each in fingerprints(" ".join(words))} for words in (left, right)]
        assert not alone[0] & alone[1]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_places_lie_in_the_text_however_strange_it_is(text):
    for each in fingerprints(text):
        assert 0 <= each.start < each.end <= len(text)
        assert re.search(r"\w", text[each.start])


@given(st.lists(st.sampled_from(["ñáé", "bc", "dd", "e", "f", "g"]), max_size=40))
def test_winnowing_keeps_the_smallest_of_every_window(words):
    """The oracle slides the window by hand."""
    import monarca.engines.linkage.prints as module

    listed = words_of([" ".join(words)])
    hashes = module._grams(listed).tolist()
    kept = set(prints_of(listed).places.tolist())
    if len(hashes) < WINDOW:
        expected = set(range(len(hashes)))
    else:
        expected = {
            max(
                at
                for at in range(first, first + WINDOW)
                if hashes[at] == min(hashes[first : first + WINDOW])
            )
            for first in range(len(hashes) - WINDOW + 1)
        }
    assert kept == expected


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_nothing(chosen):
    texts, _ = proposals(60, seed=2, copies=0.2)
    shuffled = texts[:]
    chosen.shuffle(shuffled)
    assert copied(shuffled) == copied(texts)


def test_a_fingerprint_is_the_same_in_every_process():
    code = (
        "from monarca.engines.linkage import fingerprints; "
        "print([each.hash for each in fingerprints('uno dos tres cuatro cinco seis siete ocho nueve')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert said != {"[]\n"}


def test_accents_written_apart_are_the_same_words():
    import unicodedata

    apart = unicodedata.normalize("NFD", PASSAGE)
    (copy,) = copied([Text("a", f"{PASSAGE} {own(1)}"), Text("b", f"{apart} {own(2)}")])
    place = copy.passages[0]
    assert apart.startswith(apart[place.right_start : place.right_end])
    assert place.alike_share == 1.0


def test_a_text_that_repeats_itself_takes_no_longer():
    again = " ".join(["lo mismo otra vez y"] * 4_000)
    (copy,) = copied([Text("a", again), Text("b", f"{again} {own(1)}")])
    assert copy.left_share > 0.9
