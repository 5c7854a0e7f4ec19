"""`monarca publish`: valid files, a row a finding, and nothing left where one is not valid."""

import hashlib
import json

import pytest

from monarca.config import cli
from monarca.engines.publishing import check_common_grants
from monarca.grants.disclosure.models import Disclosure, Export
from monarca.ground.journal.models import Entry
from tests import world_disclosure as make

IATI, SHEET = "iati-activities.xml", "proactive-disclosure.csv"
BODY, GRANTS, COMMON = "iati-organisation.xml", "360giving.json", "common-grants.json"
FILES = {
    "iati": IATI,
    "proactive-disclosure": SHEET,
    "iati-org": BODY,
    "360giving": GRANTS,
    "common-grants": COMMON,
}


def publish(capsys, *words):
    """The exit code, what was printed and what was said on the side."""
    code = cli.execute(["publish", *map(str, words)])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_every_file_is_written_and_written_down(capsys, agreement, tmp_path):
    make.make_published(agreement)
    code, out, _err = publish(capsys, "all", "--out", tmp_path / "new", "--json")

    told = json.loads(out)["files"]
    assert code == 0
    assert [one["valid"] for one in told] == [True] * 5
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(FILES.values())
    rows = Export.objects.order_by("pk")
    assert [row.kind for row in rows] == list(FILES)
    for row in rows:
        data = (tmp_path / "new" / FILES[row.kind]).read_bytes()
        assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert [row.count for row in rows] == [1, 1, 1, 1, 2]
    last = Entry.objects.order_by("-pk").first()
    assert (last.verb, last.command, last.by) == ("disclosure.exported", "publish", None)


def test_one_kind_writes_one_file(capsys, agreement, tmp_path):
    make.make_published(agreement)
    code, out, _err = publish(capsys, "iati", "--out", tmp_path)

    assert code == 0
    assert out.startswith(f"{tmp_path / IATI}: records 1, SHA-256 ")
    assert [path.name for path in tmp_path.iterdir()] == [IATI]


def test_the_same_records_give_the_same_bytes(capsys, agreement, tmp_path):
    make.make_published(agreement)
    publish(capsys, "all", "--out", tmp_path / "a")
    publish(capsys, "all", "--out", tmp_path / "b")

    for name in FILES.values():
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_invalid_file_is_not_written_and_an_older_one_does_not_stay(capsys, agreement, tmp_path):
    made = make.make_published(agreement)
    publish(capsys, "all", "--out", tmp_path)
    Disclosure.objects.filter(pk=made.pk).update(sector="99999")
    code, out, _err = publish(capsys, "all", "--out", tmp_path)

    assert code == 1
    assert {path.name for path in tmp_path.iterdir()} == set(FILES.values()) - {IATI}
    rows = [line for line in out.splitlines() if line.startswith(f"{IATI}:")]
    assert rows
    assert all("codelist.Sector" in row for row in rows)
    assert "iati: not valid, no file was written." in out
    assert Export.objects.filter(kind="iati").count() == 1


def test_while_nothing_is_public_iati_has_no_file_and_says_why(capsys, db, tmp_path):
    code, out, _err = publish(capsys, "all", "--out", tmp_path, "--json")

    first, second, *others = json.loads(out)["files"]
    assert [one["valid"] for one in others] == [False] * 3
    assert (code, first["valid"], second["valid"], second["count"]) == (1, False, True, 0)
    assert first["findings"][0]["rule"] == "monarca.empty"
    assert [path.name for path in tmp_path.iterdir()] == [SHEET]


@pytest.mark.parametrize("kind", FILES)
def test_each_kind_is_checked_by_what_anybody_may_ask(capsys, agreement, tmp_path, kind):
    make.make_published(agreement)
    assert publish(capsys, kind, "--out", tmp_path)[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILES[kind]]
    if kind == "common-grants":
        document = json.loads((tmp_path / COMMON).read_bytes())
        assert check_common_grants.problems_of(document) == ()
        assert [len(document[name]) for name in ("opportunities", "awards")] == [1, 1]
    else:
        assert cli.main(["validate", str(tmp_path / FILES[kind])]) == 0


def test_an_anonymised_agreement_names_nobody_in_any_file(capsys, agreement, tmp_path):
    make.make_published(agreement, level="anonymised")
    publish(capsys, "all", "--out", tmp_path)
    told = {path.name: path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir()}
    assert set(told) == set(FILES.values())
    secrets = ("Tejedoras", "Yalálag", "Oaxaca", "MX-OAX")
    assert [word for word in secrets if any(word in text for text in told.values())] == []


@pytest.mark.parametrize("words", [["iati"], ["nothing", "--out", "x"], []])
def test_wrong_usage_is_two(capsys, db, words):
    code, _out, err = publish(capsys, *words)

    assert code == 2
    assert "Traceback" not in err


def test_a_file_in_place_of_the_folder_is_wrong_usage(capsys, db, tmp_path):
    place = tmp_path / "taken"
    place.write_text("here")

    assert publish(capsys, "all", "--out", place)[0] == 2
    assert place.read_text() == "here"
