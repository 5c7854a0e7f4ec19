"""What the frame of commands on files withstands: odd signs, endless numbers, closed pipes."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monarca.config import cli
from monarca.config.cli import main
from monarca.config.shell import rank
from monarca.kit import reasons

SCORES = Path(__file__).parents[2] / "examples/engines/scoring/scores.csv"
LONG = "9" * 5000


def told(capsys, *words):
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def scores(**cells):
    row = {"application": "A", "reviewer": "R", "score": 3} | cells
    return [row, {"application": "B", "reviewer": "R", "score": 2}]


def written(path, rows):
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_a_number_of_five_thousand_digits_is_a_fault_of_its_cell(tmp_path, capsys):
    path = tmp_path / "scores.json"
    path.write_text(json.dumps(scores(score=0)).replace(": 0", f": {LONG}"))
    code, out, err = told(capsys, "rank", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}:1, column score: ")
    assert "more than 30 digits" in err


@pytest.mark.parametrize("said", ["1e999999999", "1e-999999999", "1e31"])
def test_a_number_beyond_all_measure_is_a_fault(said, tmp_path, capsys):
    path = tmp_path / "scores.csv"
    path.write_text(f"application,reviewer,score,weight\nA,R,3,{said}\n")
    code, _out, err = told(capsys, "rank", path)
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith(f"{path}:2, column weight: “{said}” has more than 30 digits")


def test_a_toml_number_of_five_thousand_digits_is_a_fault(tmp_path, capsys):
    pool, rules = tmp_path / "pool.csv", tmp_path / "rules.toml"
    pool.write_text("id,gender\nA,w\n")
    rules.write_text(f"[gender.w]\nmin = {LONG}\n")
    code, _out, err = told(capsys, "draw", pool, rules, "--seats", 1)
    assert (code, err) == (1, f"{rules}: This is not valid TOML.\n")


@pytest.mark.parametrize("indent", [1, 4, None])
def test_a_fault_in_a_json_list_names_the_line_where_its_record_begins(indent, tmp_path, capsys):
    rows = [*scores(), {"application": "C", "reviewer": "R", "score": "x"}]
    path = tmp_path / "scores.json"
    path.write_text("\n" + json.dumps(rows, indent=indent) + "\n")
    begins = 3 if indent is None else path.read_text().split("\n").index(" " * indent + "{", 10) + 1
    code, _out, err = told(capsys, "rank", path)
    assert (code, err.split(",")[0]) == (1, f"{path}:{begins}")


@pytest.mark.parametrize("text", ["[\n]", "[ 1,\n 2 ]", '\n[{"a": 1},\n\n{"a": [\n1]}]'])
def test_odd_json_lists_are_faults_in_words(text, tmp_path, capsys):
    path = tmp_path / "scores.json"
    path.write_text(text)
    code, out, err = told(capsys, "rank", path)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"{path}")


@pytest.mark.parametrize("value", [["A"], {"name": "A"}])
def test_a_list_is_no_name(value, tmp_path, capsys):
    path = written(tmp_path / "scores.json", scores(application=value))
    code, out, err = told(capsys, "rank", path)
    assert (code, out) == (1, "")
    assert err == f"{path}:1, column application: {reasons.catalogue()['shell.not_single']['en']}\n"


def test_half_a_character_is_a_fault_of_its_line(tmp_path, capsys):
    path = tmp_path / "scores.jsonl"
    path.write_text(
        "\n".join(json.dumps(each) for each in scores(application="\U0001f98b"))
        + '\n{"application": "\\ud83d", "reviewer": "R", "score": 1}\n'
    )
    code, out, err = told(capsys, "rank", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"{path}:3: Half of a character")


def test_a_backslash_that_only_looks_like_half_a_character_may_stand(tmp_path, capsys):
    path = written(tmp_path / "scores.json", scores(application="C:\\ud83d"))
    code, out, _err = told(capsys, "rank", path, "--json")
    names = [row["application"] for row in json.loads(out)["ranking"]["standings"]]
    assert (code, names) == (0, ["C:\\ud83d", "B"])


def test_a_line_separator_inside_a_json_line_ends_no_line(tmp_path, capsys):
    path = tmp_path / "scores.jsonl"
    rows = scores(application="A\u2028B")
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert told(capsys, "rank", path)[0] == 0


def test_a_control_sign_commands_no_terminal_and_breaks_no_drawing(tmp_path, capsys):
    path = written(tmp_path / "scores.json", scores(application="\x1b[31mred\x00"))
    plot = tmp_path / "plot.svg"
    code, out, _err = told(capsys, "rank", path, "--plot", plot)
    assert code == 0
    assert "\x1b" not in out
    assert "⟨U+001B⟩[31mred⟨U+0000⟩" in out
    assert "⟨U+001B⟩[31mred⟨U+0000⟩" in "".join(ET.parse(plot).getroot().itertext())


def test_json_keeps_a_control_sign_as_it_stood(tmp_path, capsys):
    path = written(tmp_path / "scores.json", scores(application="\x1b[31m"))
    _code, out, _err = told(capsys, "rank", path, "--json")
    assert json.loads(out)["ranking"]["standings"][0]["application"] == "\x1b[31m"


def test_an_endless_number_of_reviewers_is_wrong_usage(capsys):
    code, out, err = told(capsys, "assign", "a.csv", "r.csv", "--reviewers-each", LONG)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_an_interruption_is_one_line_in_the_language(lang, monkeypatch, capsys):
    def interrupted(*_given, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(rank.scoring, "rank", interrupted)
    code, out, err = told(capsys, "rank", SCORES, "--lang", lang)
    assert (code, out) == (1, "")
    assert err == f"{reasons.catalogue()['shell.stopped'][lang]}\n"


def test_an_interruption_while_the_command_loads_is_one_line(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "shell", interrupted)
    assert told(capsys, "rank", SCORES) == (1, "", "Stopped.\n")


def test_a_refused_cap_is_one_document_too(tmp_path, capsys):
    files, people = tmp_path / "applications.csv", tmp_path / "reviewers.csv"
    files.write_text("application\nA\n")
    people.write_text("reviewer\nx\ny\n")
    words = ("--reviewers-each", 1, "--cap", 0.3, "--seed", "s", "--json")
    code, out, err = told(capsys, "assign", files, people, *words)
    answer = json.loads(out)
    assert (code, answer["plan"]) == (1, None)
    assert err == f"{answer['reason']['sentence']}\n"


def run_rank(*words, **how):
    line = [sys.executable, "-m", "monarca.config.cli", "rank", str(SCORES), *words]
    return subprocess.Popen(line, stderr=subprocess.PIPE, **how)


def test_a_reader_who_goes_away_is_no_complaint():
    run = run_rank("--json", stdout=subprocess.PIPE)
    run.stdout.close()
    assert run.communicate()[1] == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full")
def test_a_full_disk_is_one_sentence():
    with Path("/dev/full").open("w") as full:
        run = run_rank(stdout=full)
        said = run.communicate()[1].decode()
    assert run.returncode == 1
    assert said.count("\n") == 1
    assert "No space left" in said


def test_a_terminal_without_accents_gets_json_all_the_same(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    plain = run_rank("--json", stdout=subprocess.PIPE).communicate()[0]
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    accented = run_rank("--json", stdout=subprocess.PIPE).communicate()[0]
    assert plain.isascii()
    assert not accented.isascii()
    assert json.loads(plain) == json.loads(accented)


def test_a_name_of_a_call_without_an_installation_is_one_sentence(monkeypatch, capsys):
    class DatabaseError(Exception):
        """As Django's, where there is no table."""

    def missing(*_given, **_named):
        raise DatabaseError

    river = type("river", (), {"told": staticmethod(missing), "NotTold": KeyError})
    known = type("db", (), {"DatabaseError": DatabaseError})
    monkeypatch.setattr(rank.calls, "_started", lambda _name: river)
    monkeypatch.setattr(rank.calls, "import_module", lambda _name: known)
    code, _out, err = told(capsys, "rank", "NO-SUCH-CALL", "--as", "a@example.org")
    assert code == 1
    assert err.startswith("NO-SUCH-CALL: There is no such file")
