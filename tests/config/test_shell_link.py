"""`monarca link` on files: pairs with reasons, copied passages, drawings, faults in words."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree

from monarca.config.cli import main
from monarca.config.shell.waterfall import Fall, waterfalls
from monarca.engines.linkage import scale

EXAMPLES = Path(__file__).parents[2] / "examples" / "engines" / "linkage"
ORGANISATIONS = str(EXAMPLES / "organisations.csv")
PADRON = str(EXAMPLES / "padron.csv")
COLUMNS = str(EXAMPLES / "padron.toml")
TEXTS = str(EXAMPLES / "texts.csv")


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")


def ask(capsys, *words):
    code = main(["link", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def answer(capsys, *words):
    code, out, _ = ask(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


def kept(tmp_path, text, name="table.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def pairs(found):
    return [(pair["left"], pair["right"]) for pair in found["pairs"]]


def test_the_example_finds_what_was_written_twice_and_leaves_sisters_alone(capsys):
    found = answer(capsys, ORGANISATIONS)
    assert sorted(pairs(found)) == [
        ("2023-014", "2024-003"),
        ("2023-027", "2024-009"),
        ("2023-031", "2024-017"),
        ("2024-035", "2024-036"),
    ]
    assert all(pair["probability"] > 0.9 for pair in found["pairs"])
    assert ("2023-052", "2023-053") not in pairs(found)
    said = [step["reason"]["sentence"] for pair in found["pairs"] for step in pair["steps"]]
    assert any(each.startswith("rfc: one sign apart") for each in said)
    assert any(each.startswith("name: the acronym of one fits the other") for each in said)


def test_two_tables_are_linked_through_a_file_of_columns(capsys):
    found = answer(capsys, ORGANISATIONS, PADRON, "--columns", COLUMNS)
    assert found["tables"] == 2
    assert {("2023-014", "P-1"), ("2023-027", "P-2")} <= set(pairs(found))
    assert not any(right == "P-3" for _, right in pairs(found))


def test_one_table_with_its_own_columns(capsys, tmp_path):
    table = kept(
        tmp_path,
        "folio,nombre,apellidos,nacimiento\n1,Ana,Lara Ríos,1990-02-03\n"
        "2,ANA,LARA RIOS,03/02/1990\n3,Luis,Tun,1971-01-01\n",
    )
    layout = kept(
        tmp_path,
        'id = "folio"\n[columns.nombre]\nkind = "person"\nwith = ["apellidos"]\n'
        '[columns.nacimiento]\nkind = "date"\n',
        "columns.toml",
    )
    assert pairs(answer(capsys, table, "--columns", layout)) == [("1", "2")]


def test_copied_passages_are_told_with_their_places(capsys):
    (copy,) = answer(capsys, "--texts", TEXTS)["copies"]
    assert (copy["left"], copy["right"]) == ("2023-014", "2024-003")
    (passage,) = copy["passages"]
    assert passage["words"] == copy["words"] == 39
    assert copy["reason"]["sentence"] == (
        "39 words are the same (places: 1): 58.2% of the first text, 75% of the second."
    )
    code, out, _ = ask(capsys, "--texts", TEXTS)
    assert code == 0
    assert "Proponemos abrir una escuela" in out


def test_what_is_known_is_not_copied(capsys, tmp_path):
    form = kept(
        tmp_path, json.loads(json.dumps(Path(TEXTS).read_text(encoding="utf-8"))), "form.txt"
    )
    assert answer(capsys, "--texts", TEXTS, "--known", form)["copies"] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "one sign apart"), ("es", "difieren en un signo"), ("fr", "un seul signe d’écart")],
)
def test_people_read_it_in_three_languages(capsys, lang, said):
    code, out, err = ask(capsys, ORGANISATIONS, "--lang", lang, "--weights")
    assert (code, err) == (0, "")
    assert said in re.sub(r"\s*│\s*│\s*│\s*│\s*", " ", out).replace("\n", " ")
    assert "shell." not in out
    assert "{" not in out


def test_a_waterfall_is_drawn(capsys, tmp_path):
    plot = tmp_path / "why.svg"
    assert ask(capsys, ORGANISATIONS, "--plot", str(plot))[0] == 0
    drawn = plot.read_text(encoding="utf-8")
    etree.fromstring(drawn.encode())
    assert drawn.count("at first") == 4
    assert "Tejedoras de la Niebla" in drawn


def test_a_waterfall_ends_where_its_steps_lead():
    drawn = waterfalls("t", [Fall("a & b", [("up", 4.0), ("down", -1.0)], "sum", "90 %")])
    etree.fromstring(drawn.encode())
    assert "+4.0" in drawn
    assert "-1.0" in drawn
    assert "+3.0 · 90 %" in drawn
    etree.fromstring(waterfalls("nothing", []).encode())


def test_fewer_can_be_shown_and_all_are_in_the_json(capsys):
    _, out, _ = ask(capsys, ORGANISATIONS, "--show", "1")
    assert "not shown here: 3" in out
    assert len(answer(capsys, ORGANISATIONS, "--show", "1")["pairs"]) == 4


def test_the_least_chance_decides(capsys):
    few = pairs(answer(capsys, ORGANISATIONS, "--least", "0.9999"))
    many = pairs(answer(capsys, ORGANISATIONS, "--least", "0.001"))
    assert set(few) < set(many)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nAgua\n", "table.csv:1, column id: This column is missing."),
        ("id,name\n1,Agua\n1,Luz\n", "table.csv:3, column id:"),
        ("id,name\n1,Agua\n,Luz\n", "table.csv:3, column id: This cell is empty"),
        ("id,nombre\n1,Agua\n", "table.csv:1, column nombre: This heading is not one of"),
        ("id,name,name\n1,Agua,Luz\n", "table.csv:1, column name: This heading stands twice."),
        ("id,name\n1,Agua,Luz\n", "table.csv:2"),
        ('id,name\n1,"Agua\n', "table.csv:"),
    ],
)
def test_a_bad_table_is_told_with_file_line_and_column(capsys, tmp_path, text, said):
    code, out, err = ask(capsys, kept(tmp_path, text))
    assert (code, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        (
            '[columns.name]\nkind = "colour"\n',
            "columns.toml:2, column kind: “colour” is not one of",
        ),
        ("[columns.name]\n", "columns.toml:1, column kind: This cell is empty"),
        ("[columns]\n", "There is no column to compare."),
        ('id = "id"\nfields = 3\n', "columns.toml:2, column fields:"),
        ('[columns.name]\nkind = "name"\nstate = "x"\n', "columns.toml:3, column state:"),
        (
            '[columns.name]\nkind = "name"\n[columns.siglas]\nkind = "text"\n',
            "table.csv:1, column siglas: This column is missing.",
        ),
        ("[columns.name\n", "columns.toml:1"),
        ("columns = 3\n", "columns.toml:1, column columns:"),
    ],
)
def test_a_bad_file_of_columns_is_told(capsys, tmp_path, layout, said):
    table = kept(tmp_path, "id,name\n1,Agua\n2,Agua\n")
    code, _, err = ask(capsys, table, "--columns", kept(tmp_path, layout, "columns.toml"))
    assert code == 1
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [[], ["--least", "2", "a.csv"], ["--least", "x", "a.csv"], ["a.csv", "b.csv", "c.csv"]],
)
def test_wrong_usage_is_two(capsys, words):
    code, out, err = ask(capsys, *words)
    assert (code, out) == (2, "")
    assert err


def test_a_file_that_is_not_there_is_told(capsys):
    code, _, err = ask(capsys, "nowhere.csv")
    assert code == 1
    assert "nowhere.csv: This file cannot be found or read." in err


@pytest.mark.parametrize(
    "text",
    ["id,name\n", "id,name\n1,Agua\n", "id,name\n1,\n2,\n", "id\n1\n2\n", "id,name\n1,💧\n2,—\n"],
)
def test_with_next_to_nothing_nothing_is_found(capsys, tmp_path, text):
    path = kept(tmp_path, text)
    if text == "id\n1\n2\n":
        code, _, err = ask(capsys, path)
        assert (code, err) == (1, "There is no column to compare.\n")
        return
    assert answer(capsys, path)["pairs"] == []
    assert "Nothing looks like a double." in ask(capsys, path)[1]


def test_rows_that_are_all_the_same_are_one_group(capsys, tmp_path):
    rows = "".join(f'{n},"Agua Clara, A.C.",ACL990420HT7\n' for n in range(12))
    found = answer(capsys, kept(tmp_path, f"id,name,rfc\n{rows}"))
    assert len(found["pairs"]) == 66
    assert [len(group["members"]) for group in found["groups"]] == [12]


def test_texts_need_their_columns_and_their_ids_once(capsys, tmp_path):
    for text, said in (
        ("id,words\n1,a\n", "table.csv:1, column text: This column is missing."),
        ("id,text\n1,a\n1,b\n", "table.csv:3, column id:"),
    ):
        code, _, err = ask(capsys, "--texts", kept(tmp_path, text))
        assert code == 1
        assert said in err


@pytest.mark.skipif(scale.is_there(), reason="the extra scale is installed")
def test_without_the_extra_scale_it_says_what_to_install(capsys):
    code, out, err = ask(capsys, ORGANISATIONS, "--scale")
    assert (code, out) == (1, "")
    assert err == "This needs the packages splink and duckdb: install monarca[scale].\n"


@pytest.mark.skipif(not scale.is_there(), reason="needs the extra scale (splink, duckdb)")
def test_at_scale_the_pairs_are_the_same(capsys):
    assert pairs(answer(capsys, ORGANISATIONS, "--scale")) == pairs(answer(capsys, ORGANISATIONS))


def test_help_shows_a_complete_example(capsys):
    code, out, _ = ask(capsys, "--help")
    assert code == 0
    assert "monarca link organisations.csv" in out
    assert "[columns.agrupacion]" in out
