"""A command about a call: the river's own rows, as the person who asks may see them."""

import json

import pytest

from monarca.config.cli import main
from monarca.config.shell.calls import is_call
from monarca.grants.applications import actions as applications
from tests import world
from tests.world_reviews import READ, make_declared, make_reviewed
from tests.world_screening import make_officer


@pytest.fixture
def files(call, person):
    """Three reviewed files, read by two each."""
    made = []
    for number, points in enumerate((5, 4, 2)):
        file = world.make_submitted(call, person(f"g{number}@example.org"), name=f"Grupo {number}")
        for name in ("ana@example.org", "luis@example.org"):
            make_reviewed(file, make_officer("reviewer", name), points=points)
        made.append(file)
    return made


def ranked(capsys, *words):
    code = main(["rank", "CFLI-MX-2024", "--json", *words])
    said = capsys.readouterr()
    return code, [row["application"] for row in json.loads(said.out)["ranking"]["standings"]]


def test_a_call_is_ranked_from_its_complete_reviews(files, capsys):
    assert ranked(capsys) == (0, [file.reference for file in files])


def test_a_sealed_file_leaves_no_trace_for_who_may_not_know_of_it(files, capsys):
    manager, reader = make_officer("manager"), make_officer("manager", "eva@example.org")
    applications.seal(files[0], by=manager, at=READ, readers=[reader], alias="Un grupo")

    left = [file.reference for file in files[1:]]
    assert ranked(capsys) == (0, left)
    assert ranked(capsys, "--as", reader.email)[1] == [file.reference for file in files]
    outsider = make_officer("finance", "otro@example.org")
    assert files[0].reference not in str(ranked(capsys, "--as", outsider.email))


def test_who_has_not_finished_reading_a_file_learns_nothing_of_it(files, capsys):
    rosa = make_officer("reviewer", "rosa@example.org")
    make_declared(files[1], rosa)
    told = ranked_or_refused(capsys, "--as", rosa.email)
    assert files[1].reference not in told


def ranked_or_refused(capsys, *words):
    main(["rank", "CFLI-MX-2024", "--json", *words])
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["CFLI-MX-1999"], "CFLI-MX-1999: There is no call with this code in this installation."),
        (["CFLI-MX-2024", "--as", "x@y.org"], "CFLI-MX-2024: Nobody here has the address x@y.org."),
        (["CFLI-MX-2024"], "CFLI-MX-2024: There is nothing to tell of this call yet."),
    ],
)
def test_what_cannot_be_told_is_one_sentence(call, capsys, words, sentence):
    assert main(["rank", *words]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == sentence


def test_a_call_is_told_from_a_file_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "CFLI-MX-2025").write_text("x")
    names = ("CFLI-MX-2024", "scores.csv", "no-such-file", "dir/CFLI-MX-2024", "CFLI-MX-2025")
    assert [name for name in names if is_call(tmp_path.__class__(name))] == ["CFLI-MX-2024"]
