"""Bring the catalogues up to date with the sources, and check that no language lacks a word.

English is the source. Strings are taken from Python (gettext calls) and from templates
(Django's own `templatize`), without GNU gettext, so that this runs on every machine.

    tools/words.py              update the .po files (new strings come empty) and compile
    tools/words.py --check      exit 1 when anything is missing, fuzzy, stale or English
    tools/words.py --merge DIR  also fill in translations from DIR/*.json
"""

import argparse
import io
import json
import re
import sys
from pathlib import Path

import django
import polib
from babel.messages.extract import extract_python
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "monarca"
LOCALE = SOURCE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADERS = {
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "fr": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
TAGS = re.compile(r"</?[a-z][^>]*>")
NARROW = (
    (re.compile(r"(?<=\w)'(?=\w)"), "\u2019"),
    (re.compile(r"[ \u00a0\u202f]+(?=[?!;])"), ""),
    (re.compile(r" (?=[:»]|%%)"), "\u00a0"),
    (re.compile(r"(?<=«) "), "\u00a0"),
)
Key = tuple[str, str]


def strings() -> dict[Key, tuple[str, set[str]]]:
    """(context, msgid) -> (plural, places), from every source file."""
    settings.configure(USE_I18N=True, TEMPLATES=[])
    django.setup()
    from django.utils.translation.template import templatize

    found: dict[Key, tuple[str, set[str]]] = {}
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]):
        if "migrations" in path.parts or "data" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else templatize(text, origin=str(path))
        stream = io.BytesIO(code.encode())
        for _line, function, messages, _ in extract_python(
            stream, KEYWORDS, [], {"encoding": "utf-8"}
        ):
            note(found, str(function), messages, path.relative_to(ROOT).as_posix())
    return found


def note(
    found: dict[Key, tuple[str, set[str]]], function: str, messages: object, place: str
) -> None:
    parts = [messages] if isinstance(messages, str) else list(messages or ())  # type: ignore[call-overload]
    context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) else ""
    if not parts or not isinstance(parts[0], str) or not parts[0]:
        return
    plural = parts[1] if "ngettext" in function or "npgettext" in function else ""
    known = found.get((context or "", parts[0]), ("", set()))
    found[context or "", parts[0]] = (plural or known[0], known[1] | {place})


def dressed(language: str, text: str) -> str:
    """The text with the apostrophes and spaces of Canada's French (Bureau de la traduction)."""
    for odd, right in NARROW if language == "fr" else ():
        text = odd.sub(right, text)
    return text


def forms_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def dress(language: str, book: polib.POFile) -> None:
    for entry in book:
        entry.msgstr = dressed(language, entry.msgstr)
        entry.msgstr_plural = {
            place: dressed(language, form) for place, form in entry.msgstr_plural.items()
        }


def catalogue(language: str) -> polib.POFile:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    made = polib.POFile(wrapwidth=100)
    made.fpath = str(path)
    return made


def updated(language: str, found: dict[Key, tuple[str, set[str]]]) -> polib.POFile:
    """The catalogue with every string of the sources, translations kept, stale ones gone."""
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue(language)}
    new = catalogue(language)
    new.clear()
    new.metadata = {
        "Project-Id-Version": "Monarca",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": HEADERS[language],
    }
    for (context, msgid), (plural, _places) in sorted(
        found.items(), key=lambda item: (min(item[1][1]), item[0])
    ):
        entry = polib.POEntry(msgid=msgid, msgctxt=context or None)
        entry.comment = min(found[context, msgid][1])
        known = old.get((context, msgid))
        if HOLES.search(msgid) and "%(" in msgid:
            entry.flags.append("python-format")
        if plural:
            entry.msgid_plural = plural
            kept = known.msgstr_plural if known else {}
            entry.msgstr_plural = {i: kept.get(i, "") for i in range(3)}
        else:
            entry.msgstr = known.msgstr if known else ""
        new.append(entry)
    return new


def merge(language: str, book: polib.POFile, folder: Path) -> None:
    known: dict[str, object] = {}
    for path in sorted(folder.glob("*.json")):
        if path.stem != "reasons":
            for key, value in json.loads(path.read_text(encoding="utf-8")).items():
                known.setdefault(key, value)
                if isinstance(value, dict) and isinstance(known[key], dict) and "plural" in value:
                    known[key] = value
    for entry in book:
        key = f"{entry.msgctxt}\u0004{entry.msgid}" if entry.msgctxt else entry.msgid
        given = known.get(key)
        said = given.get(language) if isinstance(given, dict) else None
        if entry.msgid_plural and isinstance(said, list):
            if not all(entry.msgstr_plural.values()):
                forms = said if len(said) == 3 else [said[0], said[-1], said[-1]]
                entry.msgstr_plural = dict(enumerate(forms))
        elif not entry.msgid_plural and isinstance(said, str) and not entry.msgstr:
            entry.msgstr = said


def findings(language: str, book: polib.POFile) -> list[str]:
    wrong = []
    same = long = 0
    for entry in book:
        forms = forms_of(entry)
        if not all(forms):
            wrong.append(f"{language}: missing: {entry.msgid!r} ({entry.comment})")
            continue
        if "fuzzy" in entry.flags:
            wrong.append(f"{language}: fuzzy: {entry.msgid!r}")
        wrong += [
            f"{language}: {fault}: {entry.msgid!r} -> {form!r}"
            for form in forms
            for fault in faults(language, entry, form)
        ]
        if len(entry.msgid) > 20:
            long += 1
            same += forms[0] == entry.msgid
    if long and same * 20 > long:
        wrong.append(f"{language}: {same} of {long} long strings equal the English")
    return wrong


def faults(language: str, entry: polib.POEntry, form: str) -> list[str]:
    """What is wrong with one translation; a plural form may leave its number out."""
    asked, given = set(HOLES.findall(entry.msgid + entry.msgid_plural)), set(HOLES.findall(form))
    edges = (form[0].isspace(), form[-1].isspace())
    checks = {
        "other placeholders": given <= asked if entry.msgid_plural else given == asked,
        "other tags": sorted(TAGS.findall(entry.msgid)) == sorted(TAGS.findall(form)),
        "other spaces at the ends": edges == (entry.msgid[0].isspace(), entry.msgid[-1].isspace()),
        "apostrophe or space": form == dressed(language, form),
    }
    return [name for name, right in checks.items() if not right]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--at-most", type=int, default=0, help="findings still allowed (a ratchet)")
    parser.add_argument("--merge", type=Path)
    options = parser.parse_args()
    found = strings()
    wrong: list[str] = []
    for language in HEADERS:
        book = updated(language, found)
        if options.merge:
            merge(language, book, options.merge)
        if options.check:
            standing = catalogue(language)
            keys = {(e.msgctxt or "", e.msgid) for e in standing}
            if keys != set(found):
                odd = sorted(keys ^ set(found))[:5]
                wrong.append(
                    f"{language}: the catalogue is not up to date, run `make words`: {odd}"
                )
        else:
            dress(language, book)
            book.save()
            book.save_as_mofile(book.fpath.replace(".po", ".mo"))
        wrong += findings(language, book)
    for line in wrong[:200]:
        print(line, file=sys.stderr)
    print(f"{len(found)} strings, {len(wrong)} findings")
    return 1 if len(wrong) > options.at_most and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
