"""`monarca seal` and `monarca mark` on their examples and on files that are not what they should be."""

import base64
import json
from pathlib import Path

import pytest

from monarca.config.cli import main
from monarca.engines.sealing import checkpoints

EXAMPLES = Path(__file__).parents[2] / "examples" / "engines"
RECEIPTS = EXAMPLES / "sealing" / "receipts.csv"
BUNDLE = EXAMPLES / "sealing" / "bundle.json"
KEY = bytes(range(32))
PUBLIC = base64.b64encode(checkpoints.public_key_of(KEY)).decode()


@pytest.fixture
def ask(capsys):
    def asked(*words):
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return asked


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(base64.b64encode(KEY).decode())
    return path


def test_the_example_is_sealed_signed_proved_and_checked(ask, key, tmp_path):
    out = tmp_path / "bundle.json"
    origin = "example.org/calls/CFLI-MX-2024"
    words = ("seal", RECEIPTS, "--key", key, "--origin", origin, "--prove", "CFLI-MX-2024-F61RN")
    code, said, _ = ask(*words, "--out", out, "--json")

    assert (code, json.loads(said)["public_key"]) == (0, PUBLIC)
    assert json.loads(out.read_text()) == json.loads(BUNDLE.read_text())
    code, said, _ = ask("seal", "--check", out, "--public-key", PUBLIC, "--lang", "es")
    assert (code, said.split()[0]) == (0, "Es")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "received, number 5 of 7"),
        ("es", "recibido, número 5 de 7"),
        ("fr", "reçu, numéro 5 sur 7"),
    ],
)
def test_what_is_proved_is_said_in_the_language_with_the_hash(ask, lang, words):
    said = ask("seal", "--check", BUNDLE, "--public-key", PUBLIC, "--lang", lang)[1]
    assert words in said
    assert json.loads(BUNDLE.read_text())["sha256"] in said.replace("\n", "")


def test_the_reference_beside_a_proof_is_not_part_of_what_is_proved(ask, tmp_path):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(json.loads(BUNDLE.read_text()) | {"reference": "SOMEBODY-ELSE"}))
    code, said, _ = ask("seal", "--check", path, "--public-key", PUBLIC, "--json")
    proved = json.loads(said)
    assert (code, proved["number"], proved["size"]) == (0, 5, 7)
    assert "SOMEBODY-ELSE" not in said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": 5}, "This proves nothing"),
        ({"sha256": "00"}, "This proves nothing"),
        ({"path": None}, "This proves nothing"),
        ({"checkpoint": ""}, "This proves nothing"),
    ],
)
def test_a_bundle_that_was_changed_proves_nothing(ask, tmp_path, change, sentence):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(json.loads(BUNDLE.read_text()) | change))
    code, said, _ = ask("seal", "--check", path, "--public-key", PUBLIC)
    assert code == 1
    assert said.startswith(sentence)


def test_a_bundle_that_another_key_signed_says_so(ask):
    other = base64.b64encode(checkpoints.public_key_of(bytes(32))).decode()
    code, said, _ = ask("seal", "--check", BUNDLE, "--public-key", other, "--json")
    assert (code, json.loads(said)["reason"]["code"]) == (1, "shell.seal.other_key")


@pytest.mark.parametrize(
    "words",
    [[], [RECEIPTS, "--check", BUNDLE], [RECEIPTS, "--out", "x"], [RECEIPTS, "--origin", "x"]],
)
def test_what_cannot_be_meant_is_wrong_usage(ask, words):
    assert ask("seal", *words)[0] == 2
    assert ask("seal", "--check", BUNDLE, "--public-key", "short")[0] == 2


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("reference,sha256\nA,xyz\n", ":2, column sha256", "A SHA-256 is 64 hexadecimal letters."),
        ("reference,hash\nA,x\n", ":1, column sha256", "This column is missing."),
        ("reference,sha256\n", "", "There are headings and nothing below them."),
    ],
)
def test_a_bad_list_is_one_sentence_with_its_place(ask, tmp_path, text, place, sentence):
    path = tmp_path / "receipts.csv"
    path.write_text(text)
    assert ask("seal", path) == (1, "", f"{path}{place}: {sentence}\n")


def test_a_receipt_that_is_not_in_the_list_is_not_proved(ask):
    code, _, said = ask("seal", RECEIPTS, "--prove", "CFLI-MX-2024-XXXXX")
    assert (code, said) == (
        1,
        f"{RECEIPTS}: There is no receipt CFLI-MX-2024-XXXXX in this table.\n",
    )


EVIDENCE = EXAMPLES / "markers" / "evidence.csv"


def values(said):
    return {
        project: {marker: score["value"] for marker, score in each.items()}
        for project, each in json.loads(said).items()
    }


def test_markers_are_derived_from_the_example_and_a_blank_is_not_nought(ask, tmp_path):
    plot = tmp_path / "markers.svg"
    code, said, _ = ask("mark", EVIDENCE, "--json", "--plot", plot)
    assert code == 0
    assert values(said) == {
        "Vivero comunitario": {"ge_code": 2, "1": 1, "6": 1, "9": 0},
        "Parteras de la sierra": {"ge_code": 3, "1": 2, "6": 0, "9": 2},
        "Radio de barrio": {"ge_code": 0, "1": 0, "6": None, "9": None},
    }
    assert plot.read_text().startswith("<svg")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_markers_are_told_in_three_languages(ask, lang):
    code, said, _ = ask("mark", EVIDENCE, "--lang", lang)
    assert code == 0
    assert {"en": "Why", "es": "Por qué", "fr": "Pourquoi"}[lang] in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "project,do_no_harm\nA,perhaps\n",
            ":2, column do_no_harm: “perhaps” is neither yes nor no.",
        ),
        ("project,rmnch_cents,total_cents\nA,5,4\n", ":2, column rmnch_cents: “5” is more than 4."),
        (
            "project\nA\nA\n",
            ":3, column project: “A” stands here a second time; the first is on line 2.",
        ),
    ],
)
def test_bad_evidence_is_one_sentence_with_its_place(ask, tmp_path, text, said):
    path = tmp_path / "evidence.csv"
    path.write_text(text)
    assert ask("mark", path) == (1, "", f"{path}{said}\n")


def test_a_heading_that_is_not_known_is_never_ignored(ask, tmp_path):
    path = tmp_path / "evidence.csv"
    path.write_text("project,do_no_hram\nA,yes\n")
    code, _, said = ask("mark", path)
    assert code == 1
    assert said.startswith(f"{path}:1, column do_no_hram: This name is not known here")
