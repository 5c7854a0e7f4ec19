"""Every reason an engine can give has its sentence in three languages, with the same values."""

import json
import re
from importlib.resources import files

import pytest

from monarca.engines import (
    budgets,
    calendar,
    eligibility,
    markers,
    money,
    questions,
    references,
    sealing,
)

ENGINES = (budgets, calendar, eligibility, markers, money, questions, references, sealing)
CODES = sorted({code for engine in ENGINES for code in engine.CODES})
WORDS = json.loads(files("monarca").joinpath("kit/reasons.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", CODES)
def test_a_reason_is_told_in_three_languages_with_the_same_values(code):
    sentences = WORDS[code]
    assert sorted(sentences) == ["en", "es", "fr"]
    values = [sorted(set(re.findall(r"\{(\w+)\}", each))) for each in sentences.values()]
    assert values[0] == values[1] == values[2]
    assert len(set(sentences.values())) == 3
    assert all(each == each.strip() and each[-1] in ".)" for each in sentences.values())


def test_no_code_stands_in_two_engines():
    every = [code for engine in ENGINES for code in engine.CODES]
    assert len(every) == len(set(every))
