"""`monarca intake FILE... --dry-run`: every answer with its place, without an installation."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import monarca
from monarca.config import shell
from monarca.config.cli import main

HOME = Path(monarca.__file__).parent
EXAMPLE = str(Path(__file__).parents[2] / "examples" / "engines" / "documents")
INBOX = HOME / "examples" / "inbox"
FORM = str(INBOX / "Solicitud Impulso Femenino.docx")
BUDGET = str(INBOX / "Presupuesto Impulso Femenino.xlsx")
OLD = str(INBOX / "Formato 2023 viejo.doc")


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")


def ask(capsys, *words):
    code = main(["intake", *words, "--dry-run"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_form_and_its_budget_are_one_application(capsys):
    code, out, _ = ask(capsys, FORM, BUDGET, "--json")
    (application,) = json.loads(out)["applications"]
    fields = {one["key"]: one for one in application["fields"]}
    assert (code, application["problems"]) == (0, [])
    assert len(fields) > 40
    assert fields["legal_name"]["label"] == "Name of the organization"
    assert all(0 <= one["confidence"] <= 100 and one["place"] for one in fields.values())
    assert len(application["budget"]["lines"]) > 3
    assert sorted(one["role"] for one in application["parts"]) == ["budget", "form"]


def test_the_worked_example(capsys):
    code, out, _ = ask(capsys, EXAMPLE, "--json")
    (application,) = json.loads(out)["applications"]
    fields = {one["key"]: one["value"] for one in application["fields"]}
    assert (code, fields["title"]) == (0, "Biblioteca en burro")
    assert fields["requested"] == {"cents": 890_000, "currency": "CAD"}
    assert application["budget"]["recomputed_total_cents"] == 6_750_000
    assert "¿Cuál es su refrán favorito?" in [one["label"] for one in application["unplaced"]]


@pytest.mark.parametrize(
    ("language", "title", "place"),
    [
        ("en", "answers", "table 1"),
        ("es", "respuestas", "tabla 1"),
        ("fr", "réponses", "tableau 1"),
    ],
)
def test_people_are_told_in_their_language(capsys, language, title, place):
    code, out, _ = ask(capsys, FORM, "--lang", language)
    assert code == 0
    assert title in out
    assert place in out


def test_what_cannot_be_read_is_named_with_its_reason(capsys):
    code, out, _ = ask(capsys, OLD, BUDGET)
    assert code == 1
    assert f"{OLD}: This is an old file format. Save it as .docx or .xlsx and send that." in out
    assert "budget on" in out


def test_a_file_that_is_not_there_is_wrong_usage(capsys):
    code, _, err = ask(capsys, "no-such-file.docx")
    assert (code, err) == (2, "There is no file or folder no-such-file.docx.\n")


def test_another_pack_s_form_is_read_and_a_broken_pack_is_told_by_file(capsys, tmp_path):
    pack = str(HOME / "packs" / "cfli-mexico")
    assert ask(capsys, FORM, "--pack", pack)[0] == 0
    code, out, err = ask(capsys, FORM, "--pack", str(tmp_path))
    assert (code, out) == (1, "")
    assert str(tmp_path) in err


def test_an_empty_file_and_random_bytes_stop_nothing(capsys, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"")
    (tmp_path / "b.xlsx").write_bytes(bytes(range(256)) * 8)
    code, out, _ = ask(capsys, str(tmp_path), "--json")
    told = json.loads(out)["applications"]
    assert code == 1
    assert [one["problems"][0]["reason"]["code"] for one in told] == ["file.empty", "file.damaged"]


def test_a_drawing_has_a_bar_for_every_form_and_none_for_a_budget(capsys, tmp_path):
    plot = tmp_path / "read.svg"
    code, _, _ = ask(capsys, FORM, BUDGET, "--plot", str(plot))
    drawn = plot.read_text("utf-8")
    _, out, _ = ask(capsys, FORM, "--json")
    fields = json.loads(out)["applications"][0]["fields"]
    read = sum(one["value"] is not None for one in fields)
    assert code == 0
    assert drawn.startswith("<svg")
    assert drawn.count('height="14"') == 2
    assert f"{read} of " in drawn


def test_an_empty_folder_has_nothing_to_tell(capsys, tmp_path):
    code, out, _ = ask(capsys, str(tmp_path), "--json")
    assert (code, json.loads(out)["applications"]) == (0, [])


def test_a_call_still_goes_to_the_installation():
    assert shell.has_door(["intake", "a.docx", "--dry-run"])
    assert shell.has_door(["intake", "--help"])
    assert not shell.has_door(["intake", "a.docx", "--call", "CFLI-MX-2024"])
    assert not shell.has_door(["intake", "a.docx", "--dry-run", "--call=CFLI-MX-2024"])


def test_no_django_is_started():
    program = (
        "import sys\nfrom monarca.config.cli import main\n"
        f"code = main(['intake', {BUDGET!r}, '--dry-run', '--json'])\n"
        "sys.exit(code or 10 * ('django.apps' in sys.modules and "
        "__import__('django.apps').apps.apps.ready))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
