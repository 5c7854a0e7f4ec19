"""Say an answer the way a person types it: dates, money, places and choices in three languages."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from model import PACK, QUESTIONS, STATE_NAMES, TOWN_NAMES, Application

WORDINGS = json.loads((Path(__file__).parent / "wordings.json").read_text("utf-8"))
MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
YES = {"es": ("Sí", "No"), "en": ("Yes", "No"), "fr": ("Oui", "Non")}
NONE = {"es": "Ninguno", "en": "None", "fr": "Aucun"}
PEOPLE = {
    "es": (
        "Directas",
        "Indirectas",
        "mujeres",
        "hombres",
        "niñas",
        "niños",
        "no binarias o sin declarar",
    ),
    "en": ("Direct", "Indirect", "women", "men", "girls", "boys", "non-binary or undisclosed"),
    "fr": ("Directement", "Indirectement", "femmes", "hommes", "filles", "garçons", "non binaires"),
}
ALLY = {"es": "Organización", "en": "Organisation", "fr": "Organisme"}
LEVELS = {
    "es": {
        "output": "producto",
        "immediate": "resultado inmediato",
        "intermediate": "resultado intermedio",
    },
    "en": {
        "output": "output",
        "immediate": "immediate outcome",
        "intermediate": "intermediate outcome",
    },
    "fr": {
        "output": "extrant",
        "immediate": "résultat immédiat",
        "intermediate": "résultat intermédiaire",
    },
}
FIELDS = {
    "es": {
        "result": "Resultado",
        "name": "Indicador",
        "level": "Nivel",
        "baseline": "Línea base",
        "target": "Meta",
        "source": "Fuente",
        "disaggregation": "Desagregación",
        "activity": "Actividad",
        "output": "Producto",
        "starts": "Inicio",
        "ends": "Término",
        "place": "Lugar",
        "who": "Responsable",
        "risk": "Riesgo",
        "likelihood": "Probabilidad (1-3)",
        "impact": "Impacto (1-3)",
        "mitigation": "Mitigación",
        "owner": "Quién",
        "year": "Año",
        "project": "Proyecto",
        "amount": "Monto",
        "completed": "¿Concluido?",
        "title": "Título",
        "funder": "Financiador",
        "results": "Resultados",
        "contact": "Contacto",
        "role": "Papel",
    },
    "en": {
        "result": "Result",
        "name": "Indicator",
        "level": "Level",
        "baseline": "Baseline",
        "target": "Target",
        "source": "Source",
        "disaggregation": "Disaggregated by",
        "activity": "Activity",
        "output": "Output",
        "starts": "Start",
        "ends": "End",
        "place": "Place",
        "who": "Lead",
        "risk": "Risk",
        "likelihood": "Likelihood (1-3)",
        "impact": "Impact (1-3)",
        "mitigation": "Mitigation",
        "owner": "Owner",
        "year": "Year",
        "project": "Project",
        "amount": "Amount",
        "completed": "Completed?",
        "title": "Title",
        "funder": "Funder",
        "results": "Results",
        "contact": "Contact",
        "role": "Role",
    },
    "fr": {
        "result": "Résultat",
        "name": "Indicateur",
        "level": "Niveau",
        "baseline": "Départ",
        "target": "Cible",
        "source": "Source",
        "disaggregation": "Ventilation",
        "activity": "Activité",
        "output": "Produit",
        "starts": "Début",
        "ends": "Fin",
        "place": "Lieu",
        "who": "Responsable",
        "risk": "Risque",
        "likelihood": "Probabilité (1-3)",
        "impact": "Impact (1-3)",
        "mitigation": "Réponse",
        "owner": "Qui",
        "year": "Année",
        "project": "Projet",
        "amount": "Montant",
        "completed": "Terminé ?",
        "title": "Titre",
        "funder": "Bailleur",
        "results": "Résultats",
        "contact": "Contact",
        "role": "Rôle",
    },
}


def label(words: str, key: str, lang: str) -> str:
    """The wording of a question: the pack's own, or one of the free wordings."""
    return str(QUESTIONS[key]["label"][lang] if words == "pack" else WORDINGS[words][key])


def options(key: str) -> list[dict[str, Any]]:
    question = QUESTIONS[key]
    if "options" in question:
        return list(question["options"])
    if question.get("list") == "states":
        return [
            {"code": c, "label": dict.fromkeys(("es", "en", "fr"), n)}
            for c, n in STATE_NAMES.items()
        ]
    return list(PACK["lists"][question["list"]])


def option(key: str, code: str, lang: str) -> str:
    return str(next(row["label"][lang] for row in options(key) if row["code"] == code))


def day(value: str, lang: str, style: str = "long") -> str:
    when = date.fromisoformat(value)
    month = MONTHS[lang].split()[when.month - 1]
    if style == "slash":
        return f"{when:%d/%m/%Y}"
    long = {
        "es": f"{when.day} de {month} de {when.year}",
        "en": f"{month} {when.day}, {when.year}",
        "fr": f"{when.day} {month} {when.year}",
    }
    return long[lang]


def month(value: str, lang: str, style: str = "long") -> str:
    year, number = value.split("-")
    name = MONTHS[lang].split()[int(number) - 1]
    return {
        "long": f"{name} {year}",
        "slash": f"{number}/{year}",
        "short": f"{name[:3]}-{year[2:]}",
    }[style]


def money(value: dict[str, Any], lang: str, style: str = "code") -> str:
    amount, code = f"{value['cents'] / 100:,.2f}", value["currency"]
    if lang == "fr":
        amount = amount.replace(",", "\u00a0").replace(".", ",")
        return f"{amount} $ CA" if code == "CAD" else f"{amount} pesos"
    whole = amount.removesuffix(".00")
    words = {"CAD": "dólares canadienses", "MXN": "pesos"}[code]
    return {
        "code": f"{code} {amount}",
        "sign": f"${amount} {code}",
        "words": f"{whole} {words}",
        "bare": f"${whole}",
    }[style]


def place(value: dict[str, str], style: str = "comma") -> str:
    state, town = STATE_NAMES[value["state"]], TOWN_NAMES.get(value["municipality"], "")
    short = {"Michoacán de Ocampo": "Michoacán", "Veracruz de Ignacio de la Llave": "Veracruz"}.get(
        state, state
    )
    if not town:
        return short
    if style == "labels":
        return f"Estado: {short}; municipio: {town}; localidad: {value['locality']}"
    return (
        f"{town}, {short} ({value['locality']})"
        if style == "comma"
        else f"{value['locality']}, municipio de {town}, {short}"
    )


def people_line(counts: dict[str, int], lang: str) -> str:
    names = PEOPLE[lang][2:]
    return ", ".join(
        f"{name} {number}" for name, number in zip(names, counts.values(), strict=True)
    )


def people(value: dict[str, Any], lang: str) -> list[str]:
    direct, indirect = PEOPLE[lang][:2]
    return [
        f"{direct}: {people_line(value['direct'], lang)}",
        f"{indirect}: {people_line(value['indirect'], lang)}",
    ]


def cell(name: str, value: Any, lang: str, style: str) -> str:
    if name == "level":
        return LEVELS[lang][value]
    if name in {"starts", "ends"}:
        return month(value, lang, style if style in {"slash", "short"} else "long")
    if name == "amount":
        return money(value, lang)
    return YES[lang][0 if value else 1] if isinstance(value, bool) else str(value)


def grid(app: Application, key: str, style: str = "long") -> tuple[list[str], list[list[str]]]:
    """The heading and rows of a repeated answer, for a table or for lines of text."""
    rows = app.answers.get(key) or []
    names = [name for name in (rows[0] if rows else {}) if name != "id"]
    cells = [[cell(name, row[name], app.lang, style) for name in names] for row in rows]
    heads = [
        ALLY[app.lang] if (key, name) == ("partners", "name") else FIELDS[app.lang][name]
        for name in names
    ]
    return heads, cells


def lines(app: Application, key: str, style: str = "long") -> list[str]:
    """A repeated answer as numbered lines of running text."""
    heads, rows = grid(app, key, style)
    if not rows:
        return [NONE[app.lang]]
    if len(heads) == 1:
        return [f"{number}. {row[0]}" for number, row in enumerate(rows, 1)]
    said = [
        ". ".join(
            [
                row[0].rstrip("."),
                *(f"{h}: {c.rstrip('.')}" for h, c in zip(heads[1:], row[1:], strict=True)),
            ]
        )
        for row in rows
    ]
    return [f"{number}. {text}." for number, text in enumerate(said, 1)]


def text(
    app: Application, key: str, *, dates: str = "long", cash: str = "code", spot: str = "comma"
) -> list[str]:
    """An answer as paragraphs of text."""
    value, lang = app.answers[key], app.lang
    kind = QUESTIONS[key]["kind"]
    if key == "places":
        return [place(row["place"], spot) for row in value]
    if kind == "repeat":
        return lines(app, key)
    if kind == "people":
        return people(value, lang)
    if kind == "date":
        return [day(value, lang, dates)]
    if kind in {"money", "local_money"}:
        return [money(value, lang, cash)]
    if kind in {"yes_no", "declaration"}:
        return [YES[lang][0 if value else 1]]
    if kind == "choice":
        return [option(key, value, lang)]
    if kind == "choices":
        return ["; ".join(option(key, code, lang) for code in value)]
    return [str(value)]
