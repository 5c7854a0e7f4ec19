"""`monarca allocate` on files: shares with reasons, rules side by side, axioms, faults in words."""

import json
import random
from pathlib import Path

import pytest

from monarca.config.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples" / "engines" / "apportionment"
MISSIONS = str(EXAMPLES / "missions.csv")
DOSES = str(EXAMPLES / "doses.csv")


@pytest.fixture
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


def ask(capsys, *words):
    code = main(["allocate", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys, *words):
    code, out, _ = ask(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


def needs(tmp_path, text, name="needs.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_example_of_missions(capsys):
    found = answer(
        capsys,
        MISSIONS,
        "--supply",
        "2000000",
        "--rule",
        "weighted-water-filling",
        "--unit",
        "1000",
    )
    assert {share["id"]: share["amount"] for share in found["shares"]} == {
        "bogota": 429_000,
        "guatemala": 321_000,
        "la-paz": 143_000,
        "lima": 286_000,
        "mexico": 714_000,
        "tegucigalpa": 107_000,
    }
    first = found["shares"][0]
    assert (first["exact"], first["claim"]) == ("3000000/7", 900_000)
    assert first["reason"]["sentence"] == (
        "Receives 429,000 of the 900,000 asked for, in proportion to its weight of 12."
    )
    assert first["rounding"]["code"] == "apportionment.lots_up"
    assert (found["left"], found["buffer"]) == (0, 0)


def test_the_example_of_doses(capsys):
    found = answer(
        capsys, DOSES, "--supply", "9000000", "--rule", "covax", "--unit", "1200", "--buffer", "5%"
    )
    amounts = {share["id"]: share["amount"] for share in found["shares"]}
    assert amounts["encina"] == 0
    assert found["shares"][4]["reason"]["values"] == {"why": "readiness plan not yet approved"}
    assert (found["buffer"], found["left"]) == (450_000, 0)
    assert sum(amounts.values()) == 8_550_000
    assert all(amount % 1200 == 0 for amount in amounts.values())


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Receives everything it asked for: 250,000."),
        ("es", "Recibe todo lo que pidió: 250,000."),
        ("fr", "Reçoit tout ce qu’il a demandé : 250\N{NO-BREAK SPACE}000."),
    ],
)
def test_a_share_is_explained_in_three_languages(capsys, wide, lang, sentence):
    code, out, _ = ask(capsys, MISSIONS, "--supply", "2000000", "--rule", "max_min", "--lang", lang)
    assert code == 0
    assert sentence in out


def test_several_rules_stand_side_by_side_with_their_inequality(capsys, wide):
    found = answer(capsys, MISSIONS, "--supply", "2000000", "--rule", "max_min,webster")
    assert [each["rule"] for each in found["rules"]] == ["water_filling", "webster"]
    assert found["rules"][0]["inequality"]["most_met"] == "1"
    _, out, _ = ask(capsys, MISSIONS, "--supply", "2000000", "--rule", "max_min,webster")
    assert "Max-min (water-filling)" in out
    assert "Gini of parts met" in out


def test_the_axioms_come_with_the_counterexample_of_what_is_broken(capsys):
    found = answer(capsys, MISSIONS, "--supply", "900000", "--rule", "hamilton", "--axioms")
    by_name = {each["axiom"]: each for each in found["axioms"]}
    assert by_name["quota"]["kept"] is True
    shown = by_name["resource_monotone"]["counterexample"]
    assert (shown["supply"], shown["given"]) == (3, [1, 1, 1])
    assert shown["broken"]["sentence"] == "Of 3 a receives 1; of 4, only 0."


def test_the_drawing_shows_everybody(capsys, tmp_path):
    plot = tmp_path / "shares.svg"
    ask(capsys, MISSIONS, "--supply", "900000", "--rule", "webster", "--plot", str(plot))
    drawn = plot.read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "Bogotá" in drawn
    assert "Webster" in drawn


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("who,claim\na,1\n", ":1, column id:", "missing"),
        ("id,claim,clam\na,1,2\n", ":1, column clam:", "not known"),
        ("id,claim\n", ":", "nothing below"),
        ("id,claim\na,1\nb,\n", ":3, column claim:", "empty"),
        ("id,claim\na,ten\n", ":2, column claim:", "not a number"),
        ("id,claim\na,1.5\n", ":2, column claim:", "not a whole number"),
        ("id,claim\na,12.000\n", ":2, column claim:", "not a whole number"),
        ("id,claim\na,-1\n", ":2, column claim:", "less than 0"),
        ("id,claim\na,1e999999999\n", ":2, column claim:", "more than"),
        ("id,claim\na,1\nb,2\na,3\n", ":4, column id:", "second time"),
        ("id,claim,weight\na,1,0\n", ":2, column weight:", "less than"),
        ("id,claim,weight\na,1,0.12345678901\n", ":2, column weight:", "nine places"),
        ("id,claim,floor\na,5,1\nb,5,6\n", ":3:", "guaranteed minimum above its claim"),
        (
            "id,claim,floor\na,5,5\nb,9,9\n",
            ":3:",
            "those of these alone come to more than there is: b",
        ),
        ("id,claim\na,1,2\n", ":2:", "more cells"),
        ('id,claim\n"a,1\n', ":2:", "not valid CSV"),
    ],
)
def test_a_fault_names_the_file_the_line_and_the_column(capsys, tmp_path, text, place, words):
    path = needs(tmp_path, text)
    code, out, err = ask(capsys, path, "--supply", "7", "--rule", "webster")
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}{place}")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "webster"), "--supply"),
        (("--supply", "five", "--rule", "webster"), "not a whole number"),
        (("--supply", "-5", "--rule", "webster"), "“-5” is less than 0."),
        (("--supply", "5", "--rule", "fairest"), "no rule “fairest”"),
        (("--supply", "5", "--rule", "webster", "--buffer", "nan"), "part"),
        (("--supply", "5", "--rule", "webster", "--buffer", "120%"), "part"),
        (("--supply", "5", "--rule", "webster", "--unit", "0"), "lot must hold"),
    ],
)
def test_wrong_usage_ends_with_two(capsys, words, said):
    code, out, err = ask(capsys, MISSIONS, *words)
    assert (code, out) == (2, "")
    assert said in err


def test_one_row_and_all_tied(capsys, tmp_path):
    one = answer(capsys, needs(tmp_path, "id,claim\na,3\n"), "--supply", "9", "--rule", "talmud")
    assert (one["shares"][0]["amount"], one["left"]) == (3, 6)
    tied = needs(tmp_path, "id,claim\n" + "".join(f"{letter},5\n" for letter in "cabd"))
    found = answer(capsys, tied, "--supply", "6", "--rule", "equal_losses")
    assert [share["amount"] for share in found["shares"]] == [2, 2, 1, 1]


def test_the_order_of_rows_changes_nothing(capsys, tmp_path):
    head, *rows = Path(MISSIONS).read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(rows)
    shuffled = needs(tmp_path, "\n".join([head, *rows]))
    words = ("--supply", "1999999", "--rule", "webster")
    assert answer(capsys, shuffled, *words) == answer(capsys, MISSIONS, *words)


def test_records_in_json_do_as_well(capsys, tmp_path):
    path = needs(tmp_path, '[{"id": "a", "claim": 4}, {"id": "b", "claim": 2}]', "needs.json")
    found = answer(capsys, path, "--supply", "3", "--rule", "proportional")
    assert [share["amount"] for share in found["shares"]] == [2, 1]


def test_help_shows_a_whole_example(capsys):
    code, out, _ = ask(capsys, "--help")
    assert code == 0
    assert "id,name,claim,weight,floor,cap" in out
    assert "talmud" in out
