"""A command about a call: the river's own rows, as the person who asks may see them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from monarca.config.cli import main
from monarca.config.shell import calls
from monarca.config.shell.calls import is_call
from monarca.grants.applications import actions as applications
from monarca.grants.reviews import actions as reviews
from monarca.grants.reviews.models import Assignment
from monarca.ground.journal.models import Entry
from tests import world
from tests.world_reviews import READ, make_declared, make_reviewed
from tests.world_screening import make_officer, make_screened


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


@pytest.fixture
def eligible(call, person):
    """Four files that wait for readers, and three people who read."""
    for name in ("ana", "luis", "rosa"):
        make_officer("reviewer", f"{name}@example.org")
    made = []
    for number in range(4):
        file = world.make_submitted(call, person(f"g{number}@example.org"), name=f"Grupo {number}")
        make_screened(file)
        made.append(file)
    return made


def assigned(capsys, *words):
    code = main(["assign", "CFLI-MX-2024", "--reviewers-each", "2", *words])
    return code, capsys.readouterr()


def test_a_manager_gives_the_files_of_a_call_by_the_act_of_the_pages(eligible, capsys):
    manager = make_officer("manager")
    code, said = assigned(capsys, "--as", manager.email)

    assert (code, said.err.splitlines()[-1]) == (0, "New assignments: 8.")
    held = Counter(Assignment.objects.values_list("reviewer__email", flat=True))
    assert (held.total(), len(held), min(held.values())) == (8, 3, 2)
    assert {row.assigned_by for row in Assignment.objects.select_related("assigned_by")} == {
        manager
    }
    assert Entry.objects.filter(verb="review.assigned").count() == 8

    assert assigned(capsys, "--as", manager.email)[1].err.splitlines()[-1] == "New assignments: 0."


def test_a_conflict_and_a_hand_in_the_application_are_never_overlooked(eligible, capsys):
    ana = make_officer("reviewer", "ana@example.org")
    reviews.declare(eligible[0], by=ana, at=READ, level="actual", words="Es mi hermana.")
    assigned(capsys, "--as", make_officer("manager").email)
    readers = Assignment.objects.filter(application=eligible[0])
    assert set(readers.values_list("reviewer__email", flat=True)) == {
        "luis@example.org",
        "rosa@example.org",
    }


def test_a_trial_gives_nothing(eligible, capsys):
    code, said = assigned(capsys, "--dry-run", "--as", make_officer("manager").email)
    assert (code, Assignment.objects.count()) == (0, 0)
    assert eligible[0].reference in said.out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([], 2, "Say who gives the files, with --as E-MAIL; or look first, with --dry-run."),
        (
            ["--pairs", "x.csv", "--dry-run"],
            2,
            "A call tells its own reviewers, conflicts and plan: name it alone.",
        ),
        (
            ["--as", "ana@example.org"],
            1,
            "CFLI-MX-2024: There is nothing to tell of this call yet.",
        ),
    ],
)
def test_who_may_not_give_files_is_told_in_one_sentence(eligible, capsys, words, code, sentence):
    found, said = assigned(capsys, *words)
    assert (found, said.err.splitlines()[-1]) == (code, sentence)
    assert Assignment.objects.count() == 0


def test_the_best_plan_of_a_call_keeps_its_envelope_and_says_why(files, capsys):
    """Three files ask 45,000 dollars each or so; the scores are 5, 4 and 2."""
    asked = files[0].requested_cents
    code = main(["select", "CFLI-MX-2024", "--budget-cents", str(2 * asked), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert funded(told) == {file.reference for file in files[:2]}


def test_a_call_is_chosen_from_by_rules_that_a_person_wrote(files, capsys, tmp_path):
    rules = tmp_path / "rules.toml"
    rules.write_text(
        f"envelope = {3 * files[0].requested_cents // 100}\n"
        f'[[pins]]\nproject = "{files[0].reference}"\nfund = false\n'
    )
    assert main(["select", "CFLI-MX-2024", str(rules), "--json"]) == 0
    assert funded(json.loads(capsys.readouterr().out)) == {f.reference for f in files[1:]}


def funded(told):
    return {row["project"] for row in told["projects"] if row["percent"]}


def test_rules_are_asked_for_where_projects_stand_in_a_file(tmp_path, capsys):
    path = tmp_path / "projects.csv"
    path.write_text("project,score,asked\nA,1,1\n")
    assert main(["select", str(path)]) == 1
    said = f"{path}: Name the rules, too: monarca select PROJECTS RULES.\n"
    assert capsys.readouterr().err == said


def test_the_same_group_twice_in_a_call_is_found_with_its_copied_text(eligible, capsys):
    assert main(["link", "CFLI-MX-2024", "--json", "--least", "0.01"]) == 0
    told = json.loads(capsys.readouterr().out)
    references = {file.reference for file in eligible}
    assert {pair["left"] for pair in told["pairs"]} <= references
    assert {copy["left"] for copy in told["copies"]} <= references
    assert told["copies"], "the four makers wrote the same answers"


def test_groups_and_texts_of_a_call_are_told_as_tables_of_link(eligible):
    told = {row.text("id"): row.text("name") for row in calls.told("groups", Path("CFLI-MX-2024"))}
    assert told == {file.reference: file.applicant.legal_name for file in eligible}
    texts = calls.told("texts", Path("CFLI-MX-2024"))
    assert [row.text("id") for row in texts] == sorted(file.reference for file in eligible)


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
