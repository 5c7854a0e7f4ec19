"""Which records are one and the same, and which texts were copied? Chances with their reasons.

The problem: in one table (`dedupe`) or across two (`link`), find the pairs of records that name one
organisation or person although they were written by different hands, with no labelled example. Each
pair gets a probability and the weight of every comparison; groups are suggestions, nothing is ever
merged. And among texts (`copied`), find who took a passage from whom, with the places in both.

The method: values are spelled alike (`monarca.engines.spelling`); records that share a key which
not too many share are compared (`blocking`); rapidfuzz measures; Fellegi and Sunter's weights are
learned by expectation-maximisation over all pairs of the tables, with a third class for kin
(`weighing`); texts are winnowed into fingerprints (`prints`), and what more texts share than could
have copied it is dropped (`copying`). `scale` gives the same answers through Splink and DuckDB.

Complexity: with n records and f fields, O(f² n log n) for the keys, at most max(40,000, n) pairs a
family of keys, a few passes over the compared pairs; memory linear in both. Texts: linear in the
words, then in the fingerprints that few texts share. The order of rows never matters.

Sources: Fellegi and Sunter, JASA 64 (1969); Winkler (1988, 1989); Schleimer, Wilkerson and Aiken,
SIGMOD 2003; Linacre and others, IJPDS 7 (2022).
"""

from monarca.engines.linkage.copying import Copy, Passage, Text, copied
from monarca.engines.linkage.linking import dedupe, link
from monarca.engines.linkage.prints import Print, fingerprints
from monarca.engines.linkage.records import (
    ORGANISATIONS,
    Answer,
    Field,
    Group,
    Level,
    Model,
    Pair,
    Record,
    Refused,
    Weighed,
)

CODES = (
    "linkage.prior",
    "linkage.same",
    "linkage.name_same",
    "linkage.name_close",
    "linkage.name_initials",
    "linkage.person_part",
    "linkage.one_slip",
    "linkage.two_slips",
    "linkage.place_same",
    "linkage.place_close",
    "linkage.place_region",
    "linkage.different",
    "linkage.kin",
    "linkage.whole",
    "linkage.chain",
    "linkage.too_common",
    "linkage.copied",
    "linkage.no_field",
    "linkage.too_many_fields",
    "linkage.unknown_kind",
    "linkage.field_twice",
    "linkage.id_twice",
    "linkage.no_scale",
)

__all__ = [
    "CODES",
    "ORGANISATIONS",
    "Answer",
    "Copy",
    "Field",
    "Group",
    "Level",
    "Model",
    "Pair",
    "Passage",
    "Print",
    "Record",
    "Refused",
    "Text",
    "Weighed",
    "copied",
    "dedupe",
    "fingerprints",
    "link",
]
