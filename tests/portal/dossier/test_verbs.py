"""Every act that the story of a file can hold is told in words, in three languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from monarca.grants.decisions.states import SETTLED
from monarca.ground.envelopes.states import Kinds
from monarca.ground.people.states import Effects
from monarca.portal.dossier.states import KEY, VERBS

SOURCE = Path(__file__).parents[3] / "src" / "monarca"
WRITERS = ("record", "journal.record")
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
VALUES = {
    "envelope.": Kinds.values,
    "access.": Effects.values,
    "decision.": sorted(map(str, SETTLED)),
}


BESIDE = ("programmes/", "ground/commitments/")
"""Rooms that write of no file: their pages tell what happened there, and no story does."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module that writes into the journal, by its place."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^from monarca\.ground\.journal\b.* import ", text, re.MULTILINE):
            yield path.relative_to(SOURCE).as_posix(), ast.parse(text)


def acts(*, beside: bool) -> Iterator[tuple[str, ast.Call, ast.Module]]:
    """Every call that writes into the journal: its place, itself and the module around it."""
    for place, tree in modules():
        if place.startswith(BESIDE) == beside:
            for call in ast.walk(tree):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in WRITERS:
                    yield place, call, tree


def verbs_of(given: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The verbs that an expression can be: a text, a choice of two, a text with a state in it."""
    if isinstance(given, ast.Constant):
        yield str(given.value)
    elif isinstance(given, ast.IfExp):
        yield from verbs_of(given.body, tree)
        yield from verbs_of(given.orelse, tree)
    elif isinstance(given, ast.JoinedStr):
        start = given.values[0]
        assert isinstance(start, ast.Constant), ast.unparse(given)
        yield from (start.value + each for each in VALUES[str(start.value)])
    else:
        assert isinstance(given, ast.Name), ast.unparse(given)
        yield from named(given.id, tree)


def named(name: str, tree: ast.Module) -> Iterator[str]:
    """The verbs that a name is given in this module: assigned to it, or passed as it."""
    writers = {
        each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.args.args and each.args.args[0].arg == name
    }
    for each in ast.walk(tree):
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == name:
            yield from verbs_of(each.value, tree)
        elif isinstance(each, ast.Call) and ast.unparse(each.func) in writers:
            yield from verbs_of(each.args[0], tree)


def recorded() -> dict[str, str]:
    """Every verb that a story can hold, and a module that writes it."""
    return {
        verb: place
        for place, call, tree in acts(beside=False)
        for verb in verbs_of(call.args[0], tree)
    }


RECORDED = recorded()


def test_the_search_sees_texts_choices_states_and_names():
    seen = {"application.started", "mission.founded", "envelope.paid", "debt.settled"}
    assert seen | {"payment.requested", "decision.reserved", "access.barred"} <= RECORDED.keys()
    assert all(VERB.fullmatch(verb) for verb in RECORDED)


@pytest.mark.parametrize("verb", sorted(RECORDED))
def test_an_act_is_told_in_words_of_each_language(verb):
    assert verb in VERBS, f"{RECORDED[verb]} records {verb}, and nobody says what that is"
    said = {}
    for language in ("en", "es", "fr"):
        with translation.override(language):
            said[language] = str(VERBS[verb])
    assert len(set(said.values())) == 3
    assert all(text and text != verb for text in said.values())


def test_no_room_beside_the_fund_writes_into_the_story_of_a_file():
    written = list(acts(beside=True))
    assert len(written) > 50
    assert [
        place for place, call, _tree in written if any(k.arg == "file" for k in call.keywords)
    ] == []


def test_no_verb_is_told_that_nobody_writes():
    assert sorted(VERBS.keys() - RECORDED.keys()) == []


def test_a_turn_in_the_story_is_an_act_that_happens():
    assert sorted(KEY - RECORDED.keys()) == []
