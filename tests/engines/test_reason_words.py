"""Every reason an engine can give has its sentence in three languages, with the same values."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from monarca.engines import (
    apportionment,
    budgets,
    calendar,
    deadlines,
    documents,
    eligibility,
    linkage,
    markers,
    matching,
    money,
    opinion,
    portfolio,
    publishing,
    questions,
    rates,
    references,
    scoring,
    sealing,
    sortition,
    tables,
    trajectories,
)
from monarca.engines.packs.finding import SENTENCES
from monarca.kit import reasons

ENGINES = Path(str(files("monarca").joinpath("engines")))
LISTED = (
    apportionment,
    budgets,
    calendar,
    deadlines,
    documents,
    eligibility,
    linkage,
    markers,
    matching,
    money,
    portfolio,
    opinion,
    publishing,
    questions,
    rates,
    references,
    scoring,
    sealing,
    sortition,
    tables,
    trajectories,
)
NAMERS = ("Reason", "Refused", "problem", "_problem", "found")
CODE = re.compile(r"[a-z_]+\.[a-z_-]+|pack_[a-z_]+|xml")
WORDS = reasons.catalogue()


def written() -> Iterator[str]:
    """Every code that stands as a text in a call that makes a reason, in any engine."""
    for path in sorted(ENGINES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for given in giving(node):
                texts = [each for each in ast.walk(given) if isinstance(each, ast.Constant)]
                yield from (str(each.value) for each in texts if CODE.fullmatch(str(each.value)))


def giving(node: ast.AST) -> list[ast.expr]:
    """The expression of a code: the first argument of a maker, or what is kept as `code`."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in NAMERS:
        return node.args[:1]
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
        return [node.value]
    return []


WRITTEN = sorted(set(written()))
CODES = sorted({*WRITTEN, *SENTENCES, *(code for engine in LISTED for code in engine.CODES)})


def placeholders(sentence: str) -> list[str]:
    return sorted(set(re.findall(r"\{(\w+)\}", sentence)))


@pytest.mark.parametrize("code", CODES)
def test_a_reason_is_told_in_three_languages_with_the_same_values(code):
    sentences = WORDS[code]
    assert sorted(sentences) == ["en", "es", "fr"]
    values = [placeholders(each) for each in sentences.values()]
    assert values[0] == values[1] == values[2]
    assert len(set(sentences.values())) == 3
    assert all(each == each.strip() and each[-1] in ".)?" for each in sentences.values())


def test_the_search_sees_every_floor_of_the_engines():
    seen = {"file.damaged", "mail.too_nested", "budget.no_table", "money.empty", "pack_file_empty"}
    assert seen | {"date.empty", "question.required", "xml"} <= set(WRITTEN)


@pytest.mark.parametrize("engine", LISTED, ids=lambda engine: engine.__name__.split(".")[-1])
def test_an_engine_lists_the_codes_it_writes(engine):
    home = Path(str(engine.__file__))
    sources = sorted(home.parent.rglob("*.py")) if home.stem == "__init__" else [home]
    texts = "".join(path.read_text(encoding="utf-8") for path in sources)
    mine = {code for code in WRITTEN if f'"{code}"' in texts}
    everywhere = {code for each in LISTED for code in each.CODES}
    assert sorted(mine - everywhere) == []


def test_no_code_stands_in_two_engines():
    every = [code for engine in LISTED for code in engine.CODES]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_the_command_line_and_the_pages_tell_a_fault_of_a_pack_in_the_same_english(code):
    assert WORDS[code]["en"] == SENTENCES[code]


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith(("file.", "mail."))])
def test_what_is_wrong_with_an_arrival_is_told_without_values(code):
    """An arrival keeps the code alone (`Intake.problem`), so its sentence needs nothing more."""
    assert placeholders(WORDS[code]["en"]) == []
