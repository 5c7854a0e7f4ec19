"""Commands that work on plain files: no installation, no Django, one module a command.

`monarca assign people.csv` reads files; `monarca assign CFLI-MX-2024` is about a call and goes to
the management command of the same name. The file a person names decides.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from monarca.config.shell.files import Fault
from monarca.config.shell.showing import LANGUAGES, Teller

DOORS: dict[str, str] = {
    "allocate": "share a scarce quantity by a fair rule, with the reason for every share",
    "rank": "rank applications from the scores of several reviewers, and say how sure that is",
}
"""Every command that has a door for files, and the sentence of its help."""

SUFFIXES = frozenset(
    ".csv .tsv .toml .json .jsonl .xml .docx .xlsx .odt .ods .eml .pdf .zip".split()  # noqa: SIM905
)


def is_about_files(words: Sequence[str]) -> bool:
    """Is this command asked about files (or about itself), rather than about a call?"""
    if words[0] not in DOORS:
        return False
    rest = words[1:]
    return not rest or any(word in {"-h", "--help"} or _is_file(word) for word in rest)


def _is_file(word: str) -> bool:
    return not word.startswith("-") and (
        Path(word).suffix.lower() in SUFFIXES or Path(word).exists()
    )


def run(words: Sequence[str]) -> int:
    """Answer one command on files: 0 done, 1 problems found, 2 wrong usage.

    What is wrong with a file is one sentence on standard error: file, line, column, why.
    """
    door = import_module(f"monarca.config.shell.{words[0]}")
    parser = ArgumentParser(
        prog=f"monarca {words[0]}",
        description=DOORS[words[0]],
        epilog=door.EXAMPLE,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    door.arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the sentences")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the answer as SVG")
    try:
        given = parser.parse_args(words[1:])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    teller = Teller(lang=given.lang, as_json=given.json, plot=given.plot)
    try:
        code: int = door.answer(given, teller)
    except Fault as fault:
        sys.stderr.write(f"{teller.fault(fault)}\n")
        return 1
    return code
