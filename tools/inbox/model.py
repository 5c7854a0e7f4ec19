"""Read one applicant's words from `texts/` into answers and budget lines (the truth of a form)."""

import csv
import json
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GEO = HERE.parents[1] / "src" / "monarca" / "ground" / "codelists" / "data"
PACK = json.loads((HERE / "pack.json").read_text("utf-8"))
QUESTIONS = {q["key"]: q for s in PACK["sections"] for q in s["questions"]}
REPEATS = {
    "result": ("results", ("result",)),
    "indicator": (
        "indicators",
        ("name", "level", "baseline", "target", "source", "disaggregation"),
    ),
    "activity": ("activities", ("activity", "output", "starts", "ends", "place", "who")),
    "risk": ("risks", ("risk", "likelihood", "impact", "mitigation", "owner")),
    "previous": ("previous_canada", ("year", "project", "amount", "completed")),
    "other": ("other_projects", ("year", "title", "amount", "funder", "results")),
    "partner": ("partners", ("name", "contact", "role")),
}
OTHER_FIELDS = ("year", "title", "funder", "amount", "results")
CODES = {"gba_left_out", "groups", "focus"}
SIDES = {"w": "women", "m": "men", "g": "girls", "b": "boys", "x": "non_binary"}
KINDS = {"A.C.": "asociación civil", "S.C.": "sociedad cooperativa", "S.A.": "sociedad anónima"}
MXN_PER_CAD = Decimal("12.3")


@dataclass
class Line:
    """One line of a budget, in cents of the sheet's currency."""

    activity: str
    category: str
    description: str
    unit: str
    quantity: Decimal
    unit_cents: int
    payer: str
    donor: str = ""

    @property
    def total_cents(self) -> int:
        return int(self.quantity * self.unit_cents)

    def truth(self) -> dict[str, Any]:
        shares = {"f": "fund_cents", "o": "own_cents", "k": "in_kind_cents", "x": "other_cents"}
        row: dict[str, Any] = {
            "activity": self.activity,
            "category": self.category,
            "description": self.description,
            "unit": self.unit,
            "quantity": int(self.quantity)
            if self.quantity == int(self.quantity)
            else float(self.quantity),
            "unit_cents": self.unit_cents,
            "total_cents": self.total_cents,
        }
        row |= {name: self.total_cents if key == self.payer else 0 for key, name in shares.items()}
        return row | {"other_donor": self.donor, "fiscal_year": "2024-2025"}


@dataclass
class Application:
    """An invented applicant: answers as JSON values of the form, and the lines of the budget."""

    id: str
    lang: str
    answers: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    currency: str = "MXN"

    def fund_cents(self) -> int:
        return sum(line.total_cents for line in self.lines if line.payer == "f")

    def total_cents(self) -> int:
        return sum(line.total_cents for line in self.lines)


def _rows(name: str) -> list[dict[str, str]]:
    with (GEO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATES = {row["name"]: row["inegi_code"] for row in _rows("mx_states.csv")}
TOWNS = {(r["state_code"], r["name"]): r["inegi_code"] for r in _rows("mx_municipalities.csv")}
STATE_NAMES = {code: name for name, code in STATES.items()}
TOWN_NAMES = {code: name for (_, name), code in TOWNS.items()}


def place(value: str) -> dict[str, str]:
    state, town, locality = (part.strip() for part in value.split("|"))
    code = STATES[state]
    municipality = "" if town == "-" else TOWNS[(code, town)]
    return {"state": code, "municipality": municipality, "locality": locality}


def people(value: str) -> dict[str, dict[str, int]]:
    halves = [
        {SIDES[p.split()[1]]: int(p.split()[0]) for p in half.split(",")}
        for half in value.split("|")
    ]
    return {"direct": halves[0], "indirect": halves[1]}


def repeat_row(name: str, value: str, number: int) -> dict[str, Any]:
    fields = OTHER_FIELDS if name == "other" else REPEATS[name][1]
    row: dict[str, Any] = {"id": f"r{number}"}
    row |= dict(zip(fields, (part.strip() for part in value.split("|")), strict=True))
    if "year" in row:
        row["year"] = int(row["year"])
        currency = "CAD" if name == "previous" else "MXN"
        row["amount"] = {"cents": int(row["amount"]) * 100, "currency": currency}
    if "completed" in row:
        row["completed"] = row["completed"] == "yes"
    return row


def line(value: str, activities: list[dict[str, Any]]) -> Line:
    number, category, description, unit, quantity, price, payer = (
        p.strip() for p in value.split("|")
    )
    payer, _, donor = payer.partition(":")
    activity = activities[int(number) - 1]["activity"] if int(number) else ""
    cents = int(Decimal(price) * 100)
    return Line(activity, category, description, unit, Decimal(quantity), cents, payer, donor)


def registered(value: str, legal_name: str) -> dict[str, str]:
    parts = [part.strip() for part in value.split("|")]
    answers = {"registered": parts[0]}
    if len(parts) == 4:
        answers |= dict(
            zip(
                ("registration_on", "registration_place", "registration_number"),
                parts[1:],
                strict=True,
            )
        )
        law = next((words for mark, words in KINDS.items() if mark in legal_name), "")
        if law:
            answers["registration_law"] = law
    return answers


def slug(words: str) -> str:
    """Small plain letters for an address: 'Río de Once' is 'riodeonce'."""
    bare = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", bare)


def people_named(app_id: str, fields: dict[str, str], number: int) -> dict[str, str]:
    name, title = (part.strip() for part in fields["contact"].split("|"))
    signer, office = (part.strip() for part in fields["representative"].split("|"))
    domain = (
        "correo.example"
        if app_id in {"tejedoras", "agua", "duplicate", "recicladoras", "atrisk"}
        else f"{slug(fields['short_name'])}.example"
    )
    mail = (
        f"{slug(fields['short_name'])}2024@{domain}"
        if domain == "correo.example"
        else f"contacto@{domain}"
    )
    first = slug(name.split()[0 if "." not in name.split()[0] else 1])
    return {
        "contact_name": name,
        "contact_title": title,
        "contact_phone": f"55 5555 {100 + 3 * number:04d}",
        "contact_email": mail if domain == "correo.example" else f"{first}@{domain}",
        "representative_name": signer,
        "representative_title": office,
        "phone": f"55 5555 {101 + 3 * number:04d}",
        "email": mail,
        "declared_name": signer,
        "declared_title": office,
        "declared_on": f"2024-04-{8 + number % 13:02d}",
    }


def typed(key: str, value: str) -> Any:
    kind = QUESTIONS[key]["kind"]
    if kind == "yes_no":
        return value == "yes"
    if kind == "number":
        return int(value)
    if kind == "people":
        return people(value)
    return [part.strip() for part in value.split(",")] if key in CODES else value


def whole_dollars(cents: Decimal, rate: Decimal) -> int:
    """Canadian cents rounded to whole dollars, as applicants do."""
    return int((cents / rate / 100).to_integral_value()) * 100


def money(app: Application, stated: str | None) -> dict[str, Any]:
    local, total = Decimal(app.fund_cents()), Decimal(app.total_cents())
    if stated:
        local = total = Decimal(stated) * 100 * MXN_PER_CAD
    rate = Decimal(1) if app.currency == "CAD" else MXN_PER_CAD
    pesos = local * MXN_PER_CAD if app.currency == "CAD" else local
    return {
        "requested": {"cents": whole_dollars(local, rate), "currency": "CAD"},
        "requested_local": {"cents": int(pesos), "currency": "MXN"},
        "total_cost": {"cents": whole_dollars(total, rate), "currency": "CAD"},
    }


def read(path: Path, number: int) -> Application:
    pairs = [row.split(": ", 1) for row in path.read_text("utf-8").splitlines() if row.strip()]
    single = dict(pairs)
    app = Application(
        path.stem, single["lang"], currency="CAD" if path.stem in {"clinica", "quebec"} else "MXN"
    )
    answers: dict[str, Any] = {"language": app.lang, "fiscal_years": "one", "places": []}
    for key, value in pairs:
        if key == "place":
            answers["places"].append(
                {"id": f"r{len(answers['places']) + 1}", "place": place(value)}
            )
        elif key in REPEATS:
            rows = answers.setdefault(REPEATS[key][0], [])
            if value != "none":
                rows.append(repeat_row(key, value, len(rows) + 1))
        elif key == "authorities":
            flag, _, detail = value.partition("|")
            answers |= {"authorities": flag.strip() == "yes"}
            answers |= {"authorities_detail": detail.strip()} if detail else {}
        elif key == "registered":
            answers |= registered(value, single["legal_name"])
        elif key == "state":
            answers["state"] = STATES[value]
        elif key in QUESTIONS and key != "requested":
            answers[key] = typed(key, value)
    if app.id == "atrisk":
        del answers["bank_currency"]
    answers |= people_named(app.id, single, number) | {
        "declares": True,
        "bank_account": app.id != "atrisk",
    }
    app.lines = [line(v, answers["activities"]) for k, v in pairs if k == "budget"]
    app.answers = answers | money(app, single.get("requested"))
    return app


def everyone() -> dict[str, Application]:
    return {p.stem: read(p, n) for n, p in enumerate(sorted((HERE / "texts").glob("*.txt")))}
