"""Wrong usage is one sentence in the language asked for, and exit code 2."""

import pytest

from monarca.config.cli import main
from monarca.config.shell import usage
from monarca.config.shell.usage import Wrong
from monarca.kit import reasons

WRONG = {
    "shell.usage.needed": ("rank", "", {"names": "scores"}),
    "shell.usage.unknown": ("rank s.csv t.csv --sort", "", {"words": "t.csv --sort"}),
    "shell.usage.together": ("rank s.csv --fund 3 --line 4", " --line", {"other": "--fund"}),
    "shell.usage.no_value": ("rank s.csv --fund", " --fund", {}),
    "shell.usage.takes_no_value": ("rank s.csv --json=3", " --json", {}),
    "shell.not_whole": ("rank s.csv --fund 2.5", " --fund", {"value": "2.5"}),
    "shell.not_a_number": ("rank s.csv --line nan", " --line", {"value": "nan"}),
    "shell.too_large": (
        "draw p q --seats 1000000001",
        " --seats",
        {"value": "1000000001", "most": 10**9},
    ),
    "shell.too_small": ("select p --seconds -1", " --seconds", {"value": "-1", "least": 0}),
    "shell.not_a_day": ("validate f.xml --on 2025-02-30", " --on", {"value": "2025-02-30"}),
    "shell.link.not_a_chance": ("link t.csv --least 1", " --least", {"value": "1"}),
    "shell.allocate.not_a_part": (
        "allocate n.csv --supply 5 --rule hill --buffer 120%",
        " --buffer",
        {"value": "120%"},
    ),
    "shell.not_one_of": (
        "allocate n.csv --supply 5 --rule hill --by size",
        " --by",
        {"value": "size", "choices": "claim, weight"},
    ),
}
"""For each sentence: what was typed, the option it is about, and what the sentence repeats."""


def told(capsys, words):
    code = main(words)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
@pytest.mark.parametrize("code", sorted(WRONG))
def test_wrong_usage_is_one_sentence_in_the_language(code, lang, capsys):
    typed, option, values = WRONG[code]
    name, *words = typed.split()
    sentence = reasons.sentence(usage.Reason(code, values), lang)
    expected = (2, "", f"monarca {name}{option}: {sentence}\n")
    assert told(capsys, [name, "--lang", lang, *words]) == expected
    assert told(capsys, [name, f"--lang={lang}", *words]) == expected


def test_a_language_nobody_speaks_here_is_told_in_english(capsys):
    expected = "monarca rank --lang: “it” is not one of: en, es, fr.\n"
    assert told(capsys, ["rank", "s.csv", "--lang", "it"]) == (2, "", expected)


def test_the_last_language_named_is_the_one_that_speaks(capsys):
    _code, _out, err = told(capsys, ["rank", "--lang", "fr", "--lang", "es"])
    assert err == "monarca rank: Todavía falta: scores; con --help verá un ejemplo completo.\n"


@pytest.mark.parametrize("typed", ["\x07", "\x1b[31m", "9" * 5000])
def test_what_was_typed_is_repeated_briefly_and_commands_no_terminal(typed, capsys):
    code, out, err = told(capsys, ["rank", "s.csv", "--fund", typed])
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert len(err) < 150
    assert "\x1b" not in err


def test_what_argparse_says_and_nobody_foresaw_is_not_lost():
    found = usage._reason(usage.ArgumentError(None, "something new"))
    assert (found.code, found.values) == ("shell.usage.other", {"said": "something new"})


@pytest.mark.parametrize(("said", "read"), [("1_000", 1000), ("+7", 7), ("0", 0)])
def test_a_whole_number_may_be_written_in_these_ways(said, read):
    assert usage.whole()(said) == read


@pytest.mark.parametrize("said", ["", "_", "1e3", "٣", "--3", "1 000"])
def test_and_in_no_others(said):
    with pytest.raises(Wrong):
        usage.whole()(said)
