"""The fiscal year of a budget: in a cell of its line, in the name of its sheet, in its title.

Whatever way a year is written, it comes out as its first calendar year: the fiscal year from April
2025 to March 2026 is "2025".
"""

import re
from collections.abc import Sequence

from monarca.engines.documents.sheets import Value
from monarca.engines.documents.words import plain

YEAR = re.compile(
    r"(?:a[ñn]o|year|ann[ée]e|an|fy|af|ejercicio|exercice)\D{0,4}([12])\b|(20\d\d)", re.IGNORECASE
)
AMOUNT = re.compile(r"(?!(?:[1-5]|20\d\d)$)[\d.,]+")
FISCAL = (
    r"(?:ejercicio(?: fiscal| presupuestal)?|a[nñ]o (?:fiscal|presupuestal)|fiscal year"
    r"|financial year|exercice(?: financier| fiscal| budgetaire)?|annee (?:financiere|fiscale)"
    r"|f\.?y\.?|a\.?f\.?|e\.?f\.?)"
)
SPAN = (
    r"(?P<first>(?:20)?[2-9]\d)(?: ?[-\u2013\u2014/] ?| (?:a|al|to|au) )"
    r"(?P<last>(?:20)?\d\d)(?![-/\d])"
)
WRITTEN = re.compile(rf"(?:{FISCAL}|ano|year|annee|an)?\W{{0,3}}(?:{SPAN}|(?P<only>20\d\d))")
TITLED = re.compile(rf"\b{FISCAL}\W{{1,3}}(?:de |del |of )?(?:{SPAN}|(?P<only>20\d\d)\b)")
LONGEST = 200


def year_of(text: str) -> str:
    """ "Year 1" as 1, "FY2025-26" as 2025; an amount under the head "Year 1" is no year."""
    if AMOUNT.fullmatch(text):
        return ""
    found = YEAR.fullmatch(text.strip())
    if found:
        return found[1] or found[2]
    written = WRITTEN.fullmatch(_bare(text))
    return (_first(written) if written else "") or text


def year_in_name(name: str) -> str:
    """The year that the name of a sheet says, "" for none."""
    found = YEAR.search(name)
    return (found[1] or found[2]) if found else ""


def year_in_titles(rows: Sequence[Sequence[Value]]) -> str:
    """The one fiscal year that the titles above a table name as such; "" for none or several."""
    texts = [_bare(one) for row in rows for one in row if isinstance(one, str)]
    found = [TITLED.finditer(text) for text in texts if len(text) <= LONGEST]
    years = {year for many in found for one in many if (year := _first(one))}
    return years.pop() if len(years) == 1 else ""


def _first(found: re.Match[str]) -> str:
    """The first year of a span of two that follow each other, or the year alone; else ""."""
    if found["only"]:
        return found["only"]
    first, last = int(found["first"][-2:]), int(found["last"][-2:])
    return f"20{first:02}" if (first + 1) % 100 == last else ""


def _bare(text: str) -> str:
    """Lower case without accents; signs between the figures stay, unlike in `plain`."""
    return "".join(plain(one) or one for one in re.split(r"([^\w]+)", text.strip()) if one)
