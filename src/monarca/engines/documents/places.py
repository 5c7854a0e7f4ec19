"""Places in Mexico as people write them: the state by name or abbreviation, then the rest."""

import re
from collections.abc import Mapping
from typing import Any

from monarca.engines.documents.words import plain

STATES = {
    "01": "aguascalientes|ags",
    "02": "baja california|bc|b c",
    "03": "baja california sur|bcs|b c s",
    "04": "campeche|camp",
    "05": "coahuila de zaragoza|coahuila|coah",
    "06": "colima|col",
    "07": "chiapas|chis",
    "08": "chihuahua|chih",
    "09": "ciudad de mexico|cdmx|distrito federal|d f|df|mexico city|ville de mexico",
    "10": "durango|dgo",
    "11": "guanajuato|gto",
    "12": "guerrero|gro",
    "13": "hidalgo|hgo",
    "14": "jalisco|jal",
    "15": "estado de mexico|edomex|edo mex|edo de mexico|mex|mexico|state of mexico|etat de mexico",
    "16": "michoacan de ocampo|michoacan|mich",
    "17": "morelos|mor",
    "18": "nayarit|nay",
    "19": "nuevo leon|n l|nl",
    "20": "oaxaca|oax",
    "21": "puebla|pue",
    "22": "queretaro|qro",
    "23": "quintana roo|q roo|qroo|q r",
    "24": "san luis potosi|slp|s l p",
    "25": "sinaloa|sin",
    "26": "sonora|son",
    "27": "tabasco|tab",
    "28": "tamaulipas|tamps",
    "29": "tlaxcala|tlax",
    "30": "veracruz de ignacio de la llave|veracruz|ver",
    "31": "yucatan|yuc",
    "32": "zacatecas|zac",
}
STATES_NAMED = frozenset(name for names in STATES.values() for name in names.split("|"))
NAMES = sorted(
    ((name, code) for code, names in STATES.items() for name in names.split("|")),
    key=lambda each: -len(each[0]),
)
LONG = [(name, code) for name, code in NAMES if len(name) > 4 and name != "mexico"]
SHORTENED = re.compile(
    r"\w (bc|bcs|chis|chih|coah|dgo|gto|gro|hgo|jal|mich|nay|oax|qro|slp|tamps|tlax|yuc|zac)$"
)
PREFIX = re.compile(
    r"^(?:el |the |l )?(?:estado|state|etat|municipio|municipality|municipalite|localidad"
    r"|localidades|comunidad|comunidades"
    r"|localite|village|city|ville|town|alcaldia)(?: (?:de|of|d|du))? ?:? ?",
)


LABELLED = re.compile(
    r"(?i)\b(estado|state|[ée]tat|municipio|municipality|municipalit[ée]|localidad|comunidad"
    r"|locality|town or village"
    r"|localit[ée])\s*:\s*((?:(?!,\s*\w+\s*:)[^;|\n])*)"
)
NAMES_OF = {"e": "state", "s": "state", "é": "state", "m": "municipality"}


def labelled(text: str) -> dict[str, str]:
    """The parts of a place that is written with its labels: "Estado: Oaxaca; municipio: ..."."""
    return {
        NAMES_OF.get(name[0].lower(), "locality"): value.strip(" .,")
        for name, value in LABELLED.findall(text)
    }


def state_in(text: str) -> str:
    """The INEGI code of the state a text names, "" when it names none.

    A part that is nothing but a state's name or abbreviation counts first ("Durango, Dgo.");
    then the last full name anywhere: addresses end with the state.
    """
    parts = [plain(part) for part in re.split(r"[,;:()\n\t/|]|\s[\u2013\u2014-]\s", text)]
    exact = [PREFIX.sub("", part).strip() for part in parts]
    for part in reversed(exact):
        for name, code in NAMES:
            if part == name and not (name == "mexico" and len(exact) > 1):
                return code
    if len(exact) > 1 and exact[-1] == "mexico":
        return "15"
    short = SHORTENED.search(plain(text)) if len(text) < 80 else None
    if short is not None:
        return next(code for name, code in NAMES if name == short[1])
    body = f" {plain(text)} "
    hits = [
        (body.rfind(f" {name} "), len(name), code) for name, code in LONG if f" {name} " in body
    ]
    return max(hits)[2] if hits else ""


def _besides(state: str, pieces: list[str]) -> list[str]:
    """The pieces that do not name the state; a name said twice is the municipality's too."""
    same = [piece for piece in pieces if not _town(piece) and state_in(piece) == state]
    return [piece for piece in pieces if piece not in same] + same[1:]


def _town(piece: str) -> bool:
    """The piece says itself that it is a municipality."""
    return plain(piece).startswith(("municip", "alcaldia"))


def place(
    text: str, municipalities: Mapping[str, str], parts: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """State, municipality (INEGI code where the name is known there) and locality of one place."""
    said = labelled(text)
    if parts is None and "state" in said:
        parts = said
    given = parts or {}
    state = state_in(given.get("state", "") or text)
    pieces = [piece.strip(" .") for piece in re.split(r"[,;()\n\t|]|\s[\u2013\u2014-]\s", text)]
    pieces = _besides(state, [piece for piece in pieces if piece])
    if parts is not None:
        pieces = [given.get("municipality", ""), given.get("locality", "")]
    code = ""
    kept = []
    for piece in sorted(pieces, key=_town, reverse=True):
        found = "" if code else municipality_in(state, piece, municipalities)
        code = code or found
        if piece and not found:
            kept.append(re.sub(r"(?i)^(localidad(es)?|comunidad(es)?|municipio) de ", "", piece))
    if not state and not kept:
        return None
    return {"state": state, "municipality": code, "locality": ", ".join(kept)[:200]}


def municipality_in(state: str, text: str, municipalities: Mapping[str, str]) -> str:
    """The code of the municipality of that name in that state; "" when unknown."""
    wanted = PREFIX.sub("", plain(text)).strip()
    for code, name in municipalities.items():
        if code.startswith(state) and state and plain(name) == wanted:
            return code
    return ""
