"""`monarca opinions` on files: two layouts, three languages, groups or why there are none."""

import json
from pathlib import Path

import pytest

from monarca.config.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "engines" / "opinion"
VOTES = str(EXAMPLES / "votes.csv")
TEXTS = str(EXAMPLES / "statements.csv")


def ask(capsys, *words):
    code = main(["opinions", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys, *words):
    code, out, _ = ask(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


def kept(tmp_path, text, name="votes.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_example_of_sixty_young_people(capsys):
    found = answer(capsys, VOTES, "--statements", TEXTS)
    assert (found["people"], found["votes"], len(found["statements"])) == (60, 609, 12)
    assert found["most_agreed"][0] == "internet"
    assert found["most_divided"][0] == "redes"
    assert [len(group["members"]) for group in found["groups"]] == [31, 29]
    assert found["stability"] > 0.6
    first = next(each for each in found["statements"] if each["id"] == "internet")
    assert (first["agree"], first["seen"], first["kind"]) == (43, 49, "agreed")
    assert sum(part["seen"] for part in first["by_group"].values()) == 49
    assert first["text"] == "Toda preparatoria debe tener internet antes de 2030."


def test_an_export_of_polis_is_read_as_it_is(capsys):
    found = answer(capsys, str(ROOT / "tests/data/polis/brexit-consensus.participants-votes.csv"))
    assert (found["people"], found["votes"], len(found["statements"])) == (204, 5303, 50)
    assert [group["letter"] for group in found["groups"]] == ["A", "B"]


def test_one_row_a_vote_says_the_same_as_one_row_a_person(capsys, tmp_path):
    words = {"1": "agree", "0": "pass", "-1": "disagree"}
    head, *rows = [line.split(",") for line in Path(VOTES).read_text("utf-8").splitlines()]
    lines = [
        f"{row[0]},{name},{words[vote]}"
        for row in reversed(rows)
        for name, vote in zip(head[1:], row[1:], strict=True)
        if vote
    ]
    long = kept(tmp_path, "participant,statement,vote\n" + "\n".join(lines))
    assert answer(capsys, long) == answer(capsys, VOTES)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("2 groups vote alike", "What is typical of each group", "Agreed: ")),
        ("es", ("2 grupos votan de forma parecida", "Qué distingue a cada grupo", "Hay acuerdo: ")),
        ("fr", ("2 groupes votent de façon semblable", "Ce qui distingue chaque groupe", "Accord")),
    ],
)
def test_it_is_told_in_three_languages(capsys, monkeypatch, lang, words):
    monkeypatch.setenv("COLUMNS", "300")
    code, out, err = ask(capsys, VOTES, "--statements", TEXTS, "--lang", lang)
    assert (code, err) == (0, "")
    assert all(each in out for each in words)


def test_three_votes_need_no_groups(capsys, tmp_path):
    path = kept(tmp_path, "participant,statement,vote\nana,a,1\nluis,a,0\nluis,b,-1\n")
    code, out, _ = ask(capsys, path)
    assert code == 0
    assert "votes on 2 statements, and 5 are needed" in out
    assert answer(capsys, path)["groups"] == []


def test_a_statement_nobody_saw_is_listed(capsys, tmp_path):
    votes = kept(tmp_path, "participant,a\nana,1\n")
    texts = kept(tmp_path, "id,text\na,Uno\nb,Dos\n", "texts.csv")
    found = answer(capsys, votes, "--statements", texts)
    assert [(each["id"], each["seen"], each["kind"]) for each in found["statements"]] == [
        ("a", 1, "few"),
        ("b", 0, "few"),
    ]


def test_all_tied_and_all_blank(capsys, tmp_path):
    tied = "participant,a,b,c,d,e,f,g\n" + "".join(f"p{n},1,1,1,1,1,1,1\n" for n in range(60))
    found = answer(capsys, kept(tmp_path, tied))
    assert found["groups_reason"]["code"] == "opinion.groups_too_small"
    blank = answer(capsys, kept(tmp_path, "participant,a\nana,\n"))
    assert (blank["people"], blank["votes"]) == (0, 0)


def test_the_drawing_shows_every_statement(capsys, tmp_path):
    plot = tmp_path / "votes.svg"
    ask(capsys, VOTES, "--statements", TEXTS, "--plot", str(plot))
    drawn = plot.read_text("utf-8")
    assert drawn.startswith("<svg")
    assert drawn.count("<rect") == 1 + 3 * 12


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("person,a\nana,1\n", ":1, column participant:", "missing"),
        ("participant,statement\nana,a\n", ":1, column vote:", "missing"),
        ("participant,statement,vote,why\nana,a,1,x\n", ":1, column why:", "not known"),
        ("participant,statement,vote\nana,a,2\n", ":2, column vote:", "not one of"),
        ("participant,statement,vote\nana,,1\n", ":2, column statement:", "empty"),
        ("participant,statement,vote\nana,a,1\nana,a,-1\n", ":3, column statement:", "second time"),
        ("participant,a\nana,1\nana,0\n", ":3, column participant:", "second time"),
        ("participant,a\nana,yes\n", ":2, column a:", "not one of"),
        ("participant,a\n,1\n", ":2, column participant:", "empty"),
        ("participant,a\n", ":", "nothing below"),
    ],
)
def test_a_fault_names_the_file_the_line_and_the_column(capsys, tmp_path, text, place, words):
    path = kept(tmp_path, text)
    code, out, err = ask(capsys, path)
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}{place}")
    assert words in err
    assert err.count("\n") == 1


def test_help_shows_a_whole_example(capsys):
    code, out, _ = ask(capsys, "--help")
    assert code == 0
    assert "participant,statement,vote" in out
    assert "monarca opinions votes.csv --statements statements.csv" in out


def test_no_file_is_wrong_usage(capsys):
    assert ask(capsys)[0] == 2
