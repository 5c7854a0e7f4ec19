"""`monarca validate` on anybody's files: what is wrong where, in three languages and in one row each."""

import io
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monarca.config import cli
from monarca.config.shell import stopping, validate
from monarca.config.shell.stopping import Wish

HERE = Path(__file__).parents[2]
EXAMPLES = HERE / "examples" / "engines" / "publishing"
SAMPLES = HERE / "tests" / "engines" / "publishing" / "data"
ACTIVITIES, GRANTS, NIL = (
    str(EXAMPLES / name) for name in ("activities.xml", "grants.json", "nil.csv")
)
ON = ("--on", "2026-04-02")


@pytest.fixture
def asked(capsys):
    """The command with these words: its exit code, and what it said and remarked."""

    def ask(*words):
        code = cli.main(["validate", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


@pytest.fixture
def kept(tmp_path):
    """A file with these bytes, and its path."""

    def keep(data, name="file.xml"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return keep


def brief(document):
    return [
        (row["line"], row["rule"], row["severity"])
        for row in document["findings"]
        if row["severity"] == "error"
    ]


def test_the_example_of_activities(asked):
    code, said, remarks = asked(ACTIVITIES, *ON, "--json")
    answer = json.loads(said)
    assert (code, remarks) == (1, "")
    assert [
        (row["line"], row["rule"], row["severity"], row["stricter"]) for row in answer["findings"]
    ] == [
        (60, "11.1.2", "error", False),
        (67, "codelist.Sector", "error", False),
        (79, "11.2.1", "error", True),
        (84, "8.9.2", "warning", False),
    ]
    assert answer["findings"][1] == {
        "file": ACTIVITIES,
        "line": 67,
        "record": "/iati-activities/iati-activity[2]/sector[1]/@code",
        "rule": "codelist.Sector",
        "severity": "error",
        "message": "The code “15171” is not on the list Sector.",
        "field": "code",
        "stricter": False,
    }
    assert answer["files"] == [
        {
            "file": ACTIVITIES,
            "format": "iati-activities",
            "valid": False,
            "errors": 3,
            "warnings": 1,
        }
    ]
    assert answer["valid"] is False


def test_the_examples_of_grants_and_of_nothing_to_report(asked):
    _, said, _ = asked(GRANTS, NIL, *ON, "--json")
    answer = json.loads(said)
    assert brief(answer) == [
        (62, "360giving.not-number", "error"),
        (62, "360giving.impossible-date", "error"),
        (3, "canada.quarter", "error"),
    ]
    assert [one["format"] for one in answer["files"]] == [
        "360giving-json",
        "proactive-disclosure-nil",
    ]


@pytest.mark.parametrize(
    "name", ["iati_activity_valid.xml", "iati_org_valid.xml", "360giving_valid.json"]
)
def test_a_valid_file_ends_with_nought(asked, name):
    code, said, _ = asked(SAMPLES / name, *ON)
    assert code == 0
    assert "is valid" in said.replace("\n", " ")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Findings in", "The planned start", "is not valid (IATI 2.03 activities). Errors: 3. Warnings: 1.")),
        ("es", ("Hallazgos en", "Regla 11.1.2 del estándar IATI", "no es válido (actividades IATI 2.03). Errores: 3.")),
        ("fr", ("Constats dans", "Règle 11.1.2 de la norme", "n’est pas valide (activités IITA 2.03)")),
    ],
)  # fmt: skip
def test_a_table_in_three_languages(asked, monkeypatch, lang, words):
    monkeypatch.setenv("COLUMNS", "250")
    _, said, _ = asked(ACTIVITIES, *ON, "--lang", lang)
    flat = " ".join(said.replace("│", " ").split())
    assert [word in flat for word in words] == [True] * 3


def test_official_words_stay_as_they_are_in_every_language(asked):
    said = [
        json.loads(asked(ACTIVITIES, *ON, "--json", "--lang", lang)[1])
        for lang in ("en", "es", "fr")
    ]
    official = said[0]["findings"][0]["message"].rstrip(".")
    assert all(official in one["findings"][0]["message"] for one in said)


def test_without_what_is_stricter_the_answer_is_the_official_one(asked):
    _, said, _ = asked(ACTIVITIES, *ON, "--json", "--official")
    answer = json.loads(said)
    assert [row["rule"] for row in answer["findings"]] == ["11.1.2", "codelist.Sector", "8.9.2"]
    assert answer["files"][0]["errors"] == 2


def test_the_register_of_publishers_decides_on_an_unknown_agency(asked, kept):
    data = (SAMPLES / "iati_activity_valid.xml").read_bytes().replace(b"XM-EXAMPLE-1", b"FOO-1")
    file, register = kept(data), kept(b"GB-1\nFOO-1\n\n", "register.txt")
    assert [row["rule"] for row in json.loads(asked(file, *ON, "--json")[1])["findings"]] == [
        "1.14.8"
    ]
    assert json.loads(asked(file, *ON, "--json", "--publishers", register)[1])["findings"] == []


def test_today_is_told_or_the_clock_s(asked, kept):
    file = SAMPLES / "iati_activity_valid.xml"
    early = json.loads(asked(file, "--on", "2025-07-01", "--json")[1])
    assert {"11.1.4", "11.2.1"} <= {row["rule"] for row in early["findings"]}
    assert asked(file, "--json")[0] == 0
    assert asked(file, "--on", "yesterday")[0] == 2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "publishing.empty"),
        (b"just words\n", "publishing.unknown"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml.doctype"),
        (b"<iati-activities version='2.03'><iati-activity>", "xml"),
        (b'{"grants": [', "360giving.syntax"),
        (b"ref_number;agreement_value\n", "publishing.divider"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_a_file_that_cannot_be_read_is_one_finding_in_a_sentence(asked, kept, data, rule, lang):
    code, said, remarks = asked(kept(data), "--json", "--lang", lang)
    (row,) = json.loads(said)["findings"]
    assert (code, row["rule"], remarks) == (1, rule, "")
    assert row["message"][-1] in ".?)"
    assert "{" not in row["message"]


def test_a_missing_file_is_named(asked, tmp_path):
    code, _, remarks = asked(tmp_path / "nowhere.xml")
    assert (code, remarks) == (
        1,
        f"{tmp_path / 'nowhere.xml'}: This file cannot be found or read.\n",
    )


def test_a_long_table_is_cut_and_says_so(asked, kept):
    rows = b"fiscal_year,quarter\n" + b"".join(b"x%d,Q9\n" % number for number in range(30))
    file = kept(rows, "nil.csv")
    _, said, _ = asked(file, "--most", 5)
    assert "Findings not shown here: 55" in said
    assert len(json.loads(asked(file, "--json")[1])["findings"]) == 60


def test_the_drawing_counts_each_rule(asked, tmp_path):
    picture = tmp_path / "rules.svg"
    asked(ACTIVITIES, *ON, "--plot", picture)
    texts = [each.text for each in ET.parse(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert "How often each rule is broken" in texts
    assert {"11.1.2", "codelist.Sector"} <= set(texts)


def test_the_help_shows_a_whole_example(asked):
    code, said, _ = asked("--help")
    assert code == 0
    assert validate.EXAMPLE.splitlines()[-1] in said
    assert "fiscal_year,quarter" in said


def test_the_example_of_the_help_is_the_one_in_the_folder(asked):
    lines = [line.strip() for line in validate.EXAMPLE.splitlines()]
    rows = Path(NIL).read_text(encoding="utf-8").splitlines()
    start = lines.index(rows[0])
    assert lines[start : start + 3] == rows
    assert json.loads(asked(NIL, "--json")[1])["findings"][0]["message"] in validate.EXAMPLE


def test_reading_is_watched():
    seen = []
    wish = Wish()
    file = validate._Watched(
        io.BytesIO(b"abcdef"), wish, lambda done, whole: seen.append((done, whole)), 6
    )
    assert (file.read(4), file.read(4), file.seek(0)) == (b"abcd", b"ef", 0)
    assert seen == [(0, 6), (4, 6)]
    wish.is_there = True
    with pytest.raises(KeyboardInterrupt):
        file.read(1)


@pytest.mark.parametrize("words", [("missing.xml",), (NIL, "missing.xml"), (".",)])
def test_a_file_that_cannot_be_read_leaves_no_half_document(asked, words):
    code, said, remarks = asked(*words, *ON, "--json")
    assert (code, said) == (1, "")
    assert remarks == f"{words[-1]}: This file cannot be found or read.\n"


def test_who_stops_it_has_a_whole_document_that_says_so(tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("fiscal_year,quarter\n" + "2025-2026,Q5\n" * 3_000)
    line = [sys.executable, "-m", "monarca.config.cli", "validate", str(bad), NIL, "--json"]
    run = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
    first = run.stdout.read(1_000)
    while len(first) < 1_000:
        first += run.stdout.read(1_000)
    run.send_signal(signal.SIGINT)
    rest, remarks = run.communicate(timeout=30)
    answer = json.loads(first + rest)
    assert (run.returncode, remarks) == (1, b"Stopped; nothing was kept.\n")
    assert 0 < len(answer["findings"]) < 3_000
    assert answer["interrupted"] is True
    assert [one["valid"] for one in answer["files"]] == [False, None]
    assert answer["valid"] is False


def test_stopped_before_anything_is_found_nothing_is_called_valid(asked, monkeypatch):
    def stopped(_watched, _size):
        raise KeyboardInterrupt

    monkeypatch.setattr(validate._Watched, "read", stopped)
    code, said, _ = asked(GRANTS, "--json")
    answer = json.loads(said)
    assert (code, answer["findings"], answer["valid"], answer["interrupted"]) == (1, [], None, True)
    assert answer["files"][0]["valid"] is None


def test_a_file_read_to_its_end_was_not_interrupted(asked):
    answer = json.loads(asked(GRANTS, *ON, "--json")[1])
    assert answer["interrupted"] is False


def test_a_first_ctrl_c_waits_to_be_heeded_and_a_second_does_not():
    with stopping.heard() as wish:
        signal.raise_signal(signal.SIGINT)
        assert wish.is_there
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            wish.heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_outside_the_main_thread_nothing_is_kept():
    usual, seen = signal.getsignal(signal.SIGINT), []

    def work():
        with stopping.heard():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [usual]
