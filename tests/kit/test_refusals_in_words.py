"""Every refusal of every room is told in three languages, and its sentence gets its values."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from monarca.kit import reasons

SOURCE = Path(str(files("monarca")))
ENGINES = SOURCE / "engines"
WORDS = reasons.catalogue()
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts and not path.is_relative_to(ENGINES)
}


def classes() -> dict[str, set[str]]:
    """Every class of the rooms with the names of its parents."""
    found: dict[str, set[str]] = {}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                parents = {ast.unparse(base).split(".")[-1] for base in node.bases}
                found.setdefault(node.name, set()).update(parents)
    return found


def refusals() -> list[str]:
    """`Refused` and whatever descends from it, however far."""
    parents, known = classes(), {"Refused"}
    while more := {name for name, above in parents.items() if above & known} - known:
        known |= more
    return sorted(known - {"Refused"})


REFUSALS = refusals()


def told() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """(place, code, names of the values given or None where they are not written there)."""
    for place, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and node.exc is not None:
                yield from of_raise(f"{place}:{node.lineno}", node.exc)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Reason":
                yield from of_reason(f"{place}:{node.lineno}", node, tree)


def of_raise(place: str, raised: ast.expr) -> Iterator[tuple[str, str, frozenset[str] | None]]:
    call = raised if isinstance(raised, ast.Call) else None
    name = ast.unparse(call.func if call else raised).split(".")[-1]
    if name in REFUSALS and not (call and call.args):
        keywords = call.keywords if call else []
        spread = any(each.arg is None for each in keywords)
        yield place, name, None if spread else frozenset(str(each.arg) for each in keywords)


def of_reason(
    place: str, call: ast.Call, tree: ast.Module
) -> Iterator[tuple[str, str, frozenset[str] | None]]:
    if isinstance(call.args[0], ast.Constant):
        values = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
        yield place, str(call.args[0].value), keys_of(values, tree)


def keys_of(values: ast.expr, tree: ast.Module) -> frozenset[str] | None:
    """The names of a dict written out in the call, or kept under a name just above it."""
    if isinstance(values, ast.Name):
        above = [
            each
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign | ast.AnnAssign)
            and ast.unparse(each.targets[0] if isinstance(each, ast.Assign) else each.target)
            == values.id
            and each.lineno < values.lineno
            and each.value is not None
        ]
        if not above:
            return None
        values = max(above, key=lambda each: each.lineno).value
    if isinstance(values, ast.Dict) and all(isinstance(key, ast.Constant) for key in values.keys):
        return frozenset(str(ast.literal_eval(key)) for key in values.keys if key)
    return None


TOLD = list(told())


def holes(sentence: str) -> frozenset[str]:
    return frozenset(re.findall(r"\{(\w+)\}", sentence))


def test_the_search_sees_refusals_of_every_floor():
    assert {"CallIsClosed", "RateTooOld", "AlreadyDrafted", "FileRefused"} <= set(REFUSALS)
    codes = {code for _place, code, _names in TOLD}
    assert {"WordsNeeded", "CallIsClosed", "MoneyIsOwed", "upload.too_large"} <= codes


@pytest.mark.parametrize("code", sorted({*REFUSALS, *(code for _place, code, _names in TOLD)}))
def test_a_refusal_is_told_in_three_languages_with_the_same_values(code):
    sentences = WORDS[code]
    assert sorted(sentences) == ["en", "es", "fr"]
    assert len({holes(each) for each in sentences.values()}) == 1
    assert len(set(sentences.values())) == 3
    assert all(each == each.strip() and each[-1] in ".)?" for each in sentences.values())


@pytest.mark.parametrize(("place", "code", "names"), TOLD, ids=[f"{at}" for at, _, _ in TOLD])
def test_a_sentence_asks_only_for_values_that_the_refusal_gives(place, code, names):
    if names is None:
        names = frozenset().union(*(given or () for _, known, given in TOLD if known == code))
    assert holes(WORDS[code]["en"]) <= names, place


def test_no_sentence_is_kept_for_a_refusal_that_is_gone():
    rooms = {code for code in WORDS if code[0].isupper()}
    known = {*REFUSALS, *(code for _place, code, _names in TOLD)}
    assert sorted(rooms - known) == []
