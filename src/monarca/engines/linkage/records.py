"""What is compared and what comes out: records and fields in, pairs, steps and groups out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monarca.engines.reasons import Reason

Step = Callable[[int, int], None]
"""What long work calls now and then: how much is done, of how much."""

KINDS = ("name", "person", "id", "phone", "email", "place", "date", "postcode", "text")


class Refused(Exception):
    """The question cannot be asked so: `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to compare: what it is called, of which kind, and the columns it is read from.

    `name` may have a second column, the acronym; `place` a second one, the state. Other kinds join
    their columns. Without columns the field's own name is the column.
    """

    name: str
    kind: str
    columns: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        return self.columns or (self.name,)


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its id, unique in its table, and its cells by column."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)


ORGANISATIONS = (
    Field("name", "name", ("name", "acronym")),
    Field("representative", "person"),
    Field("rfc", "id"),
    Field("clabe", "id"),
    Field("phone", "phone"),
    Field("email", "email"),
    Field("municipality", "place", ("municipality", "state")),
)
"""The fields of a table of Mexican organisations whose columns have these names."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One comparison of a pair: how it came out, and how many bits it adds to the odds."""

    field: str
    outcome: str
    bits: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be the same, the chance that they are, and what makes it so.

    `bits` is the logarithm to base 2 of the odds: the sum of the steps, the first of which is the
    chance before anything is compared.
    """

    left: str
    right: str
    probability: float
    bits: float
    steps: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that hang together, as a suggestion; `weakest` is the least chance that holds it.

    Each member is (table, id): table 0, or 1 for the second of two tables.
    """

    members: tuple[tuple[int, str], ...]
    weakest: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Level:
    """What one outcome of a comparison weighs: its share among same and among different pairs."""

    field: str
    outcome: str
    same_share: float
    different_share: float
    bits: float


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: the chance of two records taken at random, and every weight."""

    chance: float
    levels: tuple[Level, ...]
    rounds: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Pairs from the likeliest down, groups as suggestions, and how they were found.

    `compared` pairs were looked at, of `possible`; `remarks` names the keys that too many share.
    """

    pairs: tuple[Pair, ...] = ()
    groups: tuple[Group, ...] = ()
    model: Model = Model(0.0, (), 0)
    compared: int = 0
    possible: int = 0
    remarks: tuple[Reason, ...] = ()


def checked(tables: Sequence[Sequence[Record]], fields: Sequence[Field]) -> None:
    """Raises Refused: no field, an unknown kind, a field named twice, an id used twice."""
    if not fields:
        raise Refused(Reason("linkage.no_field"))
    if len(fields) > 20:
        raise Refused(Reason("linkage.too_many_fields", {"most": 20}))
    for each in fields:
        if each.kind not in KINDS:
            values = {"field": each.name, "kind": each.kind, "kinds": ", ".join(KINDS)}
            raise Refused(Reason("linkage.unknown_kind", values))
    if twice := _repeated(each.name for each in fields):
        raise Refused(Reason("linkage.field_twice", {"field": twice}))
    for table in tables:
        if twice := _repeated(record.id for record in table):
            raise Refused(Reason("linkage.id_twice", {"id": twice}))


def _repeated(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name or "“”"
        seen.add(name)
    return ""
