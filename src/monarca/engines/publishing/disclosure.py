"""What is told about one agreement: a frozen model that every writer reads and none changes.

Amounts are whole cents of Canadian dollars. Texts are `{language: text}` with at least `en`
and `fr`, the two that the Access to Information Act needs, and `es` where there is one. Nothing
here reads a clock, and nobody's name, address or telephone number has a place in it: a contact
is a mailbox of the publisher.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Texts = Mapping[str, str]
"""One text in several languages, keyed by two-letter code."""

LANGUAGES = ("en", "fr", "es")

MARKER_OF_SIGNIFICANCE = {"3": "8", "4": "9"}
"""Significance 3 belongs to desertification (8) and 4 to mother and child health (9)."""


class Redaction(StrEnum):
    """How much of an agreement is told (standards 1.7); decided by an officer, per agreement."""

    FULL = "full"
    AGGREGATED = "aggregated"
    ANONYMISED = "anonymised"
    WITHHELD = "withheld"


def no_texts() -> Texts:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation as IATI names it; `kind` is an OrganisationType code, such as 24."""

    names: Texts
    kind: str
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An organisation beside publisher and recipient; `role` is an OrganisationRole, 1 to 4."""

    role: str
    organisation: Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who receives the money.

    `letter` is Canada's recipient type (F N S A G I P O), `kind` IATI's OrganisationType,
    `channel` a CRS channel code (23000: developing-country NGO). `country` is ISO alpha-2.
    """

    names: Texts
    letter: str
    kind: str
    city: Texts
    country: str
    operating_names: Texts = field(default_factory=no_texts)
    ref: str = ""
    channel: str = "23000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One state of the agreement: 0 is the original, then 1, 2 and so on without a gap.

    `total_cents` is the whole value after this amendment, not the change.
    """

    number: int
    signed_on: date
    total_cents: int
    ends_on: date
    note: Texts = field(default_factory=no_texts)
    is_termination: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money meant for a period; `status` 1 indicative, 2 committed; `kind` 1 original, 2 revised.

    `valued_on` defaults to the first day of the period.
    """

    starts_on: date
    ends_on: date
    cents: int
    status: str = "2"
    kind: str = "1"
    valued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A planned payment, between two days."""

    starts_on: date
    ends_on: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """Money that moved; `kind` is a TransactionType (3 disbursement, 4 expenditure, 1 incoming).

    A refund is a disbursement below zero. Commitments are not given here: writers derive them
    from the amendments.
    """

    reference: str
    kind: str
    on: date
    cents: int
    valued_on: date | None = None
    description: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A share of the agreement's purpose; `vocabulary` 1 is OECD DAC, 5 digits.

    Shares of one vocabulary add up to 100; a single sector may leave its share out (None).
    Vocabularies 98 and 99 are ours and need a name.
    """

    code: str
    percentage: Decimal | int | None = None
    vocabulary: str = "1"
    names: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A policy marker (1 gender, 6 mitigation, ...) and its significance: 0, 1 or 2.

    0 says screened and not aimed at; an unscreened marker is left out. Raises ValueError for a
    significance 3 or 4 at a marker other than its own.
    """

    code: str
    significance: str
    vocabulary: str = "1"

    def __post_init__(self) -> None:
        own = MARKER_OF_SIGNIFICANCE.get(self.significance, self.code)
        if self.vocabulary == "1" and own != self.code:
            raise ValueError(f"marker {self.code} has no significance {self.significance}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A label: vocabulary 2 is an SDG goal, 3 an SDG target, 99 our own (needs `uri`)."""

    code: str
    vocabulary: str = "2"
    names: Texts = field(default_factory=no_texts)
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A state, never anything smaller; `code` is ISO 3166-2, such as MX-OAX.

    `geonames` is the state's number in GeoNames, where known.
    """

    code: str
    names: Texts
    geonames: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number of an indicator, whole or for one group: `dimensions` are (name, value) pairs.

    `amount` is None for a qualitative indicator, whose finding stands in `comment`.
    """

    amount: Decimal | int | None
    dimensions: tuple[tuple[str, str], ...] = ()
    comment: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    year: int
    value: Value
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What was hoped for and what was reached between two days; totals first, then groups."""

    starts_on: date
    ends_on: date
    targets: tuple[Value, ...] = ()
    actuals: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`measure` is an IndicatorMeasure: 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 quality."""

    title: Texts
    measure: str = "1"
    is_ascending: bool = True
    description: Texts = field(default_factory=no_texts)
    baselines: tuple[Baseline, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`kind` is a ResultType: 1 output, 2 outcome, 3 impact, 9 other; at least one indicator."""

    kind: str
    title: Texts
    indicators: tuple[Indicator, ...]
    description: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A public document; `media` is its media type, `category` a DocumentCategory code."""

    url: str
    media: str
    category: str
    title: Texts
    languages: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """Texts an officer wrote anew for an agreement told without its recipient."""

    title: Texts = field(default_factory=no_texts)
    summary: Texts = field(default_factory=no_texts)
    expected_results: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes. `ref` is the IATI organisation id and the prefix of every activity's id."""

    ref: str
    names: Texts
    kind: str = "10"
    country: str = "CA"
    mailbox: str = ""
    website: str = ""


DEMO_PUBLISHER = Publisher(
    ref="XM-MONARCA-DEMO",
    names={
        "en": "Monarca demonstration fund",
        "fr": "Fonds de démonstration Monarca",
        "es": "Fondo de demostración Monarca",
    },
)
"""An invented publisher for the sample year; no agency gave out this identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One mission's year of the fund: the parent (hierarchy 1) of its agreements in IATI.

    `name` and `purpose` are the fund's (Canada's prog_name, prog_purpose); `title` is this
    mission's year. `identifier` follows the publisher's prefix. `country` is ISO alpha-2.
    """

    identifier: str
    name: Texts
    purpose: Texts
    title: Texts
    country: str
    starts_on: date
    ends_on: date
    updated_at: datetime
    sectors: tuple[Sector, ...]
    status: str = "2"
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of an envelope that is told apart, such as a call: whose it is, and how much."""

    ref: str
    names: Texts
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Money set aside for a period and a country (ISO alpha-2); `status` as a Budget's.

    `lines` are parts of it; they need not come to the whole.
    """

    starts_on: date
    ends_on: date
    cents: int
    country: str = ""
    status: str = "2"
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One agreement with all that may be told of it.

    `identifier` is the part of the IATI identifier after the publisher's prefix and `reference`
    Canada's ref_number; neither ever changes. `alias` replaces identifier and agreement number
    where the recipient is kept out: random letters, told nowhere else. `status` is an
    ActivityStatus code. `updated_at` has a zone.
    """

    identifier: str
    reference: str
    agreement_number: str
    programme: str
    status: str
    title: Texts
    summary: Texts
    expected_results: Texts
    recipient: Recipient
    amendments: tuple[Amendment, ...]
    starts_on: date
    updated_at: datetime
    sectors: tuple[Sector, ...]
    redaction: Redaction = Redaction.WITHHELD
    alias: str = ""
    rewriting: Rewriting = field(default_factory=Rewriting)
    agreement_type: str = "C"
    country: str = "MX"
    region: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    objectives: Texts = field(default_factory=no_texts)
    target_groups: Texts = field(default_factory=no_texts)
    additional: Texts = field(default_factory=no_texts)
    participants: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    markers: tuple[Marker, ...] = ()
    tags: tuple[Tag, ...] = ()
    budgets: tuple[Budget, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    results: tuple[Result, ...] = ()
    documents: tuple[Document, ...] = ()
    industry: str = ""

    @property
    def signed_on(self) -> date:
        """The last signature of the original agreement."""
        return self.amendments[0].signed_on

    @property
    def ends_on(self) -> date:
        """The end as the last amendment has it."""
        return self.amendments[-1].ends_on

    @property
    def total_cents(self) -> int:
        """The agreement's value after its last amendment."""
        return self.amendments[-1].total_cents
