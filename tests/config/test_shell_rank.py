"""`monarca rank` on a person's own file: the answer, the drawing, and what is wrong where."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monarca.config import cli
from monarca.engines import scoring

EXAMPLE = Path(__file__).parents[2] / "examples" / "engines" / "scoring" / "scores.csv"
LANGUAGES = ("en", "es", "fr")


@pytest.fixture
def kept(tmp_path):
    """A file with this text, and its path."""

    def keep(text, name="scores.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return keep


@pytest.fixture
def asked(capsys):
    """The command with these words: its exit code, and what it said and remarked."""

    def ask(*words):
        code = cli.main(["rank", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def head(*rows):
    return "\n".join(("application,reviewer,score", *rows, ""))


def test_the_example_is_ranked_by_its_raw_means_with_the_calibrated_score_beside(asked):
    code, said, remarks = asked(EXAMPLE, "--fund", 5, "--json")
    answer = json.loads(said)
    assert (code, remarks) == (0, "")
    rows = answer["ranking"]["standings"]
    assert answer["ranking"]["way"] == "raw"
    assert [row["raw"] for row in rows] == sorted((row["raw"] for row in rows), reverse=True)
    assert [row["side"] for row in rows] == ["above"] * 5 + ["below"] * 9
    assert answer["ranking"]["unread"] == ["MX-15"]
    assert [each["reviewer"] for each in answer["ranking"]["reviewers"] if each["is_adjusted"]] == [
        "Benito"
    ]
    assert answer["lottery"] is None
    kappas = answer["agreement"]["pairs"]
    assert len(kappas) == 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_is_in_the_persons_language(asked, lang):
    words = ("--fund", 5, "--calibrated", "--explain", "--lottery", "--lang", lang)
    code, said, _ = asked(EXAMPLE, *words)
    assert code == 0
    assert {"en": "Tie band", "es": "Franja de empate", "fr": "Bande d’égalité"}[lang] in said
    assert {"en": "Reviewer Benito", "es": "evaluadora Benito", "fr": "évaluatrice Benito"}[
        lang
    ] in " ".join(said.replace("│", " ").split())
    assert "shell." not in said
    assert "scoring." not in said
    assert "{" not in said


def test_the_calibrated_score_ranks_when_it_is_asked_for(asked):
    _, said, _ = asked(EXAMPLE, "--calibrated", "--json")
    ranking = json.loads(said)["ranking"]
    assert ranking["way"] == "calibrated"
    calibrated = [row["calibrated"] for row in ranking["standings"]]
    assert calibrated == sorted(calibrated, reverse=True)
    benito = [each for each in ranking["reviews"] if each["reviewer"] == "Benito"]
    assert {each["reason"]["code"] for each in benito} == {"scoring.reads_low"}
    assert all("than colleagues on the same files" in each["reason"]["sentence"] for each in benito)


def test_the_drawing_has_a_dot_a_file_and_the_line(asked, tmp_path):
    plot = tmp_path / "ranking.svg"
    code, _, _ = asked(EXAMPLE, "--fund", 5, "--plot", plot)
    assert code == 0
    drawing = ET.fromstring(plot.read_text(encoding="utf-8"))
    names = [element.tag.rpartition("}")[2] for element in drawing.iter()]
    assert names.count("circle") == 14
    assert names.count("line") == 14 + 1


def test_a_draw_is_promised_first_and_made_with_the_seed(asked):
    announced = ("--lottery", "--announced", "Lotería Nacional, 3 de mayo")
    _, promise, _ = asked(EXAMPLE, "--fund", 4, *announced, "--json")
    _, drawn, _ = asked(EXAMPLE, "--fund", 4, *announced, "--seed", "48213", "--json")
    before, after = (json.loads(said)["lottery"] for said in (promise, drawn))
    assert before["tickets"] == []
    assert before["commitment"] == after["commitment"]
    assert [each["is_drawn"] for each in after["tickets"]].count(True) == after["places"]
    repeated = scoring.drawn(
        tuple(after["pool"]), after["places"], commitment=after["commitment"], seed="48213"
    )
    assert [each.ticket for each in repeated] == [each["ticket"] for each in after["tickets"]]
    _, table, _ = asked(EXAMPLE, "--fund", 4, *announced)
    assert before["commitment"] in table
    assert "Publish the commitment" in table


def test_groups_that_share_no_file_are_told_and_only_a_wish_for_calibration_fails(asked, kept):
    path = kept(head("A,Ana,3", "A,Luis,4", "B,Rosa,2", "B,Sol,5"))
    code, said, _ = asked(path, "--fund", 1)
    assert code == 0
    assert "(1) Ana, Luis [A]; (2) Rosa, Sol [B]" in " ".join(said.split())
    code, said, _ = asked(path, "--calibrated", "--json")
    assert code == 1
    ranking = json.loads(said)["ranking"]
    assert (ranking["way"], ranking["refusal"]["code"]) == ("raw", "scoring.disconnected")


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("application,reviewer\nA,Ana\n", ":1, column score", "missing"),
        ("application,reviewer,score,points\nA,Ana,1,1\n", ":1, column points", "not known"),
        (head("A,Ana,good"), ":2, column score", "not a number"),
        (head("A,Ana,nan"), ":2, column score", "not a number"),
        (head("A,Ana,1e400"), ":2, column score", "more than"),
        (head("A,,3"), ":2, column reviewer", "empty"),
        (head("A,Ana,3", ",Ana,4"), ":3, column application", "empty"),
        (head("A,Ana,3", "B,Ana,3", "A,Ana,4"), ":4, column reviewer", "line 2"),
        (head("A,Ana,3,4"), ":2", "more cells"),
        (head(), "", "nothing below"),
        ("", ":1, column application", "missing"),
        (head("A,Ana,", "B,Luis, "), "", "Nothing has been scored"),
        (head('A,"Ana,3'), ":2", "valid CSV"),
        (
            "application,reviewer,score,criterion,weight\nA,Ana,3,need,1\nA,Ana,3,gender,0\n",
            ":3, column weight",
            "above nought",
        ),
        (
            "application,reviewer,score,criterion\nA,Ana,3,need\nA,Ana,4,need\n",
            ":3, column reviewer",
            "A · Ana · need",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_column(asked, kept, text, place, why):
    path = kept(text)
    code, said, remark = asked(path)
    assert (code, said) == (1, "")
    assert remark.startswith(f"{path}{place}: ")
    assert why in remark
    assert len(remark.splitlines()) == 1


def test_a_file_that_is_not_there_is_told(asked, tmp_path):
    code, _, remark = asked(tmp_path / "none.csv")
    assert code == 1
    assert "cannot be found" in remark


@pytest.mark.parametrize(
    "words",
    [
        ("--fund", "-1"),
        ("--fund", "2.5"),
        ("--line", "high"),
        ("--line", "nan"),
        ("--fund", "2", "--line", "3"),
        ("--lottery",),
        ("--lottery", "--line", "3"),
        ("--seed", "7"),
        ("--unknown",),
    ],
)
def test_a_wrong_wish_is_wrong_usage(asked, words):
    code, said, remark = asked(EXAMPLE, *words)
    assert (code, said) == (2, "")
    assert remark
    assert "Traceback" not in remark


@pytest.mark.parametrize(
    "text",
    [
        head("A,Ana,3"),
        head("A,Ana,3", "B,Luis,4"),
        head("A,Ana,3", "A,Luis,3", "B,Ana,3", "B,Luis,3"),
        head("A,Ana,1", "A,Luis,5", "B,Ana,5", "B,Luis,1"),
        head("A,Ana,1", "A,Luis,", "B,Ana,5", "B,Luis,1"),
        head("A,Ana,-1e12", "A,Luis,1e12", "B,Ana,0", "B,Luis,1e-12"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_row_all_tied_and_contradictory_files_are_answered(asked, kept, text, lang):
    path = kept(text)
    for words in (("--fund", 1), ("--line", 3), ("--fund", 1, "--lottery", "--seed", 1)):
        code, said, remark = asked(path, *words, "--explain", "--lang", lang)
        assert (code, remark) == (0, "")
        assert "shell." not in said
        assert "nan" not in said.lower().split()


def test_criteria_are_brought_together_by_their_weights(asked, kept):
    path = kept(
        "application;reviewer;criterion;weight;score\n"
        "A;Ana;need;2;4\nA;Ana;budget;1;1\nA;Ana;gender;5;\nB;Ana;need;2;5\n"
    )
    _, said, _ = asked(path, "--json")
    rows = json.loads(said)["ranking"]["standings"]
    assert [(row["application"], row["raw"]) for row in rows] == [("B", 5), ("A", 3)]


def test_json_in_is_as_good_as_csv(asked, kept):
    rows = [
        {"application": "A", "reviewer": "Ana", "score": 3.5},
        {"application": "A", "reviewer": "Luis", "score": None},
    ]
    code, said, _ = asked(kept(json.dumps(rows), "scores.json"), "--json")
    assert code == 0
    assert [row["raw"] for row in json.loads(said)["ranking"]["standings"]] == [3.5]


def test_help_shows_a_complete_example(asked):
    code, said, _ = asked("--help")
    assert code == 0
    assert "application,reviewer,score" in said
    assert "monarca rank scores.csv --fund 2" in said
