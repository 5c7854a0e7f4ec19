"""Random agreements as an embassy might have them: consistent in dates and sums, wild in words."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from monarca.engines.publishing.disclosure import (
    Amendment,
    Baseline,
    Budget,
    Disclosure,
    Document,
    Indicator,
    Instalment,
    Marker,
    Organisation,
    Participant,
    Period,
    Place,
    Recipient,
    Redaction,
    Result,
    Sector,
    Tag,
    Texts,
    Transaction,
    Value,
)
from monarca.engines.publishing.wording import clean
from tests.engines.publishing.samples import told

DAC = ("15170", "15160", "14015", "41010", "15220", "11110")
FIRST, LAST = date(2018, 4, 1), date(2025, 3, 31)

wild = st.text(max_size=40) | st.sampled_from(
    [
        "=1+1",
        "a|b;c",
        "-x",
        "\x00\x0b",
        "]]>&<",
        "e\u0301",
        "@",
        "\r\n\tx",
        "'",
        '"',
        "\ud83d\udca7",
    ]
)
words = wild.map(lambda text: clean(f"Word {text}"))
codes = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", min_size=4, max_size=10)
cents = st.integers(0, 10**8)
numbers = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=3)


@st.composite
def texts(draw: st.DrawFn) -> Texts:
    """English and French that differ, Spanish now and then, wild signs in each."""
    said = {"en": f"EN {draw(wild)} en", "fr": f"{draw(wild)} FR fr"}
    return said | ({"es": draw(wild)} if draw(st.booleans()) else {})


def days(first: date = FIRST, last: date = LAST) -> st.SearchStrategy[date]:
    return st.dates(min_value=first, max_value=last)


@st.composite
def sectors(draw: st.DrawFn) -> tuple[Sector, ...]:
    chosen = draw(st.lists(st.sampled_from(DAC), min_size=1, max_size=4, unique=True))
    if len(chosen) == 1:
        return (Sector(code=chosen[0], percentage=draw(st.sampled_from([None, 100]))),)
    cuts = sorted(
        draw(st.sets(st.integers(1, 9999), min_size=len(chosen) - 1, max_size=len(chosen) - 1))
    )
    edges = [0, *cuts, 10_000]
    shares = [Decimal(after - before).scaleb(-2) for before, after in itertools.pairwise(edges)]
    return tuple(
        Sector(code=code, percentage=share) for code, share in zip(chosen, shares, strict=True)
    )


@st.composite
def amendments(draw: st.DrawFn) -> tuple[Amendment, ...]:
    signed = sorted(draw(st.lists(days(), min_size=1, max_size=4)))
    return tuple(
        Amendment(
            number=number,
            signed_on=day,
            total_cents=draw(cents),
            ends_on=signed[0] + timedelta(draw(st.integers(0, 900))),
            note=draw(texts()),
            is_termination=number > 0 and draw(st.booleans()),
        )
        for number, day in enumerate(signed)
    )


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    measure = draw(st.sampled_from("12345"))
    amount = st.none() if measure == "5" else numbers
    value = st.builds(
        Value,
        amount=amount,
        comment=texts(),
        dimensions=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    )
    several = st.lists(value, max_size=3).map(tuple)
    start = draw(days())
    period = Period(
        starts_on=start,
        ends_on=start + timedelta(draw(st.integers(0, 400))),
        targets=draw(several),
        actuals=draw(several),
    )
    baseline = Baseline(year=start.year, value=draw(value), on=draw(st.none() | days()))
    return Indicator(title=draw(texts()), measure=measure, baselines=(baseline,), periods=(period,))


results = st.builds(
    Result,
    kind=st.sampled_from("1239"),
    title=texts(),
    description=texts(),
    indicators=st.lists(indicators(), min_size=1, max_size=2).map(tuple),
)
recipients = st.builds(
    Recipient,
    names=texts() | words.map(lambda name: {"es": name}),
    letter=st.sampled_from("FNSAGIO"),
    kind=st.sampled_from(["22", "24", "80"]),
    city=words.map(lambda name: {"es": name}),
    country=st.just("MX"),
    operating_names=texts(),
    ref=st.sampled_from(["", "MX-RFC-ACE010203AB1"]),
)
budgets = st.builds(
    lambda start, length, money: Budget(
        starts_on=start, ends_on=start + timedelta(length), cents=money
    ),
    days(),
    st.integers(0, 800),
    cents,
)
instalments = st.builds(
    lambda start, length, money: Instalment(
        starts_on=start, ends_on=start + timedelta(length), cents=money
    ),
    days(),
    st.integers(0, 200),
    cents,
)
transactions = st.builds(
    Transaction,
    reference=codes,
    kind=st.sampled_from(["1", "3", "4"]),
    on=days(),
    cents=st.integers(-(10**7), 10**7),
    valued_on=st.none() | days(),
    description=texts(),
)


def few[T](strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


@st.composite
def disclosures(draw: st.DrawFn, identifier: str = "CFLI-1") -> Disclosure:
    changed = draw(amendments())
    start = draw(days(changed[0].signed_on, max(changed[0].signed_on, LAST)))
    last = max(start, changed[-1].ends_on)
    changed = (*changed[:-1], replace(changed[-1], ends_on=last))
    began = draw(st.none() | days())
    return told(
        identifier=identifier,
        reference=f"052-{identifier}",
        agreement_number=draw(codes),
        alias=draw(codes),
        status=draw(st.sampled_from("123456")),
        redaction=draw(st.sampled_from([Redaction.FULL, Redaction.ANONYMISED])),
        title=draw(texts()),
        summary=draw(texts()),
        expected_results=draw(texts()),
        objectives=draw(texts() | st.just({})),
        additional=draw(texts() | st.just({})),
        recipient=draw(recipients),
        amendments=changed,
        starts_on=start,
        started_on=began,
        ended_on=began and draw(st.none() | days(began)),
        sectors=draw(sectors()),
        markers=draw(
            few(
                st.builds(
                    Marker,
                    code=st.sampled_from(["1", "2", "6"]),
                    significance=st.sampled_from("012"),
                )
            )
        ),
        tags=draw(few(st.builds(Tag, code=st.sampled_from(["5", "6", "16"]), names=texts()))),
        places=draw(few(st.builds(Place, code=st.just("MX-OAX"), names=texts()))),
        participants=draw(
            few(
                st.builds(
                    Participant,
                    role=st.sampled_from("123"),
                    organisation=st.builds(Organisation, names=texts(), kind=st.just("10")),
                )
            )
        ),
        budgets=draw(few(budgets)),
        instalments=draw(few(instalments)),
        transactions=draw(few(transactions)),
        results=draw(few(results)),
        documents=draw(
            few(
                st.builds(
                    Document,
                    url=st.just("https://example.org/a%20b?c=1&d=2"),
                    media=st.just("text/html"),
                    category=st.just("A01"),
                    title=texts(),
                )
            )
        ),
    )
