"""Every command on files has its help with a whole example, its page, its sentences, its frame."""

import json
import re
from pathlib import Path

import pytest

from monarca.config import shell
from monarca.config.cli import main
from monarca.kit import reasons

ROOT = Path(__file__).parents[2]
PAGES = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/engines").glob("*.md"))
SAID = re.compile(r'"(shell\.[a-z_.]+)"')


@pytest.mark.parametrize("name", sorted(shell.DOORS))
def test_help_shows_a_complete_example_and_needs_no_installation(name, capsys, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "no.such.settings")
    assert main([name, "--dry-run", "--help"] if name == "intake" else [name, "--help"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"\bexample\b", said.lower())
    assert f"monarca {name} " in said
    assert "--lang" in said


@pytest.mark.parametrize("name", sorted(shell.DOORS))
def test_every_command_has_its_page(name):
    assert f"monarca {name}" in PAGES


@pytest.mark.parametrize("name", [name for name in sorted(shell.DOORS) if name != "intake"])
def test_an_unknown_option_is_wrong_usage(name, capsys):
    assert main([name, "--no-such-option"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"monarca {name}")
    assert said.count("\n") == 1


def test_the_list_of_commands_names_them_all(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [name for name in shell.DOORS if f"\n  {name} " not in said] == []


def test_every_sentence_of_the_shell_stands_in_three_languages():
    folder = Path(shell.__file__).parent
    spoken = {code for path in folder.glob("*.py") for code in SAID.findall(path.read_text())}
    known = reasons.catalogue()
    missing = [code for code in sorted(spoken) if code not in known and not code.endswith(".")]
    assert missing == []
    for code in spoken & set(known):
        assert sorted(known[code]) == ["en", "es", "fr"], code


def test_a_reason_in_json_carries_code_values_and_sentence(tmp_path, capsys):
    path = tmp_path / "evidence.csv"
    path.write_text("project,do_no_harm\nA,\n")
    assert main(["mark", str(path), "--json", "--lang", "fr"]) == 0
    reason = json.loads(capsys.readouterr().out)["A"]["1"]["reason"]
    assert sorted(reason) == ["code", "sentence", "values"]
