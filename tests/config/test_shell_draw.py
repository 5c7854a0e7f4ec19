"""`monarca draw` on plain files: the panel, the table anybody can check, and what is wrong where."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monarca.config import cli
from monarca.config.shell import draw

EXAMPLE = Path(__file__).parents[2] / "examples" / "engines" / "sortition"
LANGUAGES = ("en", "es", "fr")
POOL = "id,gender,region\na,w,north\nb,m,north\nc,w,south\nd,m,south\ne,w,south\nf,m,north\n"
RULES = "[gender.w]\nmin = 1\nmax = 2\n[region.north]\nmin = 1\nmax = 1\n"


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
        code = cli.main(["draw", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


@pytest.fixture
def simple(kept):
    return kept("pool.csv", POOL), kept("rules.toml", RULES), "--seats", 3


@pytest.fixture
def example():
    return EXAMPLE / "pool.csv", EXAMPLE / "rules.toml", "--seats", 12


def table_of(kept, tmp_path, **changes):
    """The table that was written, with some of its values exchanged."""
    data = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    return kept("changed.json", json.dumps(data | changes))


def test_the_example_draws_a_panel_that_keeps_every_quota(asked, example):
    code, said, _ = asked(*example, "--seed", "2024-05-03 04 17 23", "--json")
    answer = json.loads(said)

    assert code == 0
    assert len(answer["members"]) == 12
    assert answer["least_chance"] == pytest.approx(5 / 37, abs=1e-6)
    assert answer["proved_ceiling"] == pytest.approx(5 / 37, abs=1e-6)
    assert answer["largest_difference"] < 2
    assert sum(each["tickets"] for each in answer["people"]) == 12_000
    assert sum(each["chance"] for each in answer["people"]) == pytest.approx(12)
    rows = [line.split(",") for line in (EXAMPLE / "pool.csv").read_text().splitlines()[1:]]
    women = [row[0] for row in rows if row[1] == "mujer" and row[0] in answer["members"]]
    assert 5 <= len(women) <= 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_is_told_in_the_persons_language(asked, example, lang, tmp_path):
    plot = tmp_path / "plot.svg"
    code, said, _ = asked(*example, "--seed", "7", "--lang", lang, "--plot", plot)
    words = " ".join(said.replace("│", " ").split())

    assert code == 0
    assert {"en": "Everybody’s chance", "es": "La probabilidad de", "fr": "La chance de chaque"}[
        lang
    ] in words
    assert {"en": "(proved)", "es": "(demostrado)", "fr": "(prouvé)"}[lang] in words
    assert "shell." not in said
    assert "sortition." not in said
    assert "{" not in said
    drawing = ET.fromstring(plot.read_text(encoding="utf-8"))
    assert {"en": "60 people", "es": "60 personas", "fr": "60 personnes"}[lang] in drawing[0].text


def test_the_help_shows_a_complete_example_that_works(asked, kept, tmp_path):
    assert asked("--help")[0] == 0
    texts = {}
    for name in ("pool.csv", "rules.toml", "members.csv"):
        lines = draw.EXAMPLE.split(f"\n{name}", 1)[1].split("\n")[1:]
        taken = [line for line in lines[: lines.index("")] if line.startswith("  ")]
        texts[name] = kept(name, "\n".join(line[2:] for line in taken) + "\n")
    out = tmp_path / "table.json"
    words = (texts["pool.csv"], texts["rules.toml"], "--seats", 3)

    assert asked(*words, "--out", out)[0] == 0
    assert asked(*words, "--seed", "2024-05-03 04 17 23", "--out", out)[0] == 0
    assert asked(*words, "--check", out)[0] == 0
    code, said, _ = asked(*words, "--seed", "x", "--replace", texts["members.csv"], "--json")
    assert code == 0
    assert json.loads(said)["members"] in (["P02"], ["P03"], ["P05"])


def test_without_a_seed_the_table_is_committed_to_and_nothing_is_drawn(asked, simple, tmp_path):
    out = tmp_path / "table.json"
    code, said, _ = asked(*simple, "--out", out)
    first = json.loads(out.read_text(encoding="utf-8"))
    assert code == 0
    assert first["commitment"] in said
    assert "Nothing is drawn yet" in said
    assert (first["seed"], first["ticket"], first["members"]) == (None, None, None)

    code, _, _ = asked(*simple, "--seed", "7", "--out", out)
    second = json.loads(out.read_text(encoding="utf-8"))
    assert code == 0
    assert second["commitment"] == first["commitment"]
    assert second["members"] == second["tickets"][second["ticket"] - 1]


def test_a_table_is_checked_by_anybody_who_has_the_pool_and_the_rules(
    asked, simple, kept, tmp_path
):
    asked(*simple, "--seed", "7", "--out", tmp_path / "table.json")
    code, said, _ = asked(*simple, "--check", tmp_path / "table.json")
    assert code == 0
    assert "The table holds: 1,000 tickets of 3 people" in said

    def found(*words, **changes):
        path = table_of(kept, tmp_path, **changes)
        code, said, _ = asked(*simple, "--check", path, "--json", *words)
        return code, [each["code"] for each in json.loads(said).get("findings", ())]

    data = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert found() == (0, [])
    assert found("--seed", "7") == (0, [])
    assert found("--seed", "8") == (1, ["sortition.other_ticket"])
    assert found(commitment="0" * 64) == (1, ["sortition.other_commitment"])
    assert found(members=["a", "b", "c"]) == (1, ["sortition.other_members"])
    assert (
        found(tickets=[])
        == (
            1,
            ["sortition.other_commitment", "sortition.no_tickets"],
        )
        or found(tickets=[])[0] == 1
    )
    broken = [["a", "b", "f"], *data["tickets"][1:]]
    code, codes = found(tickets=broken)
    assert code == 1
    assert codes.count("sortition.quota_broken") == 1


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"format": "monarca-draw-1"}',
        '{"format": "monarca-draw-1", "tickets": 3}',
        '{"a": 1}',
    ],
)
def test_what_is_no_table_of_tickets_is_refused(asked, simple, kept, text):
    path = kept("odd.json", text)
    code, said, problem = asked(*simple, "--check", path)
    assert (code, said) == (1, "")
    assert problem == f"{path}: This is not a table of tickets as --out writes it.\n"


def test_replacements_keep_the_quotas_with_those_who_stay(asked, simple, kept):
    """With b and c staying one seat is left, for somebody of the south: d declined, so e comes."""
    members = kept("members.csv", "id,status\nb,stays\nc,stays\nd,declined\n")
    code, said, _ = asked(*simple, "--seed", "7", "--replace", members, "--json")
    answer = json.loads(said)

    assert (code, answer["seats"], answer["members"], answer["changes"]) == (0, 1, ["e"], [])
    assert {each["id"]: each["tickets"] for each in answer["people"]} == {"a": 0, "e": 1000, "f": 0}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_replacements_cannot_keep_a_quota_the_smallest_break_is_told(
    asked, simple, kept, lang
):
    """Two women stay, one of the north: only a man of the south would do, and d declined."""
    members = kept("members.csv", "id,status\na,stays\nc,stays\nd,declined\n")
    words = ("--seed", "7", "--replace", members, "--lang", lang)
    code, said, _ = asked(*simple, *words, "--json")
    answer = json.loads(said)

    assert code == 0
    [change] = answer["changes"]
    assert (change["quota"]["feature"], change["quota"]["most"]) == ("region", 0)
    assert change["instead"]["most"] == 1
    assert answer["members"] in (["b"], ["f"])

    code, said, _ = asked(*simple, *words)
    begins = {"en": "The quotas cannot all", "es": "No pueden cumplirse", "fr": "Tous les quotas"}
    assert said.startswith(begins[lang])
    title = {"en": "The replacements:", "es": "Los reemplazos:", "fr": "Les remplaçants"}
    assert title[lang] in said


def test_quotas_that_no_panel_can_keep_are_answered_with_the_smallest_change(asked, kept):
    pool, rules = kept("pool.csv", POOL), kept("rules.toml", "[gender.w]\nmin = 4\n")
    code, said, _ = asked(pool, rules, "--seats", 5, "--seed", 1)
    assert code == 1
    assert "at least 4 seats are asked for, and the pool has 3 such people." in said
    assert "The smallest change of the quotas" in said

    code, said, _ = asked(pool, rules, "--seats", 5, "--seed", 1, "--json")
    answer = json.loads(said)
    assert code == 1
    assert answer["possible"] is False
    assert answer["reason"]["code"] == "sortition.no_panel"
    [change] = answer["changes"]
    assert (change["quota"]["least"], change["instead"]["least"], change["people"]) == (4, 3, 3)


def test_more_seats_than_people_is_said_and_no_crash(asked, simple):
    pool, rules, *_ = simple
    code, said, _ = asked(pool, rules, "--seats", 7)
    assert (code, said) == (1, "At most 6 people can sit together, and there are 7 seats.\n\n")
    code, said, _ = asked(pool, rules, "--seats", 0)
    assert (code, said) == (1, "A panel needs at least one seat; 0 were asked for.\n\n")


def test_one_person_and_people_all_alike_are_drawn_too(asked, kept):
    rules = kept("rules.toml", "")
    code, said, _ = asked(kept("one.csv", "id\na\n"), rules, "--seats", 1, "--seed", 1, "--json")
    assert (code, json.loads(said)["members"]) == (0, ["a"])

    alike = kept("alike.csv", "id\n" + "".join(f"p{n}\n" for n in range(30)))
    code, said, _ = asked(alike, rules, "--seats", 3, "--seed", 1, "--json")
    answer = json.loads(said)
    assert (code, len(answer["members"])) == (0, 3)
    assert answer["least_chance"] == pytest.approx(0.1)
    assert {each["tickets"] for each in answer["people"]} == {100}


def test_answers_that_no_quota_counts_are_remarked(asked, kept):
    pool = kept("pool.csv", "id,gender\na,w\nb,womn\nc,\n")
    code, _, remark = asked(
        pool, kept("rules.toml", "[gender.w]\nmax = 1\n[gender.m]\nmax = 1\n"), "--seats", 1
    )
    assert code == 0
    assert remark == (
        "gender: 1 people gave no answer and count toward no quota of it.\n"
        "gender: 1 people answered “womn”, which has no quota.\n"
    )


def test_addresses_are_compared_without_case_and_spaces(asked, kept):
    pool = kept("pool.csv", "id,address\na,Elm  5\nb,elm 5 \nc,\n")
    rules = kept("rules.toml", "one_per_address = true\n")
    code, said, _ = asked(pool, rules, "--seats", 2, "--seed", 3, "--json")
    answer = json.loads(said)
    assert code == 0
    assert {each["id"]: each["tickets"] for each in answer["people"]} == {
        "a": 500,
        "b": 500,
        "c": 1000,
    }


@pytest.mark.parametrize(
    ("pool", "rules", "problem"),
    [
        (
            "id,gender\na,w\na,m\n",
            "[gender.w]\nmax = 1\n",
            "pool.csv:3, column id: “a” stands here",
        ),
        ("id\na\n", "[gender.w]\nmax = 1\n", "pool.csv:1, column gender: This column is missing."),
        ("id\na\n", "one_per_address = true\n", "pool.csv:1, column address: This column is"),
        ("id,gender\n,w\n", "[gender.w]\nmax = 1\n", "pool.csv:2, column id: This cell is empty"),
        ("id\n", "", "pool.csv: There are headings and nothing below them."),
        ("", "", "pool.csv:1, column id: This column is missing."),
        (POOL, "[gender.w]\nmin = 3\nmax = 1\n", "rules.toml:3, column max: gender, w: a quota"),
        (POOL, "[gender.w]\nmin = 1.5\n", "rules.toml:2, column min: “1.5” is not a whole number."),
        (POOL, "[gender.w]\nmin = -1\n", "rules.toml:2, column min: “-1” is less than 0."),
        (POOL, f"[gender.w]\nmax = {10**30}\n", "rules.toml:2, column max: “1000000000000000000"),
        (POOL, "[gender.w]\nmin = 'x'\n", "rules.toml:2, column min: “x” is not a number"),
        (POOL, "[gender.w]\nmost = 1\n", "rules.toml:2, column most: This name is not known here"),
        (POOL, "[gender]\nw = 1\n", "rules.toml:1, column gender: A record with named values"),
        (POOL, "one_per_address = 'perhaps'\n", "rules.toml:1, column one_per_address: “perhaps”"),
        (POOL, "[gender.w\n", "rules.toml:1: This is not valid TOML."),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_column(asked, kept, pool, rules, problem):
    kept("pool.csv", pool)
    folder = kept("rules.toml", rules).parent
    code, said, told = asked(folder / "pool.csv", folder / "rules.toml", "--seats", 1)
    assert (code, said) == (1, "")
    assert told.startswith(f"{folder}/{problem}")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ("id,status\nzz,stays\n", "members.csv:2, column id: zz is not in the pool."),
        ("id,status\na,perhaps\n", "members.csv:2, column status: “perhaps” is not one of"),
        ("id\na\n", "members.csv:1, column status: This column is missing."),
        ("id,status\na,stays\na,declined\n", "members.csv:3, column id: “a” stands here a second"),
    ],
)
def test_what_is_wrong_with_the_members_is_told_in_its_place(asked, simple, kept, members, problem):
    path = kept("members.csv", members)
    code, said, told = asked(*simple, "--replace", path)
    assert (code, said) == (1, "")
    assert told.startswith(f"{path.parent}/{problem}")


def test_a_table_that_cannot_be_written_is_a_fault_of_its_place(asked, simple, tmp_path):
    out = tmp_path / "nowhere" / "table.json"
    code, _, told = asked(*simple, "--out", out)
    assert (code, told) == (1, f"{out}: The table of tickets cannot be written here.\n")


def test_wrong_usage_is_two(asked, simple):
    pool, rules, *_ = simple
    assert asked(pool, rules)[0] == 2
    for seats in ("many", -1, 1.5, 10**30):
        assert asked(pool, rules, "--seats", seats)[0] == 2
    assert asked(*simple, "--method", "greedy")[0] == 2
