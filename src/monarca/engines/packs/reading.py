"""Reading a pack: files in, one frozen definition and every finding out."""

import re
from dataclasses import dataclass
from pathlib import Path as Folder
from typing import Any

from monarca.engines.packs import texts
from monarca.engines.packs.checks import check_together
from monarca.engines.packs.definition import Parts, check_places, define
from monarca.engines.packs.files import FOLDER_LIMIT, Source, read_toml
from monarca.engines.packs.finding import Finding, brief, found
from monarca.engines.packs.kinds import LANGUAGES, LETTERS
from monarca.engines.packs.layout import FILES, FORM
from monarca.engines.packs.shapes import check

_FORM_NAME = re.compile(r"form/[0-9]+-[a-z_]+\.toml")
_FOLDERS = ("form", "letters", "agreement")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as read. `definition` is empty as soon as one finding is an error."""

    definition: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not any(finding.severity == "error" for finding in self.findings)


def read(directory: Folder) -> Pack:
    """Read and check the pack in `directory`; whatever lies there, the answer is a Pack.

    Findings come in the order of file and line. Reads at most 400 files of 256 KB each.
    """
    names, refusal = _names(directory)
    if refusal is not None:
        return Pack({}, (refusal,))
    parts, findings = _parts(directory, names)
    findings += check_together(parts.sources, parts.forms)
    definition: dict[str, Any] = {}
    if not any(finding.severity == "error" for finding in findings):
        definition = define(parts)
        findings += check_places(parts, definition)
    in_order = tuple(sorted(findings, key=lambda each: (each.file, each.line, each.key)))
    pack = Pack(definition, in_order)
    return pack if pack.is_sound else Pack({}, in_order)


def _parts(directory: Folder, names: list[str]) -> tuple[Parts, list[Finding]]:
    findings = [
        found("pack_file_unknown", brief(name), warning=True) for name in names if _foreign(name)
    ]
    sources: dict[str, Source] = {}
    for name, shape in FILES.items():
        sources[name], more = read_toml(directory, name)
        findings += more
        if sources[name].is_read:
            findings += check(sources[name], shape, sources[name].data)
    forms, more = _forms(directory, names)
    findings += more
    body, more = texts.call_body(directory)
    findings += more
    letters, more = texts.letters(directory)
    findings += more
    articles, more = texts.articles(directory, names)
    return Parts(sources, forms, body, letters, articles), findings + more


def _forms(directory: Folder, names: list[str]) -> tuple[list[Source], list[Finding]]:
    forms, findings = [], []
    wanted = [name for name in names if _FORM_NAME.fullmatch(name)]
    for name in sorted(wanted, key=_number):
        source, more = read_toml(directory, name)
        findings += more
        if source.is_read:
            findings += check(source, FORM, source.data)
        forms.append(source)
    if not forms:
        findings.append(found("pack_list_too_short", "form", length=0, low=1))
    return forms, findings


def _number(name: str) -> tuple[int, str]:
    digits = name.removeprefix("form/").split("-")[0]
    return len(digits.lstrip("0")), name if digits == "0" else digits.lstrip("0") + name


def _names(directory: Folder) -> tuple[list[str], Finding | None]:
    try:
        if not directory.is_dir():
            return [], found("pack_directory_missing", str(directory))
        names: list[str] = []
        for folder in ("", *_FOLDERS):
            names += _inside(directory, folder)
            if len(names) > FOLDER_LIMIT:
                refusal = found("pack_directory_too_full", str(directory), limit=FOLDER_LIMIT)
                return [], refusal
    except (OSError, ValueError):
        return [], found("pack_file_unreadable", str(directory))
    if not any(name in FILES for name in names):
        return [], found("pack_directory_empty", str(directory))
    return names, None


def _inside(directory: Folder, folder: str) -> list[str]:
    place = directory / folder
    if not place.is_dir():
        return []
    prefix = f"{folder}/" if folder else ""
    names = []
    for entry in place.iterdir():
        if not entry.name.startswith(".") and not (not folder and entry.name in _FOLDERS):
            names.append(prefix + entry.name)
        if len(names) > FOLDER_LIMIT:
            break
    return sorted(names)


_KNOWN = frozenset(
    {
        *FILES,
        "README.md",
        *(f"call.{language}.md" for language in LANGUAGES),
        *(f"letters/{key}.{language}.md" for key in LETTERS for language in LANGUAGES),
    }
)


def _foreign(name: str) -> bool:
    patterns = (_FORM_NAME, texts.ARTICLE_NAME)
    return name not in _KNOWN and not any(pattern.fullmatch(name) for pattern in patterns)
