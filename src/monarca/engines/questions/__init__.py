"""The questions of a form: reading what was typed, and saying what is wrong with an answer."""

from monarca.engines.questions.judging import (
    complete,
    count_words,
    is_asked,
    problems,
    problems_of,
    section_problems,
)
from monarca.engines.questions.options import Context, options_of
from monarca.engines.questions.problem import CODES, Json, Problem, Question, is_blank, raw_of
from monarca.engines.questions.reading import next_row, parse

__all__ = [
    "CODES",
    "Context",
    "Json",
    "Problem",
    "Question",
    "complete",
    "count_words",
    "is_asked",
    "is_blank",
    "next_row",
    "options_of",
    "parse",
    "problems",
    "problems_of",
    "raw_of",
    "section_problems",
]
