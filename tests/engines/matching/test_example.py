"""The page about matching says what the example really prints."""

import re
from pathlib import Path

from monarca.config.cli import main

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "engines" / "matching.md").read_text(encoding="utf-8")
EXAMPLES = ROOT / "examples" / "engines" / "matching"


def plain(text):
    """Words alone, without the lines of a table."""
    return " ".join(re.sub(r"[^\w.,;:()%]+", " ", text).split())


def printed(capsys, monkeypatch, reviewers):
    monkeypatch.setenv("COLUMNS", "300")
    words = [str(EXAMPLES / "applications.csv"), str(reviewers)]
    words += ["--pairs", str(EXAMPLES / "pairs.csv"), "--reviewers-each", "2"]
    code = main(["assign", *words])
    return code, plain(capsys.readouterr().out)


def quoted(start, end):
    return plain(PAGE.partition(start)[2].partition(end)[0])


def test_the_plan_and_its_proof_are_those_of_the_page(capsys, monkeypatch):
    code, said = printed(capsys, monkeypatch, EXAMPLES / "reviewers.csv")
    assert code == 0
    first, second = quoted("lines such as", "and the proof:").split(" CF 01 bruno ")
    assert f"{first} CF 01 bruno {second}" in said
    assert quoted("and the proof:", "With limits") in said


def test_the_ways_out_are_those_of_the_page(capsys, monkeypatch, tmp_path):
    tight = tmp_path / "reviewers.csv"
    rows = (EXAMPLES / "reviewers.csv").read_text(encoding="utf-8")
    tight.write_text(rows.replace("2,5\n", "2,2\n"), encoding="utf-8")
    code, said = printed(capsys, monkeypatch, tight)
    assert code == 1
    block = PAGE.partition("the answer is\n\n")[2].partition("\n\n")[0]
    lines = [plain(line.replace("...", "")) for line in block.splitlines()]
    assert len(lines) == 3
    assert [line for line in lines if line not in said] == []
