"""References: copied by hand with a slip, they are never taken for another one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import references

codes = st.from_regex(r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,6}){0,3}", fullmatch=True)
CALL = "CFLI-MX-2024"


def drawn(*bytes_):
    source = itertools.cycle(bytes_)
    return lambda n: bytes(next(source) for _ in range(n))


@given(codes)
def test_a_new_reference_is_valid_and_written_as_we_write_it(code):
    made = references.make(code)
    assert references.is_valid(made)
    assert made.startswith(f"{code}-")
    assert len(made) == len(code) + 6
    assert set(made[-5:]) <= set(references.LETTERS)


def test_the_same_bytes_make_the_same_reference():
    assert references.make(CALL, drawn(7, 19, 3, 22, 1)) == references.make(
        CALL, drawn(7, 19, 3, 22, 1)
    )


def test_every_wrong_letter_shows_wherever_it_stands():
    made = references.make(CALL)
    for at, right in enumerate(made):
        if right == "-":
            continue
        for wrong in set(references.SYMBOLS) - {right}:
            assert not references.is_valid(made[:at] + wrong + made[at + 1 :])


@pytest.mark.parametrize("seed", range(64))
def test_every_swap_of_two_neighbours_shows(seed):
    made = references.make(CALL, drawn(*((seed * k * k + k) % 256 for k in range(1, 40))))
    places = [at for at, letter in enumerate(made) if letter != "-"]
    for one, two in itertools.pairwise(places):
        letters = list(made)
        letters[one], letters[two] = letters[two], letters[one]
        assert made[one] == made[two] or not references.is_valid("".join(letters))


def test_any_two_letters_may_stand_side_by_side_and_their_swap_shows():
    for one, two in itertools.product(references.LETTERS, repeat=2):
        body, swapped = CALL + one + two, CALL + two + one
        same = references.check_value(body) == references.check_value(swapped)
        assert same == (one == two)


@given(codes, st.data())
def test_forgiving_never_makes_one_reference_another(code, data):
    made = references.make(code)
    at = data.draw(st.integers(len(made) - 5, len(made) - 1))
    wrong = data.draw(st.sampled_from(references.SYMBOLS))
    changed = references.normalise(made[:at] + wrong + made[at + 1 :])
    assert not references.is_valid(changed) or changed == references.normalise(made)


def test_small_letters_blanks_and_look_alikes_are_forgiven():
    made = next(
        each
        for n in range(256)
        if (each := references.make(CALL, drawn(0, 1, n, 5, 9, n + 1 & 255))).count("0") > 1
    )
    typed = made.lower().replace("-", " ")
    assert references.normalise(typed) == made
    tail = made[-5:].replace("0", "o").replace("1", "l")
    assert references.normalise(f"cfli mx 2o24 {tail}") == made
    assert references.normalise(f" CFLI\u2014MX-2024-{made[-5:-2]} {made[-2:]} ") == made
    assert references.normalise("") == ""


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text):
    tidy = references.normalise(text)
    assert references.is_valid(text) in {True, False}
    assert references.normalise(tidy) == tidy or not references.is_valid(tidy)


@pytest.mark.parametrize("code", ["", "cfli", "CFLI--MX", "-X", "Ñ", "CFLI MX"])
def test_a_call_code_is_capitals_and_figures(code):
    with pytest.raises(ValueError, match="call code"):
        references.make(code)


def test_a_source_that_never_gives_a_fitting_letter_is_refused():
    stuck = next(n for n in range(32) if _never(n))
    with pytest.raises(RuntimeError, match="repeats itself"):
        references.make(CALL, drawn(stuck))


def _never(n):
    body = CALL + references.LETTERS[n] * 4
    return f"{references.SYMBOLS} "[references.check_value(body)] not in references.LETTERS
