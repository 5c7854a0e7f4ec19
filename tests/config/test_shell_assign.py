"""`monarca assign` on files: the plan with its reasons and proof, ways out, faults in words."""

import json
import shutil
from pathlib import Path

import pytest

from monarca.config.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples" / "engines" / "matching"
FILES = (str(EXAMPLES / "applications.csv"), str(EXAMPLES / "reviewers.csv"))
PAIRS = ("--pairs", str(EXAMPLES / "pairs.csv"))

SMALL = "application,languages,topics,needs\nA,es,agua,\nB,es,tierra,gba\n"
PEOPLE = "reviewer,languages,topics,skills,most\nx,es,agua,gba,2\ny,es,tierra,,2\n"


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")


@pytest.fixture
def small(tmp_path):
    return written(tmp_path, "applications.csv", SMALL), written(tmp_path, "reviewers.csv", PEOPLE)


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def ask(capsys, *words):
    code = main(["assign", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys, *words):
    code, out, _ = ask(capsys, *words, "--json")
    return code, json.loads(out)


def pairs_of(found):
    return [(each["application"], each["reviewer"]) for each in found["plan"]]


def test_the_example_has_a_proved_floor_and_reasons(capsys):
    code, found = answer(capsys, *FILES, *PAIRS)
    assert code == 0
    proof = found["proof"]
    assert (proof["floor"], proof["ceiling"], proof["is_proved"]) == (1, 1, True)
    assert proof["total"] == proof["most"] == 13.067
    assert len(found["plan"]) == 24
    first = found["plan"][0]
    assert (first["application"], first["reviewer"]) == ("CF-01", "ana")
    assert [each["sentence"] for each in first["reasons"]] == [
        "Reads its language (es).",
        "Declared its topics: women.",
        "Has read files on water before.",
        "Affinity 0.667, from topics.",
    ]
    given = next(each for each in found["plan"] if each["affinity"] == 0.9)
    assert (given["application"], given["reviewer"]) == ("CF-01", "bruno")
    assert ("CF-04", "diego") not in pairs_of(found)
    needs = {each["application"]: each["need"] for each in found["plan"] if each["need"]}
    assert needs == {
        "CF-01": "gba",
        "CF-02": "nahuatl",
        "CF-04": "gba",
        "CF-05": "nahuatl",
        "CF-07": "gba",
    }
    assert all(each["least"] <= each["places"] <= each["most"] for each in found["reviewers"])


def test_the_example_in_the_help_is_complete_and_runs(capsys, tmp_path, monkeypatch):
    code, out, _ = ask(capsys, "--help")
    assert code == 0
    names = iter(("applications.csv", "reviewers.csv", "pairs.csv"))
    for part in out.partition("a complete example")[2].split("\n\n")[1:6:2]:
        lines = [line.strip() for line in part.splitlines()]
        written(tmp_path, next(names), "\n".join(lines) + "\n")
    monkeypatch.chdir(tmp_path)
    lines = [line.split() for line in out.splitlines() if "assign applications.csv" in line]
    assert len(lines) == 3
    for line in lines:
        assert main(line[1:]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("lang", "floor", "head"),
    [
        ("en", "Floor: the worst-served application has 1,", "Reviewer"),
        ("es", "Piso: la solicitud peor atendida tiene 1,", "Persona evaluadora"),
        ("fr", "Plancher : la demande la moins bien", "Personne évaluatrice"),
    ],
)
def test_the_plan_is_told_in_three_languages(capsys, lang, floor, head):
    code, out, err = ask(capsys, *FILES, *PAIRS, "--lang", lang)
    assert (code, err) == (0, "")
    assert floor in out
    assert head in out
    assert "matching." not in out
    assert "{" not in out


def test_an_earlier_plan_is_kept_and_what_goes_is_told(capsys, tmp_path):
    out = tmp_path / "plan.csv"
    assert ask(capsys, *FILES, *PAIRS, "--out", str(out))[0] == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "application,reviewer,affinity,need,reason"
    assert len(lines) == 25
    people = Path(FILES[1]).read_text(encoding="utf-8").replace("bruno", "berta")
    others = written(tmp_path, "reviewers.csv", people)
    code, found = answer(capsys, FILES[0], others, "--keep", str(out))
    assert code == 0
    gone = [(each["application"], each["reviewer"]) for each in found["dropped"]]
    assert gone == [(f"CF-0{n}", "bruno") for n in (1, 3, 6, 7)]
    assert found["dropped"][0]["reason"]["sentence"] == "The reviewer is no longer in the list."
    assert sum(each["kept"] for each in found["plan"]) == 20
    code, text, _ = ask(capsys, FILES[0], others, "--keep", str(out))
    assert "Pairs of the earlier plan that did not stay" in text
    assert "Pairs kept of the earlier plan: 20 of 24; no plan keeps more." in text


def test_a_lot_is_drawn_from_the_published_seed(capsys):
    words = (*FILES, "--reviewers-each", "1", "--cap", "0.8", "--seed", "acta 12")
    code, found = answer(capsys, *words)
    assert code == 0
    assert (found["cap"], found["seed"]) == (0.8, "acta 12")
    assert answer(capsys, *words) == (0, found)
    assert max(each["chance"] for each in found["chances"]) <= 0.8
    chances = {(e["application"], e["reviewer"]): e["chance"] for e in found["chances"]}
    for each in found["plan"]:
        assert each["chance"] == chances[each["application"], each["reviewer"]]
    assert found["said"][0]["sentence"] == (
        "Drawn by lot with seed “acta 12”; no pair had a chance above 80%."
    )


def test_a_cap_that_is_too_low_says_which_cap_would_do(capsys, small):
    code, out, err = ask(capsys, *small, "--reviewers-each", "1", "--cap", "0.3", "--seed", "1")
    assert (code, out) == (1, "")
    assert err == (
        "A cap of 30% is too low: A needs 1 out of 2 eligible reviewers. "
        "The least cap possible here is 100%.\n"
    )


@pytest.mark.parametrize("said", ["0", "1.2", "-0.5", "0.12345", "much", "nan", "inf", "1e999999"])
def test_a_cap_that_makes_no_sense_is_wrong_usage(capsys, small, said):
    code, out, err = ask(capsys, *small, f"--cap={said}", "--seed", "1")
    assert (code, out) == (2, "")
    assert err.startswith(f"“{said}” is not a cap")


def test_a_lot_needs_a_seed(capsys, small):
    code, _, err = ask(capsys, *small, "--cap", "0.8")
    assert code == 2
    assert err == "A lot needs a seed: add --seed with words or a number to publish.\n"


@pytest.mark.parametrize("said", ["0", "-1", "2.5", "many", "²"])
def test_reviewers_each_is_a_whole_number(capsys, small, said):
    code, out, err = ask(capsys, *small, f"--reviewers-each={said}")
    assert (code, out) == (2, "")
    assert err == f"“{said}” is not a whole number from 1.\n"


def test_where_no_plan_meets_all_wishes_the_smallest_changes_are_told(capsys, small):
    code, out, err = ask(capsys, *small)
    assert (code, err) == (1, "")
    assert "No plan meets all wishes." in out
    assert "Eligible reviewers of A: 2, wanted: 3 (barred by language: 0; by" in out
    assert "For A the number of reviewers is lowered to 2." in out
    code, found = answer(capsys, *small)
    assert code == 1
    assert found["plan"] is None
    assert [(way["kind"], way["size"]) for way in found["ways"]] == [("fewer", 2)]
    for lang in ("es", "fr"):
        code, out, _ = ask(capsys, *small, "--lang", lang)
        assert "matching." not in out
        assert "shell." not in out


def test_a_long_list_of_changes_is_shortened_for_people_and_whole_in_json(capsys, tmp_path):
    files = "application,languages\n" + "".join(f"A{n:02},nah\n" for n in range(50))
    words = (written(tmp_path, "a.csv", files), written(tmp_path, "r.csv", "reviewer\nx\n"))
    code, out, _ = ask(capsys, *words, "--reviewers-each", "1")
    assert code == 1
    assert out.count("And 10 more; --json lists them all.") == 3
    found = answer(capsys, *words, "--reviewers-each", "1")[1]
    sizes = {way["kind"]: (way["size"], len(way["changes"])) for way in found["ways"]}
    assert sizes == {"fewer": (50, 50), "language": (50, 50)}
    assert len(found["short"]) == 50


def test_one_application_one_reviewer(capsys, tmp_path):
    files = written(tmp_path, "a.csv", "application\nA\n")
    people = written(tmp_path, "r.csv", "reviewer\nx\n")
    code, found = answer(capsys, files, people, "--reviewers-each", "1")
    assert (code, pairs_of(found)) == (0, [("A", "x")])


def test_everybody_tied(capsys, tmp_path):
    files = written(tmp_path, "a.csv", "application\n" + "".join(f"A{n}\n" for n in range(30)))
    people = written(tmp_path, "r.csv", "reviewer\n" + "".join(f"R{n}\n" for n in range(9)))
    code, found = answer(capsys, files, people)
    assert code == 0
    assert len(pairs_of(found)) == 90
    assert {each["most"] for each in found["reviewers"]} == {11}


def test_total_and_fair_are_two_goals(capsys, tmp_path):
    files = written(tmp_path, "a.csv", "application\nA\nB\n")
    people = written(tmp_path, "r.csv", "reviewer,most\nx,1\ny,1\n")
    pairs = written(
        tmp_path, "p.csv", "application,reviewer,affinity\nA,x,1\nA,y,0.5\nB,x,0.6\nB,y,0.2\n"
    )
    words = (files, people, "--pairs", pairs, "--reviewers-each", "1")
    assert pairs_of(answer(capsys, *words)[1]) == [("A", "y"), ("B", "x")]
    assert pairs_of(answer(capsys, *words, "--fair")[1]) == [("A", "y"), ("B", "x")]
    assert pairs_of(answer(capsys, *words, "--total")[1]) == [("A", "x"), ("B", "y")]
    assert ask(capsys, *words, "--total", "--fair")[0] == 2


def test_only_listed_pairs_may_be_given_where_that_is_asked(capsys, small, tmp_path):
    pairs = written(tmp_path, "p.csv", "application,reviewer\nA,y\nB,x\n")
    words = (*small, "--pairs", pairs, "--listed-only", "--reviewers-each", "1")
    assert pairs_of(answer(capsys, *words)[1]) == [("A", "y"), ("B", "x")]


def test_the_drawing_stands_alone(capsys, tmp_path):
    plot = tmp_path / "plan.svg"
    assert ask(capsys, *FILES, "--plot", str(plot))[0] == 0
    drawn = plot.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert drawn.count("<circle") == 8
    assert "<script" not in drawn


FAULTS = [
    ("applications", "application,topic\nA,x\n", "1, column topic: This name is not known here;"),
    ("applications", "name\nA\n", "1, column application: This column is missing."),
    ("applications", "application\n", " There are headings and nothing below them."),
    ("applications", "application\nA\nA\n", "3, column application: “A” stands here a second"),
    ("applications", "application,topics\n,x\n", "2, column application: This cell is empty"),
    ("applications", "application,reviewers\nA,2.5\n", "2, column reviewers: “2.5” is not a whole"),
    ("applications", "application,needs\nA,a;b;c;d;e\n", "2, column needs: A asks for more than 4"),
    ("reviewers", "reviewer,most\nx,many\n", "2, column most: “many” is not a number"),
    ("reviewers", "reviewer,most\nx,-1\n", "2, column most: “-1” is less than 0."),
    ("reviewers", "reviewer,least,most\nx,3,2\n", "2, column least: The least load of x is below"),
    ("pairs", "application,reviewer\nA,z\n", "2, column reviewer: “z” is not in reviewers.csv."),
    ("pairs", "application,reviewer\nZ,x\n", "2, column application: “Z” is not in"),
    ("pairs", "application,reviewer\nA,x\nA,x\n", "3, column reviewer: “A + x” stands here a"),
    ("pairs", "application,reviewer,affinity\nA,x,0.1234\n", "2, column affinity: “0.1234” has"),
    ("pairs", "application,reviewer,affinity\nA,x,1001\n", "2, column affinity: “1001” is more"),
    ("pairs", "application,reviewer,conflict\nA,x,maybe\n", "2, column conflict: “maybe” is"),
    ("keep", "application,who\nA,x\n", "1, column reviewer: This column is missing."),
    ("keep", 'application,reviewer\nA,"x\n', "2: This line is not valid CSV"),
]


@pytest.mark.parametrize(("which", "text", "told"), FAULTS)
def test_a_fault_names_file_line_and_column(capsys, tmp_path, small, which, text, told):
    path = written(tmp_path, f"{which}.csv", text)
    option = () if which in {"applications", "reviewers"} else (f"--{which}", path)
    code, out, err = ask(capsys, *small, *option)
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}:{told}")
    assert err.count("\n") == 1


def test_a_plan_that_cannot_be_written_is_a_fault(capsys, tmp_path):
    out = str(tmp_path / "nowhere" / "plan.csv")
    code, said, err = ask(capsys, *FILES, "--out", out)
    assert (code, said) == (1, "")
    assert err == f"{out}: The plan cannot be written here.\n"


def test_the_order_of_lines_changes_nothing(capsys, tmp_path):
    for name in ("applications.csv", "reviewers.csv", "pairs.csv"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
        head, *lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
        written(tmp_path, name, "\n".join([head, *reversed(lines)]) + "\n")
    words = [str(tmp_path / name) for name in ("applications.csv", "reviewers.csv")]
    turned = answer(capsys, *words, "--pairs", str(tmp_path / "pairs.csv"))
    assert turned == answer(capsys, *FILES, *PAIRS)
