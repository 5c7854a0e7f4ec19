"""The year of a budget's line or sheet."""

import re

YEAR = re.compile(
    r"(?:a[ñn]o|year|ann[ée]e|an|fy|af|ejercicio|exercice)\D{0,4}([12])\b|(20\d\d)", re.IGNORECASE
)
AMOUNT = re.compile(r"(?!(?:[1-5]|20\d\d)$)[\d.,]+")


def year_of(text: str) -> str:
    """ "Year 1" as 1, 2026 as it is; an amount under the head "Year 1" is no year."""
    if AMOUNT.fullmatch(text):
        return ""
    found = YEAR.fullmatch(text.strip())
    return (found[1] or found[2]) if found else text
