"""`monarca intake` on the command line: what it tells, writes, and how it ends."""

import io
import json
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import monarca
from monarca.grants.applications.models import Intake
from monarca.grants.calls import actions as calls
from monarca.ground.journal.models import Entry
from tests.conftest import NOON

INBOX = Path(monarca.__file__).parent / "examples" / "inbox"
TWICE = [INBOX / "Tikua Yoso", INBOX / "solicitud comite agua (copia).docx"]
BROKEN = INBOX / "Solicitud Huertas del Bordo (recuperado).docx"
CODE = "CFLI-MX-2024"

pytestmark = pytest.mark.usefixtures("call")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(*words, code=CODE, err=None):
    """(exit code, standard output, standard error)"""
    out, err, end = io.StringIO(), err or io.StringIO(), 0
    try:
        call_command("intake", *map(str, words), "--call", code, stdout=out, stderr=err)
    except SystemExit as stop:
        end = stop.code
    except CommandError as problem:
        end = problem.returncode
        err.write(str(problem))
    return end, out.getvalue(), err.getvalue()


def told(*words):
    end, out, _err = run(*words, "--json")
    return end, json.loads(out)


def test_the_whole_inbox_is_read_and_a_second_run_makes_nothing_new():
    end, first = told(INBOX)
    assert end == 1  # three files cannot be read
    assert first["counts"] == {
        "arrivals": 35,
        "new": 32,
        "known": 0,
        "unreadable": 3,
        "made": 35,
    }
    rows, acts = Intake.objects.count(), Entry.objects.count()
    end, again = told(INBOX)
    assert again["counts"] == {
        "arrivals": 35,
        "new": 0,
        "known": 32,
        "unreadable": 3,
        "made": 0,
    }
    assert (Intake.objects.count(), Entry.objects.count()) == (rows, acts)


def test_each_file_is_told_with_fields_confidence_and_place():
    end, report = told(INBOX / "Solicitud CFLI Tinta Viva.eml")
    assert end == 0
    (entry,) = report["files"]
    assert entry["received_at"] == "2024-04-18T23:02:09+00:00"
    fields = {one["key"]: one for one in entry["fields"]}
    assert fields["requested"]["value"] == {"cents": 5_339_500, "currency": "CAD"}
    assert fields["requested"]["confidence"] >= 90
    assert fields["requested"]["place"] == "paragraph 27"
    assert [part["role"] for part in entry["parts"]] == ["form", "budget"]
    assert len(entry["budget"]["lines"]) == 12
    assert entry["key"] == Intake.objects.get().key


def test_a_file_that_cannot_be_read_is_told_with_its_hash_and_blocks_no_other():
    end, report = told(BROKEN, INBOX / "Lool Kaab")
    assert end == 1
    broken, read = sorted(report["files"], key=lambda one: one["status"] != "unreadable")
    assert broken["problems"] == [
        {"code": "file.damaged", "message": "The file is damaged and could not be read."}
    ]
    assert broken["sha256"] == Intake.objects.get(problem="file.damaged").sha256
    assert read["status"] == "new"


def test_the_same_group_twice_is_told():
    end, report = told(*TWICE)
    assert end == 0
    assert [len(one["perhaps_same_group"]) for one in report["files"]] == [0, 1]
    assert report["files"][1]["perhaps_same_group"][0]["file"] == "solicitud agua.docx"


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path, settings):
    acts = Entry.objects.count()
    end, report = told(*TWICE, TWICE[1], "--dry-run")
    assert end == 0
    assert report["dry_run"] is True
    assert report["counts"]["made"] == 0
    assert [len(one["perhaps_same_group"]) for one in report["files"]] == [0, 1]
    assert not Intake.objects.exists()
    assert Entry.objects.count() == acts
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []


def test_the_same_bytes_twice_in_one_dry_run_are_one_arrival(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.docx").write_bytes(TWICE[1].read_bytes())
    _end, report = told(tmp_path, "--dry-run")
    assert [one["status"] for one in report["files"]] == ["new", "known"]
    _end, report = told(tmp_path)
    assert [one["status"] for one in report["files"]] == ["new", "known"]


def test_folders_in_an_archive_are_read_like_folders(tmp_path):
    packed = tmp_path / "todo.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("Lool Kaab", "Tikua Yoso"):
            for file in (INBOX / folder).iterdir():
                archive.write(file, f"2024/{folder}/{file.name}")
    end, report = told(packed)
    assert end == 0
    assert [len(one["parts"]) for one in report["files"]] == [2, 2]
    assert told(INBOX / "Lool Kaab")[1]["counts"]["known"] == 1


def test_the_report_is_written_where_it_was_asked(tmp_path):
    report = tmp_path / "report.json"
    end, out, _err = run(INBOX / "Lool Kaab", "--report", report)
    assert end == 0
    assert json.loads(report.read_text("utf-8"))["counts"]["new"] == 1
    assert "1 read: 1 new, 0 here already, 0 could not be read." in out


def test_progress_and_remarks_stay_out_of_the_results():
    _end, out, err = run(INBOX / "Lool Kaab", "--json")
    json.loads(out)
    assert "did not say when they arrived" in err


def test_on_a_terminal_there_is_a_bar():
    _end, _out, err = run(INBOX / "Lool Kaab", "--json", err=Terminal())
    assert "] 0/2" in err
    assert f"[{'#' * 30}] 2/2" in err


def test_files_take_the_instant_that_was_given():
    run(INBOX / "Lool Kaab", "--received", "2024-04-19T17:00:00-06:00")
    assert Intake.objects.get().received_at.isoformat() == "2024-04-19T23:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([INBOX], "NOPE", "There is no call with the code NOPE."),
        (["/nowhere/a.docx"], CODE, "There is no file or folder /nowhere/a.docx."),
        ([INBOX, "--report", "/nowhere/r.json"], CODE, "cannot be written to /nowhere/r.json."),
    ],
)
def test_wrong_usage_is_one_sentence_and_nothing_is_read(words, code, sentence):
    end, out, err = run(*words, code=code)
    assert end == 2
    assert sentence in err
    assert out == ""
    assert not Intake.objects.exists()


def test_a_cancelled_call_takes_nothing(call):
    calls.cancel(call, by=None, at=NOON + timedelta(days=1))
    assert run(INBOX)[0] == 2


def bomb(megabytes):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as stream:
            for _ in range(megabytes):
                stream.write(b" " * (1 << 20))
    return packed.getvalue()


@pytest.mark.parametrize("name", ["bomba.docx", "bomba.zip"])
def test_a_bomb_is_listed_and_kept_and_never_inflated(tmp_path, monkeypatch, name):
    """Told apart by its directory alone: no member of it is ever opened."""
    (tmp_path / name).write_bytes(bomb(300))
    opened = []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *given, **_kw: opened.append(given))
    tracemalloc.start()
    end, report = told(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert end == 1
    assert [one["code"] for one in report["files"][0]["problems"]] == ["file.bomb"]
    assert opened == []
    assert peak < 20 << 20
    row = Intake.objects.get()
    assert (row.problem, row.file.kind) == ("file.bomb", "")
