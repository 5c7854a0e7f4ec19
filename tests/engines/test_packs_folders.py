"""Files that are missing, strange or absurd, and the folder they lie in."""

import os
import shutil
from pathlib import Path

import pytest

import monarca
from monarca.engines import packs

HERE = Path(monarca.__file__).parent / "packs" / "cfli-mexico"


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(HERE, tmp_path / "pack"))


def swap(place, old, new):
    """Change the first `old`; the line on which it began."""
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def seen(pack):
    return [
        (each.reason.code, each.file, each.key, each.line) for each in packs.read(pack).findings
    ]


@pytest.mark.parametrize(
    "file",
    [
        "pack.toml",
        "call.toml",
        "mission.toml",
        "gba.toml",
        "call.fr.md",
        "letters/report.due.en.md",
        "agreement/03-amount.es.md",
    ],
)
def test_a_missing_file_is_named(pack, file):
    (pack / file).unlink()
    assert ("pack_file_missing", file, "", 1) in seen(pack)


def test_a_missing_section_of_the_form_is_named(pack):
    (pack / "form/4-gba.toml").unlink()
    assert seen(pack) == [("pack_section_missing", "form", "", 1)]
    shutil.rmtree(pack / "form")
    assert ("pack_list_too_short", "form", "", 1) in seen(pack)


def test_a_column_that_nothing_fills_is_named(pack):
    swap(pack / "form/1-project.toml", 'maps_to = "title"\n', "")
    (finding,) = packs.read(pack).findings
    assert finding.text == "No question fills title."


def test_sections_stand_in_the_order_of_their_numbers_not_of_their_letters(pack):
    (pack / "form/2-organisation.toml").rename(pack / "form/10-organisation.toml")
    (pack / "form/5-attachments.toml").rename(pack / "form/11-attachments.toml")
    keys = [section["key"] for section in packs.read(pack).definition["sections"]]
    assert keys == ["project", "narrative", "gba", "declaration", "organisation", "attachments"]


@pytest.mark.parametrize(
    "file", ["call.toml", "call.es.md", "letters/report.due.fr.md", "form/4-gba.toml"]
)
def test_a_file_not_in_utf8_names_the_line(pack, file):
    raw = (pack / file).read_bytes()
    (pack / file).write_bytes(b"# one\n# two\n" + "señal\n".encode("latin-1") + raw)
    (finding,) = [
        each for each in packs.read(pack).findings if each.reason.code == "pack_file_not_utf8"
    ]
    assert (finding.file, finding.line) == (file, 3)


def test_an_absurdly_large_file_is_refused_unread(pack):
    with (pack / "costs.toml").open("ab") as file:
        file.truncate(3_000_000_000)
    (finding,) = [each for each in packs.read(pack).findings if each.file == "costs.toml"]
    assert finding.text == "The file has 3000000000 bytes; at most 262144 are read."


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000,
        "a = " + "{a=" * 50_000,
        "a = " + "9" * 10_000,
        "a" + ".a" * 50_000 + " = 1",
        "[" + "a." * 50_000 + "a]",
    ],
    ids=["lists", "tables", "digits", "dots", "header"],
)
def test_absurd_toml_is_one_finding_and_no_crash(pack, text):
    (pack / "reasons.toml").write_text(text)
    (found,) = [each for each in packs.read(pack).findings if each.file == "reasons.toml"]
    assert found.reason.code in {"pack_toml_syntax", "pack_line_too_dotted"}


def test_thirty_thousand_strange_keys_are_told_by_the_first_twenty(pack):
    (pack / "reasons.toml").write_text("".join(f"k{number}=1\n" for number in range(30_000)))
    found = [each for each in packs.read(pack).findings if each.file == "reasons.toml"]
    assert [each.line for each in found] == [1, *range(1, 21)]


def test_a_key_of_absurd_length_is_told_in_short(pack):
    swap(pack / "call.toml", "years = 2", f'years = 2\n"{"x" * 9_000}\\n" = 1')
    (found,) = packs.read(pack).findings
    assert len(found.key) == 60
    assert len(found.text) < 200


def test_a_file_whose_name_is_no_text_can_still_be_told(pack):
    (pack / os.fsdecode(b"se\xf1al.toml")).touch()
    (found,) = packs.read(pack).findings
    assert (found.file, found.severity) == ("se?al.toml", "warning")


def test_a_folder_or_a_pipe_in_place_of_a_file_is_named(pack):
    (pack / "call.toml").unlink()
    (pack / "call.toml").mkdir()
    (pack / "budget.toml").unlink()
    os.mkfifo(pack / "budget.toml")
    found = {(code, file) for code, file, _, _ in seen(pack)}
    assert {("pack_file_not_a_file", "call.toml"), ("pack_file_not_a_file", "budget.toml")} <= found


def test_an_empty_folder_a_missing_one_and_a_file_say_so(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    codes = [
        packs.read(tmp_path / name).findings[0].reason.code for name in ("empty", "gone", "file")
    ]
    assert codes == ["pack_directory_empty", "pack_directory_missing", "pack_directory_missing"]


def test_a_folder_full_of_other_things_is_refused_early(pack):
    for number in range(500):
        (pack / "letters" / f"{number}.md").touch()
    assert [code for code, *_ in seen(pack)] == ["pack_directory_too_full"]


def test_a_file_nobody_reads_is_a_warning_and_the_pack_stays_sound(pack):
    (pack / "letters/decision.aproved.es.md").write_text("# x\n\ny\n")
    (pack / ".DS_Store").touch()
    read = packs.read(pack)
    assert [(each.file, each.severity) for each in read.findings] == [
        ("letters/decision.aproved.es.md", "warning")
    ]
    assert read.is_sound
    assert read.definition["pack"] == "cfli-mexico"


def test_a_letter_needs_a_subject_a_body_and_known_placeholders(pack):
    (pack / "letters/report.due.es.md").write_text("Sin asunto\n\nTexto\n")
    (pack / "letters/report.due.en.md").write_text("# Subject only\n")
    (pack / "letters/report.due.fr.md").write_text("# Sujet\n\nBonjour,\n\n{title} et {due_on}\n")
    assert seen(pack) == [
        ("pack_body_missing", "letters/report.due.en.md", "", 1),
        ("pack_heading_missing", "letters/report.due.es.md", "", 1),
        ("pack_placeholder_unknown", "letters/report.due.fr.md", "", 5),
    ]


def test_two_articles_of_one_key_are_named(pack):
    for language in ("es", "en", "fr"):
        shutil.copy(
            pack / f"agreement/20-aml.{language}.md", pack / f"agreement/40-aml.{language}.md"
        )
    assert seen(pack) == [("pack_duplicate", "agreement/40-aml.es.md", "", 1)]
