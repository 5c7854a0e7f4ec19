"""What one cell of a budget says: a calculation, thousands, a fiscal year, an example."""

import io
from decimal import Decimal

import pytest
from docx import Document

from monarca.engines.budgets import year_label
from monarca.engines.documents.budget_counts import Calculation, calculated, counted
from monarca.engines.documents.budget_ends import is_example
from monarca.engines.documents.budget_years import year_in_titles, year_of
from monarca.engines.documents.intake import Reading, read_file
from monarca.engines.packs.reading import read as pack
from tests.engines.documents.strangers import HOME
from tests.engines.documents.test_budget_shapes import Row, only, sheet
from tests.engines.documents.test_budgets import read

FORM = pack(HOME / "packs" / "cfli-mexico").definition


def letter(title: str, *rows: list[str]) -> Reading:
    """A letter whose one table is a budget."""
    paper = Document()
    paper.add_heading(title, 1)
    paper.add_paragraph("Taller de Barro Azul, A.C., Tlaquepaque. Del 1 de agosto al 30 de enero.")
    table = paper.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    held = io.BytesIO()
    paper.save(held)
    return read_file("carta.docx", held.getvalue(), FORM)


CALCULATIONS = [
    ("4 meses \u00d7 $9,500", 4, "meses", 9_500),
    ("4 months @ $9,500.00", 4, "months", 9_500),
    ("4 mois x 9 500 $", 4, "mois", 9_500),
    ("1 200 repas \u00d7 35,50 $", 1_200, "repas", Decimal("35.5")),
    ("4 meses por $9,500 = $38,000", 4, "meses", 9_500),
    ("3 personas x 2 días x $500", 6, "personas", 500),
    ("50 % \u00d7 8 mois \u00d7 9 500 $", 4, "mois", 9_500),
    ("$9,500/mes x 4", 4, "mes", 9_500),
    ("9 500 $ par mois \u00d7 4", 4, "mois", 9_500),
    ("4 mois à raison de 9 500 $", 4, "mois", 9_500),
    ("4 meses a razón de $9,500 mensuales", 4, "meses", 9_500),
    ("4x9500", 4, "", 9_500),
]


@pytest.mark.parametrize(("written", "quantity", "unit", "price"), CALCULATIONS)
def test_a_calculation_gives_quantity_unit_and_price(
    written: str, quantity: int, unit: str, price: Decimal
) -> None:
    found = calculated(written)
    assert found == Calculation(Decimal(quantity), unit, Decimal(price), "$" in written)


@pytest.mark.parametrize(
    "text",
    ["Taller de 3 días", "Tubo 3 x 4", "7", "", "2 \u00d7 $5 \u00d7 $6", "Malla \u00d7 rollo"],
)
def test_other_words_are_no_calculation(text: str) -> None:
    assert calculated(text) is None


@pytest.mark.parametrize(
    ("what", "how", "much", "fund"),
    [
        ("Concepto", "Cálculo", "Total", "FCIL"),
        ("Item", "Calculation", "Total", "CFLI"),
        ("Poste", "Détail du calcul", "Total", "FCIL"),
    ],
)
def test_a_column_of_calculations_is_three_columns(
    what: str, how: str, much: str, fund: str
) -> None:
    budget = sheet(
        [what, how, much, fund],
        ["Torno", "2 piezas \u00d7 $40", 80, 80],
        ["Maestra", "3 meses \u00d7 $20", 60, 40],
        ["Fletes", "—", 10, 10],
        ["Total", None, 150, 130],
    )
    assert [(one.quantity, one.unit, one.unit_cents, one.cents) for one in budget.lines] == [
        (2, "piezas", 4_000, 8_000),
        (3, "meses", 2_000, 6_000),
        (None, "", None, 1_000),
    ]
    assert (budget.stated_total_cents, budget.problems) == (15_000, ())


@pytest.mark.parametrize(
    ("written", "unit", "total", "quantity"),
    [
        ("3,000", None, None, 3_000),
        ("3,000 ladrillos", 2, 6_000, 3_000),
        ("12,500.50", None, None, Decimal("12500.50")),
        ("2 400 briques", None, None, 2_400),
        ("2.400 ladrillos", 2, 4_800, 2_400),
        ("2.400 kg", None, None, Decimal("2.4")),
        ("2,500", 4, 10, Decimal("2.5")),
        ("1,5 mois", None, None, Decimal("1.5")),
        ("0.125", None, None, Decimal("0.125")),
        ("8 meses", None, None, 8),
    ],
)
def test_the_product_tells_thousands_from_decimals(
    written: str, unit: int | None, total: int | None, quantity: Decimal
) -> None:
    price, whole = (None if one is None else Decimal(one) for one in (unit, total))
    assert counted(written, price, whole) == quantity


def test_a_quantity_in_thousands_stands_in_a_letter() -> None:
    read = letter(
        "Presupuesto",
        ["Concepto", "Cantidad", "Unidad", "Precio", "Total", "Fondo Canadá"],
        ["Ladrillos", "3,000", "piezas", "$2.50", "$7,500.00", "$7,500.00"],
        ["Maestra", "2", "meses", "$5,000.00", "$10,000.00", "$10,000.00"],
    )
    assert read.budget is not None
    assert [one.quantity for one in read.budget.lines] == [3_000, 2]


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Anexo C. Presupuesto", ["Concepto", "Cálculo", "Total (MXN)", "FCIL", "Nosotras"]),
        ("Annex 3 – Budget", ["Item", "Calculation", "Total (MXN)", "CFLI", "From us"]),
        ("Annexe III : Budget", ["Poste", "Calcul", "Total (MXN)", "FCIL", "Apport propre"]),
        ("Anexo 4. Presupuesto", ["Concepto", "Notas", "Costo total", "FCIL", "Nosotras"]),
    ],
)
def test_a_letter_that_only_brings_a_budget_answers_no_question(
    title: str, head: list[str]
) -> None:
    read = letter(
        title,
        head,
        ["Torno", "2 \u00d7 $4,000", "$8,000.00", "$8,000.00", "—"],
        ["Maestra", "3 \u00d7 $2,000", "$6,000.00", "$4,000.00", "$2,000.00"],
        ["Fletes", "1 \u00d7 $500", "$500.00", "$500.00", "—"],
        ["Total", "", "$14,500.00", "$12,500.00", "$2,000.00"],
    )
    assert read.fields == ()
    assert read.budget is not None
    assert read.budget.stated_total_cents == 1_450_000


YEARS = [
    ("2026-27", "2026"),
    ("2026/2027", "2026"),
    ("2026 – 2027", "2026"),
    ("26/27", "2026"),
    ("FY2026-27", "2026"),
    ("F.Y. 2026/27", "2026"),
    ("EF 2026-2027", "2026"),
    ("AF 2026-2027", "2026"),
    ("Año fiscal 2026", "2026"),
    ("Ejercicio 2026", "2026"),
    ("Exercice financier 2026-2027", "2026"),
    ("2026 a 2027", "2026"),
    ("2026", "2026"),
    ("Year 2", "2"),
    ("2026-2029", "2026-2029"),
    ("2026-07", "2026-07"),
    ("primer semestre", "primer semestre"),
    ("4500", ""),
]


@pytest.mark.parametrize(("written", "year"), YEARS)
def test_a_fiscal_year_is_its_first_calendar_year(written: str, year: str) -> None:
    assert year_of(written) == year


def test_a_year_read_from_a_budget_is_the_fiscal_year_that_the_checks_know() -> None:
    years = ("2026-2027", "2027-2028")
    for written in ("2026-27", "FY2026-27", "EF 2026/2027"):
        assert year_label(year_of(written), years) == "2026-2027"
    assert year_label(year_of("Year 2"), years) == "2027-2028"


TITLES = [
    ("Presupuesto del ejercicio fiscal 2026-2027", "2026"),
    ("Budget, fiscal year 2026/27 (CAD)", "2026"),
    ("Prévisions – année financière 2026-2027", "2026"),
    ("FY 2026-27", "2026"),
    ("FY 2026-27 and FY 2027-28", ""),
    ("Presupuesto 2026", ""),
    ("1 July 2026 to 28 February 2027", ""),
    ("San Francisco 2026", ""),
]


@pytest.mark.parametrize(("title", "year"), TITLES)
def test_a_fiscal_year_in_the_title_counts_for_every_line(title: str, year: str) -> None:
    assert year_in_titles([[title]]) == year
    head = ["Item", "Qty", "Unit cost", "Total"]
    assert only(sheet([title], [], head, ["Torno", 2, 50, 100])).fiscal_year == year


EXAMPLES = [
    "EXAMPLE ONLY: potter",
    "Example row",
    "For example only",
    "Sample: clay",
    "Sample row - clay",
    "e.g. row",
    "Just an example",
    "Ejemplo: renta",
    "Solo ejemplo",
    "Es un ejemplo",
    "A modo de ejemplo: torno",
    "Renglón de ejemplo",
    "Exemple seulement : argile",
    "Ligne d'exemple : argile",
    "À titre d'exemple : argile",
]
LINES = [
    "Materiales, por ejemplo, barro y esmalte",
    "Por ejemplo, barro",
    "Tools, for example brushes",
    "Matériel, par exemple des pinceaux",
    "Sample collection in the river",
    "Muestra de cine comunitario",
    "Muestra (3 días)",
    "Ejemplares impresos",
    "Es un ejemplo de vida, mural",
    "For examples of good practice, printing",
    "Illustration : affiche",
]


@pytest.mark.parametrize(
    ("text", "is_one"), [(one, True) for one in EXAMPLES] + [(one, False) for one in LINES]
)
def test_examples_to_delete_are_told_from_lines_that_give_examples(text: str, is_one: bool) -> None:
    budget = sheet(
        ["Category", "Item", "Qty", "Unit cost", "Total", "CFLI"],
        ["Equipment", text, 2, 50, 100, 100],
        ["Equipment", "Torno", 1, 30, 30, 30],
    )
    assert is_example([text], [text]) is is_one
    assert len(budget.lines) == (1 if is_one else 2)


def test_an_example_may_be_marked_in_another_cell() -> None:
    budget = sheet(
        ["Item", "Qty", "Unit cost", "Total", "CFLI", "Notes"],
        ["Potter", 2, 50, 100, 100, "EXAMPLE ONLY"],
        ["Clay", 1, 30, 30, 30, "for example from Tonalá"],
    )
    assert [one.description for one in budget.lines] == ["Clay"]


def test_measures_of_a_thing_are_no_calculation_unless_they_make_its_cost() -> None:
    sizes = sheet(["Concepto", "Medidas", "Total"], ["Lona", "3 x 4", 100], ["Malla", "2 x 5", 30])
    assert [one.quantity for one in sizes.lines] == [None, None]
    costs = sheet(
        ["Concepto", "Desglose", "Total"], ["Lona", "3 x 40", 120], ["Malla", "2 x 15", 30]
    )
    assert [(one.quantity, one.unit_cents) for one in costs.lines] == [(3, 4_000), (2, 1_500)]


def test_two_sheets_may_tell_their_years_in_their_titles() -> None:
    head: Row = ["Item", "Qty", "Unit cost", "Total", "CFLI"]
    budget = read(
        ("Hoja1", [["Budget, fiscal year 2026-27"], head, ["Torno", 2, 50, 100, 100]]),
        ("Hoja2", [["Budget, fiscal year 2027-28"], head, ["Horno", 1, 30, 30, 30]]),
    )
    assert [(one.description, one.fiscal_year) for one in budget.lines] == [
        ("Torno", "2026"),
        ("Horno", "2027"),
    ]


def test_the_year_of_a_line_stands_before_that_of_the_title() -> None:
    lines = sheet(
        ["Presupuesto del ejercicio fiscal 2026-2027"],
        ["Concepto", "AF", "Cantidad", "Costo unitario", "Total"],
        ["Torno", "2027/28", 2, 50, 100],
        ["Horno", None, 1, 30, 30],
    ).lines
    assert [one.fiscal_year for one in lines] == ["2027", "2026"]
