"""Small makers that tests share: a published call from the real pack, and applications to it.

Everything is made by the same actions people use; answers are plain and complete.
"""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import monarca
from monarca.engines import packs
from monarca.grants.applications import actions as applications
from monarca.grants.calls import actions as calls
from monarca.ground.partners import actions as partners
from monarca.ground.rates import actions as rates
from monarca.ground.rates.models import Rate

PACK = Path(monarca.__file__).parent / "packs" / "cfli-mexico"
OPENS = datetime(2024, 3, 4, 15, 0, tzinfo=UTC)
CLOSES = datetime(2024, 4, 22, 6, 0, tzinfo=UTC)
DAWN = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)
NOON = datetime(2024, 4, 1, 18, 0, tzinfo=UTC)


@cache
def definition(opens_at=OPENS, closes_at=CLOSES):
    return packs.for_window(packs.read(PACK).definition, opens_at=opens_at, closes_at=closes_at)


def make_call(opens_at=OPENS, closes_at=CLOSES, at=DAWN):
    if not Rate.objects.exists():
        rates.load_published(by=None, at=at)
    call = calls.load(definition(opens_at, closes_at), by=None, at=at)
    return calls.publish(call, by=None, at=at) if call.status == "draft" else call


WORDS = {
    "text": "Agua limpia para Yalálag",
    "words": "Somos doce mujeres que cuidan el manantial y enseñan a otras a cuidarlo.",
    "email": "tejedoras@example.org",
    "phone": "55 5555 0101",
    "url": "https://tejedoras.example",
    "date": "2024-09-02",
    "month": "2024-10",
    "number": 12,
    "percent": 5,
    "yes_no": True,
    "declaration": True,
    "money": {"cents": 4_500_000, "currency": "CAD"},
    "local_money": {"cents": 55_350_000, "currency": "MXN"},
    "place": {"state": "20", "municipality": "20067", "locality": "Yalálag"},
    "people": {"direct": {"women": 120, "men": 40}, "indirect": {"women": 500}},
}
SPECIAL = {
    "ends_on": "2025-02-28",
    "language": "es",
    "registered": "yes",
    "organisation_kind": "local_nonprofit",
    "priority": "EC",
    "fiscal_years": "one",
    "legal_name": "Tejedoras del Agua A.C.",
    "declared_on": "2024-04-01",
    "registration_on": "2015-05-05",
    "psea_policy_on": "2022-05-05",
    "founded": 2015,
    "visibility_unsafe": False,
    "previous_canada": None,
    "rfc": "TAG150505AB1",
    "cluni": "",
    "other_projects": [
        {
            "id": "r1",
            "year": 2022,
            "title": "Huertos",
            "funder": "Fundación",
            "amount": {"cents": 9_000_000, "currency": "MXN"},
            "results": "30 huertos",
        }
    ],
}


def an_answer(question, given):
    """A plain valid answer to any question of the pack."""
    key, kind = question["key"], question["kind"]
    if key in given:
        return given[key]
    if key in SPECIAL:
        return SPECIAL[key]
    if kind == "choice":
        if question.get("list") == "priorities":
            return given["priorities"][0]["code"]
        if question.get("list") == "states":
            return "20"
        return question["options"][0]["code"]
    if kind == "choices":
        options = question.get("options") or given.get(question.get("list"), ())
        return [options[0]["code"]] if options else None
    if kind == "repeat":
        row = {"id": "r1"}
        for field in question["fields"]:
            row[field["key"]] = an_answer(field, given)
        return [row]
    if kind == "file":
        return None
    return WORDS[kind]


def answers(form=None, **changes):
    """Every question of the pack answered; `changes` replace some by key."""
    form = form or definition()
    lists = {
        "priorities": form["priorities"],
        "factors": form["gba"]["factors"],
        "focus": form["priorities"][0].get("focus", ()),
    }
    made = {}
    for section in form["sections"]:
        for question in section["questions"]:
            made[question["key"]] = an_answer(question, {**lists, **changes})
    return {**made, **changes}


def budget(fund_cents=55_350_000, activity="Agua limpia para Yalálag"):
    """Three lines in MXN that add up; overhead ten per cent."""
    overhead = fund_cents // 10
    rest = fund_cents - overhead
    half = rest // 2
    rows = [("training", half), ("supplies", rest - half), ("overhead", overhead)]
    return [
        {
            "activity": activity,
            "category": category,
            "description": "Talleres y materiales",
            "unit": "paquete",
            "quantity": "1",
            "unit_cents": cents,
            "total_cents": cents,
            "fund_cents": cents,
            "fiscal_year": "2024-2025",
            "currency": "MXN",
        }
        for category, cents in rows
    ]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def make_draft(
    call, user, *, at=NOON, organisation=None, name="Tejedoras del Agua A.C.", **changes
):
    """A draft with every question answered, a budget and the files that are asked for."""
    application = applications.start(
        call, by=user, at=at, organisation=organisation, legal_name=name
    )
    values = {k: v for k, v in answers(**changes).items() if v is not None}
    applications.save_answers(application, values, by=user, at=at)
    asked = values.get("requested") or {}
    cents = (
        round(asked.get("cents", 0) / float(call.rate.cad))
        if call.rate and isinstance(asked, dict)
        else 55_350_000
    )
    applications.save_budget(application, budget(cents or 55_350_000), by=user, at=at)
    for section in definition()["sections"]:
        for question in section["questions"]:
            if question["kind"] == "file" and question.get("required"):
                applications.attach(
                    application,
                    PNG,
                    f"{question['key']}.png",
                    question=question["key"],
                    by=user,
                    at=at,
                )
    return application


def make_submitted(call, user, *, at=NOON, **changes):
    application = make_draft(call, user, at=at, **changes)
    applications.submit(application, by=user, at=at)
    application.refresh_from_db()
    return application


def make_group(user, name="Tejedoras del Agua A.C.", at=DAWN):
    group = partners.found(name, by=user, at=at)
    partners.admit(user, by=user, at=at, organisation=group)
    return group
