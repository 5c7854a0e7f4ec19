"""The Markdown of a pack: the call's body, letters and articles of the agreement."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path as Folder

from monarca.engines.packs.files import Source, read_text
from monarca.engines.packs.finding import Finding, found
from monarca.engines.packs.kinds import LANGUAGES, LETTERS
from monarca.engines.packs.layout import ARTICLE, CALL_BODY, LETTER_LIMIT
from monarca.engines.packs.shapes import Text, check_words

ARTICLE_NAME = re.compile(r"agreement/([0-9]{2}-([a-z][a-z0-9_]*))\.(?:es|en|fr)\.md")

Tri = dict[str, str]


@dataclass(frozen=True, slots=True)
class Headed:
    """A text in three languages with a heading: a letter's subject or an article's title."""

    heading: Tri = field(default_factory=dict)
    body: Tri = field(default_factory=dict)


def call_body(folder: Folder) -> tuple[Tri, list[Finding]]:
    body, findings = {}, []
    for language in LANGUAGES:
        name = f"call.{language}.md"
        text = read_text(folder, name)
        if isinstance(text, Finding):
            findings.append(text)
            continue
        body[language] = _clean(text)
        findings += _words(name, body[language].split("\n"), CALL_BODY)
    return body, findings


def letters(folder: Folder) -> tuple[dict[str, Headed], list[Finding]]:
    read, findings = {}, []
    for key, placeholders in LETTERS.items():
        shape = Text(limit=LETTER_LIMIT, placeholders=placeholders)
        read[key], more = _headed(folder, f"letters/{key}", shape)
        findings += more
    return read, findings


def articles(folder: Folder, names: Iterable[str]) -> tuple[dict[str, Headed], list[Finding]]:
    """The articles by key, in the order of their numbers; one key stands under one number."""
    read: dict[str, Headed] = {}
    findings = []
    stems = {match[1]: match[2] for match in map(ARTICLE_NAME.fullmatch, sorted(names)) if match}
    for stem, key in stems.items():
        if key in read:
            findings.append(found("pack_duplicate", f"agreement/{stem}.es.md", value=key))
            continue
        read[key], more = _headed(folder, f"agreement/{stem}", ARTICLE)
        findings += more
    if not stems:
        findings.append(found("pack_list_too_short", "agreement", length=0, low=1))
    return read, findings


def _headed(folder: Folder, stem: str, shape: Text) -> tuple[Headed, list[Finding]]:
    headed = Headed()
    findings: list[Finding] = []
    for language in LANGUAGES:
        name = f"{stem}.{language}.md"
        text = read_text(folder, name)
        if isinstance(text, Finding):
            findings.append(text)
            continue
        first, *rest = _clean(text).split("\n")
        findings += _faults(name, first, rest) or _words(name, [first, *rest], shape)
        headed.heading[language] = first.removeprefix("#").strip()
        headed.body[language] = "\n".join(rest).strip()
    return headed, findings


def _faults(name: str, first: str, rest: list[str]) -> list[Finding]:
    if not re.match(r"# *[^#\s]", first):
        return [found("pack_heading_missing", name)]
    if not "".join(rest).strip():
        return [found("pack_body_missing", name)]
    return []


def _words(name: str, lines: list[str], shape: Text) -> list[Finding]:
    length = sum(len(line) + 1 for line in lines)
    if length > shape.limit:
        return [found("pack_text_too_long", name, length=length, limit=shape.limit)]
    findings = []
    for number, line in enumerate(lines, start=1):
        source = Source(name, lines={(): number})
        findings += check_words(source, line, shape)
    return findings


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip() + "\n"
