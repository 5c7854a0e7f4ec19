"""From checked files to the frozen definition: plain JSON, in one order, with one hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monarca.engines.packs.checks import instant, zone_of
from monarca.engines.packs.files import Source
from monarca.engines.packs.finding import Finding, brief
from monarca.engines.packs.kinds import LANGUAGES
from monarca.engines.packs.texts import Headed, Tri

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything of a pack that was read, before it becomes a definition."""

    sources: Mapping[str, Source]
    forms: Sequence[Source]
    call_body: Tri
    letters: Mapping[str, Headed]
    articles: Mapping[str, Headed]


def define(parts: Parts) -> JSON:
    """The definition of a pack whose parts hold no error."""
    file = {name.removesuffix(".toml"): source.data for name, source in parts.sources.items()}
    definition: JSON = {
        **{name: file["pack"][name] for name in ("pack", "edition", "fund", "aims")},
        "mission": file["mission"],
        "call": _call(parts),
        "priorities": [_priority(item) for item in file["priorities"]["priorities"]],
        "sections": [_section(form.data) for form in parts.forms],
        "rules": [{"params": {}, **rule} for rule in file["rules"]["rules"]],
        "costs": file["costs"],
        "budget": {
            **file["budget"],
            "categories": [{"needs": [], **item} for item in file["budget"]["categories"]],
        },
        "criteria": file["criteria"]["criteria"],
        "gba": {**file["gba"], "questions": [_question(q) for q in file["gba"]["questions"]]},
        "reasons": file["reasons"]["reasons"],
        "indicators": file["indicators"]["indicators"],
        "instalments": file["instalments"]["instalments"],
        "agreement": _agreement(parts),
        "letters": {
            key: {"subject": letter.heading, "body": letter.body}
            for key, letter in parts.letters.items()
        },
    }
    definition["checks"] = _checks(file["pack"].get("checks", []), definition)
    plain: JSON = json.loads(canonical(definition))
    return plain


def canonical(definition: Mapping[str, Any]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def definition_sha256(definition: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON."""
    return hashlib.sha256(canonical(definition)).hexdigest()


def stamp(at: datetime) -> str:
    """An aware UTC instant as the definition writes it: `2024-03-04T15:00:00Z`."""
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def check_places(parts: Parts, definition: JSON) -> list[Finding]:
    """`checks` of pack.toml and `check` of agreement.toml must name things that exist."""
    pack, agreement = parts.sources["pack.toml"], parts.sources["agreement.toml"]
    findings = [
        pack.fault("pack_check_nowhere", ("checks", place), value=brief(path))
        for place, path in enumerate(pack.data.get("checks", []))
        if not _leads_somewhere(definition, path.split("."))
    ]
    findings += [
        agreement.fault("pack_check_nowhere", ("check", place), value=brief(key))
        for place, key in enumerate(agreement.data.get("check", []))
        if key not in parts.articles
    ]
    return findings


def _leads_somewhere(value: Any, steps: list[str]) -> bool:
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list):
            value = next((item for item in value if step in _names(item)), None)
        else:
            return False
    return value is not None


def _names(item: Any) -> set[str]:
    keys = ("code", "id", "key", "number")
    return {str(item[key]) for key in keys if key in item} if isinstance(item, dict) else set()


def _call(parts: Parts) -> JSON:
    call = dict(parts.sources["call.toml"].data)
    zone = zone_of(parts.sources["mission.toml"])
    for name in ("opens_at", "closes_at"):
        at = instant(call[name], zone) if zone else None
        call[name] = stamp(at) if at else None
    return {**call, "body": parts.call_body}


def _sourced(item: JSON) -> JSON:
    return {language: language in item.get("sourced", ()) for language in LANGUAGES}


def _priority(item: JSON) -> JSON:
    read = {
        **item,
        "sourced": _sourced(item),
        "focus": [{**focus, "sourced": _sourced(focus)} for focus in item.get("focus", [])],
    }
    if "sectors" in item:
        read["children"] = [_priority(child) for child in item.get("children", [])]
    return read


def _section(form: JSON) -> JSON:
    return {**form, "questions": [_question(question) for question in form["questions"]]}


def _question(question: JSON) -> JSON:
    read = {"required": False, **question}
    if "fields" in question:
        read["fields"] = [_question(field) for field in question["fields"]]
    return read


def _agreement(parts: Parts) -> JSON:
    data = parts.sources["agreement.toml"].data
    return {
        "terms_version": data["terms_version"],
        "articles": [
            {
                "key": key,
                "title": article.heading,
                "text": article.body,
                "check": key in data.get("check", ()),
            }
            for key, article in parts.articles.items()
        ],
    }


def _checks(listed: Sequence[str], definition: JSON) -> list[str]:
    rules = [f"rules.{rule['id']}" for rule in definition["rules"] if rule.get("check")]
    articles = definition["agreement"]["articles"]
    return [
        *dict.fromkeys(
            [
                *listed,
                *rules,
                *(f"agreement.articles.{each['key']}" for each in articles if each["check"]),
            ]
        )
    ]
