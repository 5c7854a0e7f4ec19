"""Which files belong to one application: those that arrived together or share their names."""

import re
from collections.abc import Sequence
from typing import Protocol

from monarca.engines.documents.words import plain

COMMON = frozenset(
    [
        "solicitud",
        "formulario",
        "formato",
        "form",
        "forma",
        "application",
        "demande",
        "formulaire",
        "fondo",
        "canada",
        "fund",
        "fonds",
        "cfli",
        "fcil",
        "budget",
        "presupuesto",
        "anexo",
        "annex",
        "annexe",
        "copia",
        "copy",
        "copie",
        "final",
        "version",
        "v",
        "v1",
        "v2",
        "v3",
        "def",
        "firmado",
        "signed",
        "de",
        "del",
        "la",
        "el",
        "the",
        "du",
        "le",
        "for",
        "para",
        "pour",
        "y",
        "and",
        "et",
        "docx",
        "xlsx",
        "odt",
        "ods",
        "pdf",
        "mx",
        "mexico",
        "2023",
        "2024",
        "2025",
        "2026",
        "proyecto",
        "project",
        "projet",
    ]
)


class Member(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def is_form(self) -> bool: ...
    @property
    def role(self) -> str: ...


def telling(name: str) -> frozenset[str]:
    """The words of a file's name that tell whose it is."""
    stem = re.sub(r"\.\w{2,4}$", "", name.replace("\\", "/"))
    return frozenset(word for word in plain(stem).split() if word not in COMMON)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1) if one and other else 0.0


def grouped[M: Member](members: Sequence[M], *, alone: bool = False) -> list[list[M]]:
    """Groups with one form each; `alone` = what arrived together belongs together.

    With one form, everything that arrived in the same mail is its own; in a folder a single form
    takes the files that are no other application's. With several forms, each other file goes to
    the form whose name it shares; a file that shares none stands for itself.
    """
    forms = [one for one in members if one.is_form]
    others = [one for one in members if not one.is_form]
    if not forms:
        return [list(members)] if alone and members else [[one] for one in others]
    if len(forms) == 1 and (alone or len(members) <= 4):
        return [[forms[0], *others]]
    groups = {id(form): [form] for form in forms}
    single: list[list[M]] = []
    for one in others:
        words = telling(one.name)
        best = max(forms, key=lambda form: _likeness(words, telling(form.name)))
        if _likeness(words, telling(best.name)) >= 0.5:
            groups[id(best)].append(one)
        else:
            single.append([one])
    return [*groups.values(), *single]
