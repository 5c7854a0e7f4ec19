"""The same answers for a million records: blocks and first scores in DuckDB, through Splink.

The core spells the values; DuckDB lays rows that share a key together, out of memory where it must.
The core learns the weights from these pairs, or evenly from some of them where there are many;
Splink scores all with them; what is likely enough is judged and explained by the core, so that
both doors give the same reasons. Needs the extra `scale` (Splink 5 and DuckDB).
Source: R. Linacre and others, Splink: Free software for probabilistic record linkage at scale,
International Journal of Population Data Science 7 (2022).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any

from monarca.engines import spelling
from monarca.engines.linkage import weighing
from monarca.engines.linkage.blocking import Blocks, rare_keys
from monarca.engines.linkage.columns import Column, Ints, Rows, rows_of
from monarca.engines.linkage.comparing import ALIKE, CLOSE
from monarca.engines.linkage.keys import families, sorts
from monarca.engines.linkage.kinds import APART
from monarca.engines.linkage.linking import learned_from, told, weighed
from monarca.engines.linkage.records import Answer, Field, Record, Refused, Step, checked
from monarca.engines.reasons import Reason

LEARNT_FROM = 1_000_000
"""Pairs that weights are learned from, about; every so-manieth of all that share a key."""

MEMORY, THREADS = "3GB", 2
"""What DuckDB may use before it writes to disk."""

MARGIN = 12.0
"""Bits: a first score may lie so far below the least one asked for, as rarity is not yet in it."""


def is_there() -> bool:
    """Is the extra `scale` installed?"""
    return find_spec("splink") is not None and find_spec("duckdb") is not None


def dedupe(
    records: Sequence[Record],
    fields: Sequence[Field],
    *,
    least: float = 0.5,
    progress: Step | None = None,
) -> Answer:
    """As the core's `dedupe`. Raises Refused, also where the extra is not installed."""
    return _answer([records], fields, least, progress)


def link(
    left: Sequence[Record],
    right: Sequence[Record],
    fields: Sequence[Field],
    *,
    least: float = 0.5,
    progress: Step | None = None,
) -> Answer:
    """As the core's `link`. Raises Refused, also where the extra is not installed."""
    return _answer([left, right], fields, least, progress)


def _answer(
    tables: Sequence[Sequence[Record]],
    fields: Sequence[Field],
    least: float,
    progress: Step | None,
) -> Answer:
    if not is_there():
        raise Refused(Reason("linkage.no_scale"))
    checked(tables, fields)
    rows = rows_of(tables, fields)
    likely = _likely(rows, least, progress)
    blocks = Blocks(likely.left, likely.right, likely.remarks)
    judged = weighed(rows, likely.left, likely.right, likely.weights)
    return replace(told(rows, blocks, judged, least=least), compared=likely.compared)


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs whose first score is not far below the least chance, of so many that were scored."""

    left: Ints
    right: Ints
    weights: weighing.Weights
    compared: int = 0
    remarks: tuple[Reason, ...] = ()


def _likely(rows: Rows, least: float, progress: Step | None) -> Likely:
    """What DuckDB lays together and Splink scores high enough, in the order of rows."""
    import duckdb
    import numpy as np

    empty = np.empty(0, np.int64)
    if len(rows) < 2:
        return Likely(empty, empty, learned_from(rows, empty, empty))
    with TemporaryDirectory() as folder, duckdb.connect(":memory:") as database:
        database.execute(f"SET memory_limit='{MEMORY}'; SET threads={THREADS}")
        database.execute(f"SET temp_directory='{folder}'; SET preserve_insertion_order=false")
        remarks = _lay_together(database, rows, progress)
        compared = int(database.execute("SELECT count(*) FROM blocked").fetchall()[0][0])
        weights = _learned(database, rows, compared)
        left, right = _scored(database, rows, weights, least) if compared else (empty, empty)
    order = np.lexsort((right, left))
    return Likely(left[order], right[order], weights, compared, remarks)


def _learned(database: Any, rows: Rows, compared: int) -> weighing.Weights:
    """Weights from the pairs of `blocked`, or from those of them that a remainder chooses.

    Pairs are chosen and not rows: of one row in seventeen both sides of a double are there once
    in 289 times.
    """
    import numpy as np

    share = -(-compared // LEARNT_FROM) or 1
    found = database.execute(
        "SELECT join_key_l, join_key_r FROM blocked "
        "WHERE (join_key_l * 7919 + join_key_r * 104729) % 1000003 % $share = 0 "
        "ORDER BY join_key_l, join_key_r",
        {"share": share},
    ).fetchnumpy()
    left, right = (np.asarray(found[f"join_key_{side}"], np.int64) for side in "lr")
    return learned_from(rows, left, right, times=share)


def _lay_together(database: Any, rows: Rows, progress: Step | None) -> tuple[Reason, ...]:
    """Fill the table `blocked` with every pair of rows that share a rare key."""
    import numpy as np

    database.execute("CREATE TABLE shared (one BIGINT, other BIGINT)")
    remarks: list[Reason] = []
    second = rows.first if rows.is_link else 0
    for place, family in enumerate(families(rows)):
        kept, remark = rare_keys(family, rows)
        remarks += remark
        keys = {"on_row": family.rows[kept], "on_key": family.keys[kept].astype(np.int64)}
        database.register("keyed", keys)
        database.execute(
            "INSERT INTO shared SELECT a.on_row, b.on_row FROM keyed a JOIN keyed b "
            "ON a.on_key = b.on_key AND a.on_row < b.on_row "
            "AND (a.on_row < $first) AND (b.on_row >= $second)",
            {"first": rows.first if rows.is_link else len(rows), "second": second},
        )
        database.unregister("keyed")
        if progress:
            progress(place + 1, sorts(rows))
    database.execute(
        "CREATE TABLE blocked AS SELECT DISTINCT '0' AS match_key, one AS join_key_l, "
        "other AS join_key_r FROM shared"
    )
    database.execute("DROP TABLE shared")
    return tuple(remarks)


def _scored(
    database: Any, rows: Rows, weights: weighing.Weights, least: float
) -> tuple[Ints, Ints]:
    """The pairs of `blocked` whose score by Splink is high enough, as rows."""
    import numpy as np
    import splink

    _lay_out(database, rows)
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row_number",
        probability_two_random_records_match=weights.same.chance,
        comparisons=[
            _comparison(column, weights, place) for place, column in enumerate(rows.columns)
        ],
        blocking_rules_to_generate_predictions=["1=0"],
        retain_matching_columns=False,
    )
    api = splink.DuckDBAPI(connection=database)
    linker = splink.Linker(api.register("laid_out"), settings, log_level=None)
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    odds = float(np.log2(max(least, 1e-9) / max(1 - least, 1e-9)))
    scores = linker.inference.predict(
        threshold_match_weight=odds - MARGIN, warning_mode="never"
    ).as_duckdbpyrelation()
    found = scores.select("row_number_l, row_number_r").fetchnumpy()
    ends = np.stack([np.asarray(found[f"row_number_{side}"], np.int64) for side in "lr"])
    return ends.min(axis=0), ends.max(axis=0)


def _lay_out(database: Any, rows: Rows) -> None:
    """The table `laid_out`: a row each, with the spellings that are compared."""
    import numpy as np

    cells: dict[str, Any] = {"row_number": np.arange(len(rows))}
    for place, column in enumerate(rows.columns):
        for part, values in enumerate(_parts_of(column)):
            spelled = np.array([*values, None], dtype=object)
            cells[f"f{place}_{part}"] = spelled[column.codes]
    database.register("cells", cells)
    database.execute("CREATE TABLE laid_out AS SELECT * FROM cells")
    database.unregister("cells")


def _parts_of(column: Column) -> list[list[str | None]]:
    """What is compared of each value: the value, then an acronym and initials, or a state."""
    first = [value.partition(APART)[0] or None for value in column.values]
    if column.field.kind == "name":
        whole = [" ".join(sorted((words or "").split())) or None for words in first]
        written = [value.partition(APART)[2] or None for value in column.values]
        letters = [spelling.initials(tuple((words or "").split())) or None for words in first]
        return [list(column.values), whole, written, letters]
    if column.field.kind == "place":
        states = [value.partition(APART)[2] or None for value in column.values]
        return [list(column.values), first, states]
    return [list(column.values)]


def _comparison(column: Column, weights: weighing.Weights, place: int) -> dict[str, Any]:
    """One field as Splink compares it, with its learned weights."""
    name = f"f{place}"
    told_apart = [
        {"sql_condition": f"{name}_0_l IS NULL OR {name}_0_r IS NULL", "is_null_level": True}
    ]
    kind = column.kind
    for level in range(len(kind.outcomes) - 1, -1, -1):
        condition = _condition(column.field.kind, kind.outcomes[level], name)
        told_apart.append(
            {
                "sql_condition": condition,
                "label_for_charts": kind.outcomes[level],
                "m_probability": float(weights.same.outcomes[place][level]),
                "u_probability": float(weights.strangers.outcomes[place][level]),
            }
        )
    return {"output_column_name": name, "comparison_levels": told_apart}


def _condition(kind: str, outcome: str, name: str) -> str:
    """When a field comes out so, as SQL; levels are asked from the most alike down."""
    if outcome == "different":
        return "ELSE"
    if outcome == "same" and kind != "name":
        return f"{name}_0_l = {name}_0_r"
    found = CONDITIONS[kind][outcome]
    return found.replace("#", name)


def _near(column: str, share: float) -> str:
    """Levenshtein's distance within a share of the longer value."""
    one, other = f"{column}_l", f"{column}_r"
    longer = f"greatest(length({one}), length({other}))"
    return f"levenshtein({one}, {other}) <= {1 - share:.2f} * {longer}"


def _sounds_near(column: str, share: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {share}"


def _slips(count: int) -> str:
    return f"damerau_levenshtein(#_0_l, #_0_r) <= {count}"


CONDITIONS: dict[str, dict[str, str]] = {
    "name": {
        "same": "#_1_l = #_1_r",
        "close": _near("#_1", CLOSE),
        "alike": _near("#_1", ALIKE),
        "initials": "#_2_l = #_2_r OR #_2_l = #_3_r OR #_3_l = #_2_r",
    },
    "person": {
        "close": _sounds_near("#_0", CLOSE),
        "part": "len(list_intersect(string_split(#_0_l, ' '), string_split(#_0_r, ' '))) >= 2",
        "alike": _sounds_near("#_0", ALIKE),
    },
    "id": {"close": _slips(1), "near": _slips(2)},
    "phone": {"close": _slips(1)},
    "email": {"close": _slips(1)},
    "place": {
        "close": _sounds_near("#_1", CLOSE),
        "region": "#_2_l = #_2_r",
    },
    "date": {"close": _slips(1), "near": _slips(2)},
    "postcode": {"close": _slips(1)},
    "text": {"close": _sounds_near("#_0", CLOSE), "alike": _sounds_near("#_0", ALIKE)},
}
