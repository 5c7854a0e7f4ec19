"""Every TOML file of a pack and the shape of what is in it."""

from collections.abc import Mapping

from monarca.engines.packs import kinds
from monarca.engines.packs.shapes import (
    CODE,
    KEY,
    Anything,
    Flag,
    Instant,
    Many,
    Number,
    Shape,
    Table,
    Text,
    one_of,
    tri,
)

PERCENT = Number(0, 100)
CURRENCY = Text(limit=3, pattern="[A-Z]{3}", expected="a currency of three capital letters")
COUNTRY = Text(limit=2, pattern="[A-Z]{2}", expected="a country of two capital letters")
EMAIL = Text(limit=254, pattern=r"[^@\s]+@[^@\s]+\.[^@\s.]+", expected="an e-mail address")
SOURCED = Many(one_of(kinds.LANGUAGES), unique=".")
LABELLED: dict[str, Shape] = {"code": CODE, "label": tri(400)}
WORD_LIST = Many(Text(limit=60), high=60, unique=".")
WORDS = Table(dict.fromkeys(kinds.LANGUAGES, WORD_LIST), is_tri=True)
SECTOR = Text(limit=5, pattern="[0-9]{5}", expected="a five-digit DAC sector code in quotes")

FOCUS = Many(Table(LABELLED, {"sourced": SOURCED}), unique="code")
CHILD = Table({**LABELLED, "focus": FOCUS}, {"sourced": SOURCED})
PRIORITY = Table(
    {**LABELLED, "sectors": Many(SECTOR, low=1, unique=".")},
    {"sourced": SOURCED, "focus": FOCUS, "children": Many(CHILD, unique="code")},
)

OPTION = Table(LABELLED, {"hint": tri(600)})
_QUESTION: dict[str, Shape] = {
    "hint": tri(1200),
    "required": Flag(),
    "when": Table({"question": KEY, "is": Many(CODE, low=1, unique=".")}),
    "words": Number(5, 5000),
    "length": Number(1, 20000),
    "options": Many(OPTION, low=1, unique="code"),
    "list": one_of(sorted(kinds.LISTS)),
    "min": Number(-(10**9)),
    "max": Number(-(10**9)),
    "maps_to": one_of(kinds.MAPS_TO),
    "sourced": Flag(),
    "gba": Flag(),
}
_HEAD: dict[str, Shape] = {
    "key": KEY,
    "kind": one_of(sorted(kinds.QUESTION_KINDS)),
    "label": tri(500),
}
FIELD = Table(_HEAD, _QUESTION)
QUESTION = Table(_HEAD, {**_QUESTION, "fields": Many(FIELD, low=1, high=30, unique="key")})

FORM = Table(
    {
        "key": one_of(kinds.SECTIONS),
        "title": tri(120),
        "intro": tri(1500),
        "questions": Many(QUESTION, low=1, unique="key"),
    }
)

FILES: Mapping[str, Shape] = {
    "pack.toml": Table(
        {
            "pack": Text(limit=40, pattern="[a-z0-9-]+", expected="a name of a-z, 0-9 and -"),
            "edition": Text(limit=20, pattern="[0-9A-Za-z.-]+", expected="an edition"),
            "fund": Table(
                {
                    "code": CODE,
                    "name": tri(),
                    "short": tri(60),
                    "purpose": tri(1000),
                    "department": tri(),
                }
            ),
            "aims": Many(Table(LABELLED), low=1, unique="code"),
        },
        {"checks": Many(Text(limit=120), unique=".")},
    ),
    "mission.toml": Table(
        {
            "code": CODE,
            "name": tri(),
            "countries": Many(COUNTRY, low=1, unique="."),
            "time_zone": Text(limit=60),
            "email": EMAIL,
            "address": tri(400),
            "signatory": tri(),
        }
    ),
    "call.toml": Table(
        {
            "prefix": Text(limit=20, pattern="[A-Z0-9]+(-[A-Z0-9]+)*", expected="A-Z, 0-9 and -"),
            "title": tri(200, kinds.CALL_PLACEHOLDERS),
            "summary": tri(1000, kinds.CALL_PLACEHOLDERS),
            "languages": Many(one_of(kinds.LANGUAGES), low=1, unique="."),
            "opens_at": Instant(),
            "closes_at": Instant(),
            "grace_minutes": Number(0, 1440),
            "activities_end": Text(
                limit=5, pattern="[0-9]{2}-[0-9]{2}", expected="a month and a day, such as 02-28"
            ),
            "years": Number(1, 5),
            "currency": CURRENCY,
            "local_currency": CURRENCY,
            "rate": Table({"source": one_of(kinds.RATE_SOURCES), "series": CODE}),
            "budget_cents": Number(1),
            "max_cents": Number(1),
            "average_cents": Number(1),
            "min_cents": Number(0),
            "variance_percent": PERCENT,
            "one_per_organisation": Flag(),
        }
    ),
    "priorities.toml": Table({"priorities": Many(PRIORITY, low=1, unique="code")}),
    "rules.toml": Table(
        {
            "rules": Many(
                Table(
                    {
                        "id": CODE,
                        "kind": one_of(kinds.RULE_KINDS),
                        "level": one_of(kinds.LEVELS),
                        "label": tri(400),
                    },
                    {"params": Anything(), "check": Flag()},
                ),
                low=1,
                unique="id",
            )
        }
    ),
    "costs.toml": Table(
        {
            "eligible": Many(Table(LABELLED), low=1, unique="code"),
            "ineligible": Many(Table({**LABELLED, "words": WORDS}), low=1, unique="code"),
        }
    ),
    "budget.toml": Table(
        {
            "overhead_percent": PERCENT,
            "categories": Many(
                Table(
                    {**LABELLED, "kind": one_of(kinds.COST_KINDS)},
                    {"needs": Many(one_of(kinds.COST_NEEDS), unique=".")},
                ),
                low=1,
                unique="code",
            ),
        }
    ),
    "criteria.toml": Table(
        {
            "criteria": Many(
                Table(
                    {
                        **LABELLED,
                        "hint": tri(600),
                        "weight": PERCENT,
                        "minimum": Number(0, 5),
                        "anchors": Many(tri(400), low=6, high=6),
                    }
                ),
                low=1,
                high=30,
                unique="code",
            )
        }
    ),
    "gba.toml": Table(
        {
            "factors": Many(Table(LABELLED), low=1, unique="code"),
            "kinds": Many(
                Table(
                    {
                        "code": one_of(kinds.STATEMENT_KINDS),
                        "label": tri(),
                        "scale": Many(tri(), low=2, high=10),
                    }
                ),
                low=1,
                unique="code",
            ),
            "questions": Many(FIELD, low=1, unique="key"),
            "booleans": Many(Table(LABELLED), low=1, unique="code"),
        }
    ),
    "reasons.toml": Table(
        {
            "reasons": Many(
                Table(
                    {
                        **LABELLED,
                        "outcomes": Many(one_of(kinds.OUTCOMES), low=1, unique="."),
                    }
                ),
                low=1,
                unique="code",
            )
        }
    ),
    "indicators.toml": Table(
        {
            "indicators": Many(
                Table(
                    {
                        **LABELLED,
                        "unit": tri(80),
                        "level": one_of(kinds.INDICATOR_LEVELS),
                        "gender": Flag(),
                    }
                ),
                low=1,
                unique="code",
            )
        }
    ),
    "instalments.toml": Table(
        {
            "instalments": Many(
                Table(
                    {
                        "number": Number(1, 20),
                        "kind": one_of(kinds.INSTALMENT_KINDS),
                        "percent": Number(1, 100),
                        "condition": one_of(kinds.INSTALMENT_CONDITIONS),
                    }
                ),
                low=1,
                high=20,
                unique="number",
            )
        }
    ),
    "agreement.toml": Table({"terms_version": Text(limit=40)}, {"check": Many(KEY, unique=".")}),
}
CALL_BODY = Text(limit=20000, placeholders=kinds.CALL_PLACEHOLDERS)
LETTER_LIMIT = 6000
ARTICLE = Text(limit=20000, placeholders=kinds.AGREEMENT_PLACEHOLDERS)
