"""What must hold between the questions of a form."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from monarca.engines.packs import kinds
from monarca.engines.packs.files import Source
from monarca.engines.packs.finding import Finding, Path, brief, found

_NEEDS = {"words": ("words",), "choice": ("options|list",), "choices": ("options|list",)}
_TAKES = {
    "words": {"words"},
    "length": {"text", "email", "phone", "url"},
    "options": {"choice", "choices"},
    "list": {"choice", "choices"},
    "fields": {"repeat"},
    "min": {"number", "percent", "money", "local_money", "repeat", "choices"},
    "max": {"number", "percent", "money", "local_money", "repeat", "choices"},
}


class Asked(NamedTuple):
    source: Source
    path: Path
    data: dict[str, Any]
    is_field: bool = False

    @property
    def key(self) -> str:
        return str(self.data.get("key", ""))

    @property
    def kind(self) -> str:
        return str(self.data.get("kind", ""))


def tables(value: object, *path: str | int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The tables of a list, each with its path; whatever else lies there is passed over."""
    for place, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield (*path, place), item


def asked(source: Source, name: str = "questions") -> Iterator[Asked]:
    """Every question of a file, then the fields of its repeats."""
    for path, data in tables(source.data.get(name), name):
        yield Asked(source, path, data)
        for inner, each in tables(data.get("fields"), *path, "fields"):
            yield Asked(source, inner, each, is_field=True)


def check_form(forms: Sequence[Source]) -> list[Finding]:
    """Keys once in the whole form, every `when`, every `maps_to`, every section there."""
    everything = [question for form in forms for question in asked(form)]
    whole = [question for question in everything if not question.is_field]
    findings = [*_keys_twice(whole), *_whens(whole)]
    for question in everything:
        findings += check_kind(question)
        findings += _maps(question)
    if all(form.is_read for form in forms) and forms:
        findings += [*_not_mapped(forms, whole), *_sections(forms)]
    return findings


def check_kind(question: Asked) -> list[Finding]:
    """What a kind needs and what it does not take."""
    source, path, data, _ = question
    if question.kind not in kinds.QUESTION_KINDS:
        return []
    needs = [*_NEEDS.get(question.kind, ())]
    if question.kind == "repeat":
        needs.append("fields")
    findings = [
        source.fault("pack_needs", path, kind=question.kind, name=need.replace("|", " or "))
        for need in needs
        if not any(name in data for name in need.split("|"))
    ]
    findings += [
        source.fault("pack_does_not_take", (*path, name), kind=question.kind, name=name)
        for name, takers in _TAKES.items()
        if name in data and question.kind not in takers
    ]
    low, high = data.get("min"), data.get("max")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        findings.append(source.fault("pack_order_wrong", path, smaller="min", larger="max"))
    return findings


def _keys_twice(questions: Sequence[Asked]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for question in questions:
        file = question.source.file
        if question.key and seen.get(question.key, file) != file:
            yield question.source.fault(
                "pack_duplicate", (*question.path, "key"), value=brief(question.key)
            )
        seen.setdefault(question.key, file)


def _whens(questions: Sequence[Asked]) -> Iterator[Finding]:
    before: dict[str, Asked] = {}
    for question in questions:
        when = question.data.get("when")
        if isinstance(when, dict):
            yield from _when(question, when, before)
        for _, inner in tables(question.data.get("fields")):
            if "when" in inner:
                yield question.source.fault(
                    "pack_does_not_take", (*question.path, "fields"), kind="field", name="when"
                )
        before[question.key] = question


def _when(question: Asked, when: dict[str, Any], before: dict[str, Asked]) -> Iterator[Finding]:
    path = (*question.path, "when")
    target = before.get(str(when.get("question")))
    if target is None:
        value = brief(when.get("question"))
        yield question.source.fault("pack_when_nowhere", path, value=value)
        return
    codes = _answers(target)
    if codes is None:
        yield question.source.fault("pack_when_not_a_choice", path, value=target.key)
        return
    wanted = when.get("is")
    for code in wanted if isinstance(wanted, list) else ():
        if codes and code not in codes:
            yield question.source.fault(
                "pack_when_option", path, question=target.key, value=brief(code)
            )


def _answers(question: Asked) -> set[str] | None:
    """The codes a question can be answered with; empty when a list gives them; None: no codes."""
    if question.kind == "yes_no":
        return {"yes", "no"}
    if question.kind not in {"choice", "choices"}:
        return None
    return {str(option.get("code")) for _, option in tables(question.data.get("options"))}


def _maps(question: Asked) -> list[Finding]:
    name = question.data.get("maps_to")
    path = (*question.path, "maps_to")
    if not isinstance(name, str) or name not in kinds.MAPS_TO:
        return []
    if question.is_field:
        return [question.source.fault("pack_maps_to_repeat", path)]
    if question.kind not in kinds.MAPS_TO[name]:
        return [question.source.fault("pack_maps_to_kind", path, name=name, kind=question.kind)]
    return []


def _not_mapped(forms: Sequence[Source], questions: Sequence[Asked]) -> Iterator[Finding]:
    mapped: dict[str, str] = {}
    for question in questions:
        name = str(question.data.get("maps_to", ""))
        if name and name in mapped:
            yield question.source.fault("pack_duplicate", (*question.path, "maps_to"), value=name)
        mapped[name] = question.key
    for name in kinds.MUST_MAP:
        if name not in mapped:
            yield found("pack_maps_to_missing", forms[0].file, name=name)


def _sections(forms: Sequence[Source]) -> Iterator[Finding]:
    present = [form.data.get("key") for form in forms]
    for section in kinds.SECTIONS:
        if section not in present:
            yield found("pack_section_missing", "form", name=section)
    for place, key in enumerate(present):
        if isinstance(key, str) and key in present[:place]:
            yield forms[place].fault("pack_duplicate", ("key",), value=brief(key))
