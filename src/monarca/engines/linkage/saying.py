"""The reasons of a pair as data: one for the chance at first, one for each comparison."""

from monarca.engines.linkage.records import Field
from monarca.engines.reasons import Reason

OUTCOMES = {
    "name": {
        "same": "linkage.name_same",
        "close": "linkage.name_close",
        "alike": "linkage.name_close",
        "initials": "linkage.name_initials",
        "different": "linkage.different",
    },
    "person": {
        "same": "linkage.name_same",
        "close": "linkage.name_close",
        "part": "linkage.person_part",
        "alike": "linkage.name_close",
        "different": "linkage.different",
    },
    "id": {
        "same": "linkage.same",
        "close": "linkage.one_slip",
        "near": "linkage.two_slips",
        "different": "linkage.different",
    },
    "phone": {
        "same": "linkage.same",
        "close": "linkage.one_slip",
        "different": "linkage.different",
    },
    "email": {
        "same": "linkage.same",
        "close": "linkage.one_slip",
        "different": "linkage.different",
    },
    "place": {
        "same": "linkage.place_same",
        "close": "linkage.place_close",
        "region": "linkage.place_region",
        "different": "linkage.different",
    },
    "date": {
        "same": "linkage.same",
        "close": "linkage.one_slip",
        "near": "linkage.two_slips",
        "different": "linkage.different",
    },
    "postcode": {
        "same": "linkage.same",
        "close": "linkage.one_slip",
        "different": "linkage.different",
    },
    "text": {
        "same": "linkage.same",
        "close": "linkage.name_close",
        "alike": "linkage.name_close",
        "different": "linkage.different",
    },
}


def prior_reason(chance: float) -> Reason:
    """How likely two records taken at random are the same: one pair in so many."""
    return Reason("linkage.prior", {"pairs": max(1, round(1 / max(chance, 1e-12)))})


def kin_reason(bits: float) -> Reason:
    """How much less likely it is because kin (a sister organisation, a household) look so too."""
    return Reason("linkage.kin", {"bits": round(bits, 1)})


def outcome_reason(field: Field, outcome: str, likeness: float, rows: int, bits: float) -> Reason:
    """How one field came out. `rows` is how many records have the value, `bits` what it weighs."""
    code = OUTCOMES[field.kind][outcome]
    values: dict[str, str | int | float] = {"field": field.name, "bits": round(bits, 1)}
    if outcome == "same":
        values["records"] = rows
    if code == "linkage.name_close":
        values["alike_share"] = round(likeness, 3)
    return Reason(code, values)
