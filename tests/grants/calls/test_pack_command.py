"""`monarca pack`: findings with file, key and line; a call made or updated from a folder."""

import json
import shutil

import pytest

from monarca.config import cli
from monarca.grants.calls.models import Call, Form
from tests.world import PACK


def pack(capsys, *words):
    """The exit code, what was printed and what was said on the side."""
    code = cli.execute(["pack", *map(str, words)])
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    call = folder / "call.toml"
    lines = [
        "max_cents = -1" if line.startswith("max_cents") else line
        for line in call.read_text().splitlines()
    ]
    call.write_text("\n".join(lines))
    return folder


def test_a_sound_pack_passes(capsys, db):
    code, out, err = pack(capsys, "check", PACK)

    assert (code, err) == (0, "")
    assert out.strip().endswith("The pack is sound: errors 0, warnings 0.")


def test_a_fault_is_named_by_file_key_and_line(capsys, db, broken):
    code, out, _err = pack(capsys, "check", broken, "--json")

    told = json.loads(out)
    (finding,) = [each for each in told["findings"] if each["key"].endswith("max_cents")]
    line = (broken / finding["file"]).read_text().splitlines()[finding["line"] - 1]
    assert (code, told["sound"], finding["severity"]) == (1, False, "error")
    assert line == "max_cents = -1"
    assert finding["message"]


def test_a_broken_pack_is_not_loaded(capsys, db, broken):
    code, out, _err = pack(capsys, "load", broken)

    assert (code, Call.objects.count()) == (1, 0)
    assert "cannot be loaded" in out


def test_loading_makes_a_draft_call_and_loading_again_changes_nothing(capsys, db):
    first = pack(capsys, "load", PACK, "--json")
    second = pack(capsys, "load", PACK, "--json")

    assert first == second
    assert json.loads(first[1])["status"] == "draft"
    assert (Call.objects.count(), Form.objects.count()) == (1, 1)


def test_another_window_and_publishing(capsys, db):
    window = ("--opens", "2099-05-01T09:00:00-06:00", "--closes", "2099-06-01T00:00:00Z")

    code, out, _err = pack(capsys, "load", PACK, *window, "--publish", "--json")

    assert code == 0
    assert json.loads(out) == {
        "call": "CFLI-MX-2099",
        "status": "published",
        "opens_at": "2099-05-01T15:00:00+00:00",
        "closes_at": "2099-06-01T00:00:00+00:00",
    }


def test_a_published_call_never_changes_silently(capsys, db):
    pack(
        capsys,
        "load",
        PACK,
        "--opens",
        "2099-05-01T09:00:00Z",
        "--closes",
        "2099-06-01T00:00:00Z",
        "--publish",
    )

    code, out, err = pack(
        capsys, "load", PACK, "--opens", "2099-05-02T09:00:00Z", "--closes", "2099-06-01T00:00:00Z"
    )

    assert (code, out) == (1, "")
    assert "CFLI-MX-2099" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("check",),
        ("check", "/nowhere/at/all"),
        ("polish", PACK),
        ("load", PACK, "--opens", "tomorrow"),
        ("load", PACK, "--opens", "2099-05-01T09:00:00"),
        ("load", PACK, "--opens", "2099-06-01T00:00:00Z", "--closes", "2099-05-01T00:00:00Z"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(capsys, db, words):
    code, out, err = pack(capsys, *words)

    assert (code, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_publishing_a_call_that_is_over_is_refused(capsys, db):
    code, _out, err = pack(capsys, "load", PACK, "--publish")

    assert (code, err.count("\n")) == (1, 1)
