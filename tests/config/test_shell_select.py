"""`monarca select` on plain files: the plan, its reasons, and what is wrong where."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monarca.config import cli
from monarca.config.shell import select

EXAMPLE = Path(__file__).parents[2] / "examples" / "engines" / "portfolio"
PROJECTS = (
    "project,organisation,score,asked,theme\n"
    "A,Uno,5,600.00,water\nB,Dos,3,400.00,rights\nC,Dos,1.9,400.00,rights;water\n"
)
RULES = "envelope = 1000\n"
LIMIT = '[[limits]]\nname = "x"\n'


@pytest.fixture
def kept(tmp_path):
    """A file with this text, and its path."""

    def keep(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return keep


@pytest.fixture
def asked(capsys):
    """The command with these words: its exit code, and what it said and remarked."""

    def ask(*words):
        code = cli.main(["select", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


@pytest.fixture
def answered(asked, kept):
    """The JSON of the command on these two texts."""

    def answer(projects=PROJECTS, rules=RULES, *words):
        files = kept("projects.csv", projects), kept("rules.toml", rules)
        code, said, _ = asked(*files, "--json", *words)
        return code, json.loads(said)

    return answer


def funded(data):
    return [each["project"] for each in data["projects"] if each["is_funded"]]


@pytest.fixture
def example():
    return EXAMPLE / "projects.csv", EXAMPLE / "rules.toml"


def test_the_example_keeps_every_rule_and_is_proved(asked, example):
    code, said, _ = asked(*example, "--json")
    data = json.loads(said)
    assert code == 0
    assert data["is_proved"] is True
    assert data["gap_share"] == 0.0
    assert data["points"] == 33.35
    assert [each["goal"] for each in data["stages"]] == ["points", "first-time grantees", "ties"]
    assert data["stages"][1]["value"] == 6
    for each in data["limits"]:
        kept = each["reached"] >= each["amount"]
        assert kept if each["is_floor"] else each["reached"] <= each["amount"], each["rule"]
    assert "P-13" not in funded(data)


def test_every_project_has_its_price_and_its_reason(asked, example):
    code, said, _ = asked(*example, "--explain", "--json")
    data = json.loads(said)
    reasons = {each["project"]: each["reason"]["code"] for each in data["projects"]}
    prices = [each["price"] for each in data["projects"] if each["price"]]
    assert code == 0
    assert len(reasons) == 16
    assert reasons["P-13"] == "portfolio.left_pinned"
    assert reasons["P-01"] == "portfolio.left_price_swap"
    assert all(price["points"] is None or price["points"] >= 0 for price in prices)
    assert len(prices) == 15


def test_another_envelope_and_scores_drawn_again_are_told(asked, example, tmp_path):
    plot = tmp_path / "firm.svg"
    words = ("--sensitivity", "--draws", 10, "--seed", 3, "--json", "--plot", plot)
    code, said, _ = asked(*example, *words)
    data = json.loads(said)
    assert code == 0
    assert [each["percent"] for each in data["envelopes"]] == [-10, -5, 5, 10]
    assert data["draws"] == 10
    assert all(0 <= each["chance"] <= 1 for each in data["projects"])
    assert ET.parse(plot).getroot().tag.endswith("svg")


def test_people_read_tables_in_their_language(asked, example):
    said = {lang: asked(*example, "--explain", "--lang", lang)[1] for lang in ("en", "es", "fr")}
    assert "Projects to fund" in said["en"]
    assert "Proyectos que se financian" in said["es"]
    assert "Projets à financer" in said["fr"]
    assert not any("portfolio." in each or "shell." in each for each in said.values())


def test_a_scenario_changes_only_what_it_names(asked, example):
    code, said, _ = asked(*example, "--scenario", "lean", "--json")
    data = json.loads(said)
    assert code == 0
    assert data["limits"][0]["amount"] == 15_000_000
    assert data["given_cents"] <= 15_000_000
    assert len(data["limits"]) == 13


def test_wishes_that_clash_get_the_smallest_way_out(asked, example):
    code, said, _ = asked(*example, "--scenario", "clash", "--json")
    data = json.loads(said)
    assert code == 1
    assert data["possible"] is False
    [eased] = data["relaxation"]["rules"]
    assert eased["rule"] in {"organisation:Río Claro", "pin:P-01", "pin:P-04"}
    assert data["relaxation"]["is_smallest"] is True
    assert data["relaxation"]["is_verified"] is True
    code, said, _ = asked(*example, "--scenario", "clash", "--lang", "es")
    assert code == 1
    assert "El menor conjunto de reglas que debe ceder" in said


def test_the_envelope_on_the_command_line_comes_first(answered):
    assert funded(answered()[1]) == ["A", "B"]
    assert funded(answered(PROJECTS, RULES, "--budget-cents", "60000")[1]) == ["A"]
    assert funded(answered(PROJECTS, RULES, "--budget-cents", "59999")[1]) == ["B"]


def test_an_organisation_gets_one_project_unless_the_rules_say_otherwise(answered):
    assert funded(answered(PROJECTS, "")[1]) == ["A", "B"]
    assert funded(answered(PROJECTS, "one_per_organisation = false")[1]) == ["A", "B", "C"]


def test_a_limit_for_each_value_counts_a_cell_with_two_values_for_both(answered):
    rules = """
one_per_organisation = false
[[limits]]
name = "theme"
column = "theme"
each = true
measure = "projects"
most = 1
"""
    _, data = answered(PROJECTS, rules)
    assert [each["rule"] for each in data["limits"]] == ["theme: rights", "theme: water"]
    assert funded(data) == ["A", "B"]


def test_when_every_dollar_counts_a_large_project_outweighs_a_small_one(answered):
    projects = "project,score,asked\nlarge,3,900\nsmall,4,200\n"
    assert funded(answered(projects, RULES)[1]) == ["small"]
    assert funded(answered(projects, RULES + 'value = "score_by_money"')[1]) == ["large"]


@pytest.mark.parametrize(("wanted", "left"), [('"no"', "A"), ("false", "A"), ('"sí"', "B")])
def test_yes_and_no_are_understood_in_three_languages(answered, wanted, left):
    projects = "project,score,asked,first_time\nA,3,100,oui\nB,4,100,\n"
    rules = f'{LIMIT}column = "first_time"\nis = {wanted}\nmeasure = "projects"\nmost = 0\n'
    assert funded(answered(projects, rules)[1]) == [left]


def test_fiscal_years_have_their_own_envelopes(answered):
    projects = "project,score,asked_2024,asked_2025\nA,3,100,0\nB,2,50,50\nC,1,0,100\n"
    rules = '[years]\n"2024" = 100\n"2025" = ""\n'
    _, data = answered(projects, rules)
    assert funded(data) == ["A", "C"]
    assert data["given_cents_by_year"] == {"2024": 10000, "2025": 10000}


def test_one_row_and_all_tied_are_answered(answered):
    assert funded(answered("project,score,asked\nA,0,1\n")[1]) == ["A"]
    rows = "".join(f"P{number:02},3,100\n" for number in range(30))
    code, data = answered(f"project,score,asked\n{rows}")
    assert (code, len(funded(data)), data["is_proved"]) == (0, 10, True)


def test_the_order_of_the_rows_changes_nothing(answered):
    head, *rows = PROJECTS.splitlines()
    assert answered("\n".join((head, *rows[::-1])))[1] == answered()[1]


def test_an_empty_table_is_a_fault(asked, kept):
    files = kept("projects.csv", "project,score,asked\n"), kept("rules.toml", RULES)
    code, said, remarked = asked(*files)
    assert (code, said) == (1, "")
    assert remarked == f"{files[0]}: There are headings and nothing below them.\n"


FAULTS = {
    "a score that is no number": (PROJECTS.replace("A,Uno,5", "A,Uno,five"), RULES, 0, 2, "score"),
    "a score below nought": (PROJECTS.replace("A,Uno,5", "A,Uno,-5"), RULES, 0, 2, "score"),
    "half a cent": (PROJECTS.replace("600.00", "600.005"), RULES, 0, 2, "asked"),
    "a project twice": (PROJECTS.replace("B,Dos", "A,Dos"), RULES, 0, 3, "project"),
    "a heading nobody knows": (PROJECTS.replace("theme", "thema"), RULES, 0, 1, "thema"),
    "no amounts": ("project,score\nA,1\n", RULES, 0, 1, "asked"),
    "a rule nobody knows": (PROJECTS, RULES + "limit = 3\n", 1, 2, "limit"),
    "not TOML": (PROJECTS, "envelope = \n", 1, 1, ""),
    "a negative envelope": (PROJECTS, "envelope = -1\n", 1, 1, "envelope"),
    "a measure nobody knows": (PROJECTS, LIMIT + 'measure = "kg"\n', 1, 3, "measure"),
    "neither least nor most": (PROJECTS, LIMIT + 'measure = "money"\n', 1, 2, "name"),
    "a share above 100": (
        PROJECTS,
        LIMIT + 'measure = "share_of_money"\nmost = 120\n',
        1,
        4,
        "most",
    ),
    "a column without a value": (
        PROJECTS,
        LIMIT + 'column = "theme"\nmeasure = "money"\nmost = 1\n',
        1,
        3,
        "column",
    ),
    "a goal about no column": (
        PROJECTS,
        '[[goals]]\nname = "g"\ncolumn = "moon"\nis = "full"\n',
        1,
        3,
        "column",
    ),
    "a limit for each value of no column": (
        PROJECTS,
        LIMIT + 'column = "moon"\neach = true\nmeasure = "money"\nmost = 1\n',
        1,
        3,
        "column",
    ),
    "years that are no table": (PROJECTS, "years = 3\n", 1, 1, "years"),
    "limits that are no list": (PROJECTS, "limits = 3\n", 1, 1, "limits"),
    "a pin on nobody": (PROJECTS, '[[pins]]\nproject = "Z"\n', 1, 2, "project"),
    "a level that is none": (
        PROJECTS,
        '[[pins]]\nproject = "A"\npercent = 50\n',
        1,
        3,
        "percent",
    ),
    "a level of 120": (PROJECTS, "[[levels]]\npercent = 120\n", 1, 2, "percent"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_is_said_with_file_line_and_column(asked, kept, name):
    projects, rules, which, line, column = FAULTS[name]
    files = kept("projects.csv", projects), kept("rules.toml", rules)
    code, said, remarked = asked(*files)
    assert (code, said) == (1, "")
    place = f"{files[which]}:{line}" + (f", column {column}: " if column else ": ")
    assert remarked.startswith(place)
    assert remarked.count("\n") == 1
    assert not remarked.split(": ", 1)[1].startswith(("shell.", "portfolio."))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (LIMIT + 'measure = "share_of_envelope"\nmost = 5\n', "there is no envelope"),
        (LIMIT + 'measure = "money"\nmost = 5\nyear = "1999"\n', "fiscal year"),
        (2 * (LIMIT + 'measure = "money"\nmost = 5\n'), "Two limits are called “x”"),
    ],
)
def test_rules_that_do_not_fit_the_projects_are_said_in_a_sentence(asked, kept, rules, said):
    code, out, remarked = asked(kept("projects.csv", PROJECTS), kept("rules.toml", rules))
    assert (code, out) == (1, "")
    assert said in remarked
    assert remarked.count("\n") == 1


def test_a_scenario_nobody_wrote_is_named(asked, example):
    code, _, remarked = asked(*example, "--scenario", "fat")
    assert code == 1
    assert "“fat”; known are: clash, lean" in remarked


def test_the_complete_example_of_the_help_works(answered):
    lines = [line[2:] for line in select.EXAMPLE.splitlines() if line.startswith("  ")]
    start = next(place for place, line in enumerate(lines) if line.startswith("envelope"))
    end = next(place for place, line in enumerate(lines) if line.startswith("monarca"))
    projects, rules = "\n".join(lines[:start]), "\n".join(lines[start:end])
    code, data = answered(projects, rules)
    assert code == 0
    assert "P-02" in funded(data)
    assert data["is_proved"] is True
    assert answered(projects, rules, "--scenario", "lean")[0] == 0


def test_wrong_words_are_wrong_usage(asked, example):
    assert asked(*example, "--seed", "x")[0] == 2
    assert asked()[0] == 2
