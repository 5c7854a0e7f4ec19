"""`monarca demo` again, in a strange folder, and with thousands more."""

import io
import json
import random
import socket

import pytest
from django.core.management import CommandError, call_command

from monarca.config import cli
from monarca.grants.applications.models import Application, BudgetLine
from monarca.grants.calls.models import Call
from monarca.portal.demo import actions
from monarca.portal.demo.management.year import home
from tests.portal.demo.conftest import NOW


@pytest.fixture
def finished(year, settings, tmp_path):
    """A home whose mark says that this very edition made it to the end."""
    settings.HOME = tmp_path
    mark(tmp_path)
    return tmp_path


def mark(place, **changes):
    whole = {**home.wanted(applications=0, seed=1), "open_until": "2099-01-01T00:00:00+00:00"}
    home.write(place, **{**whole, **changes})


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    call_command("demo", "--no-serve", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_finished_home_is_recognised_and_nothing_is_made_again(finished):
    before = Application.objects.count()
    out, err = run("--json")
    assert json.loads(out)["made"] is False
    assert err == ""
    assert Application.objects.count() == before


def test_it_says_in_plain_words_where_to_click(finished):
    out, _err = run("--port", "8123")
    assert "http://127.0.0.1:8123/demo/" in out


@pytest.mark.parametrize(
    "changes",
    [
        {"edition": "older"},
        {"finished": False},
        {"seed": 2},
        {"applications": 5},
        {"open_until": "2024-01-01T00:00:00+00:00"},
        {"open_until": None},
    ],
)
def test_an_older_unfinished_or_other_home_is_made_anew(tmp_path, changes):
    mark(tmp_path, **changes)
    assert not home.is_finished(tmp_path, home.wanted(applications=0, seed=1), at=NOW)


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_a_broken_mark_is_no_mark(tmp_path, text):
    (tmp_path / home.MARK).write_text(text)
    assert not home.is_finished(tmp_path, home.wanted(applications=0, seed=1), at=NOW)


def test_what_an_unfinished_demo_left_is_cleared_and_the_key_stays(tmp_path):
    home.write(tmp_path, finished=False)
    (tmp_path / "monarca.sqlite3").write_text("half")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one").write_text("x")
    (tmp_path / "secret-key").write_text("k")
    (tmp_path / "notes.txt").write_text("mine")
    home.clear(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {home.MARK, "secret-key", "notes.txt"}


def test_a_folder_that_is_no_demo_is_never_touched(year, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "monarca.sqlite3").write_text("somebody's real year")
    with pytest.raises(CommandError, match="something else than a demo"):
        run()
    assert (tmp_path / "monarca.sqlite3").read_text() == "somebody's real year"
    assert [each.name for each in tmp_path.iterdir()] == ["monarca.sqlite3"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--port", "0"), "--port is 1 to 65535"),
        (("--applications", "-1"), "--applications is 0 to"),
        (("--applications", "100001"), "--applications is 0 to"),
    ],
)
def test_wrong_usage_is_one_sentence(year, words, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        run(*words)
    assert refused.value.returncode == 2


def test_without_the_setting_it_does_not_run(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="MONARCA_DEMO=1"):
        run()


def test_a_taken_port_is_said_before_anything_is_made(finished):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            call_command("demo", "--port", port)


def test_the_words_on_the_command_line_say_which_home(monkeypatch):
    for name in ("MONARCA_HOME", "MONARCA_DEMO", "MONARCA_SECOND_FACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(cli, "execute", lambda _words: 0)
    assert cli.main(["demo", "--home=/tmp/elsewhere"]) == 0
    assert cli.os.environ["MONARCA_HOME"] == "/tmp/elsewhere"
    assert cli.os.environ["MONARCA_DEMO"] == "1"


def test_many_more_are_varied_and_the_same_for_the_same_seed(year):
    call = Call.objects.get(code="CFLI-MX-2024")
    one, two, other = (list(actions.sketches(call, 40, random.Random(n))) for n in (7, 7, 8))
    assert one == two != other
    assert len({each.reference for each in one}) == 40
    assert len({each.state for each in one}) > 10
    assert {each.language for each in one} == {"es", "en", "fr"}
    assert all(call.opens_at <= each.arrived_at < call.closes_at for each in one)


def test_many_more_are_applications_like_others(year, visitor):
    call = Call.objects.get(code="CFLI-MX-2024")
    before = Application.objects.count()
    assert actions.multiply(call, by=None, at=NOW, count=30, seed=7) == 30
    made = Application.objects.order_by("-pk")[:30]
    assert Application.objects.count() == before + 30
    for file in made:
        lines = BudgetLine.objects.filter(application=file)
        assert sum(line.cad_cents for line in lines) == file.requested_cents
    browser = visitor("coordinator")
    assert browser.get("/en/desk/screening/").status_code == 200
    page = browser.get(f"/en/desk/files/{made[0].reference}/?v=answers")
    assert made[0].title in page.content.decode()
