"""Papers for the tests: an agreement in three languages, a receipt, and one instant."""

from datetime import UTC, datetime

import pytest

from monarca.engines.documents.writing.shapes import (
    Article,
    Document,
    Fact,
    Language,
    Party,
    Signature,
    Table,
)

AT = datetime(2024, 5, 3, 16, 30, tzinfo=UTC)
NASTY = (
    r"Colectivo # $x$ *fuerte* _b_ @ref <etiqueta> \alfa // /* nada */ `c` [l] {d} ~ = + - &amp; %"
)


def make_table(**changes: object) -> Table:
    values: dict[str, object] = {
        "caption": "Calendario de pagos",
        "head": ("Condición", "Porcentaje", "Monto CAD"),
        "rows": (("A la firma", "60 %", "27,000.00"), ("Informe final", "40 %", "18,000.00")),
        "numeric": (1, 2),
        "foot": ("Total", "100 %", "45,000.00"),
    }
    return Table(**(values | changes))  # type: ignore[arg-type]


def make_agreement(language: Language = "es", **changes: object) -> Document:
    values: dict[str, object] = {
        "language": language,
        "title": "Acuerdo de contribución",
        "subtitle": "Red de promotoras de la salud mixe",
        "number": "CFLI-MX-2024-0017",
        "date": "3 de mayo de 2024",
        "author": "Embajada de Canadá en México",
        "parties": (
            Party(role="la Embajada", name="Embajada de Canadá", lines=("Schiller 529",)),
            Party(role="la organización", name="Mujeres Ayuuk, A. C.", lines=("RFC MAA0102031B2",)),
        ),
        "articles": (
            Article(
                key="amount",
                title="Monto",
                text="Hasta **CAD 45,000.00**.\n\nLa organización:\n\n- rinde cuentas;\n- guarda facturas.",
                tables=(make_table(),),
            ),
            Article(key="audit", title="Auditoría", text="Puede auditarse.", check=True),
        ),
        "signatures": (
            Signature(party="la Embajada", name="Ana Roy", title="Jefa de misión"),
            Signature(party="la organización", name="Eva Díaz", signed="Firmado el 4 de mayo"),
        ),
        "annexes": (Article(key="plan", title="Plan de trabajo", text="Doce talleres."),),
        "footer": "Fondo Canadá para Iniciativas Locales",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def make_receipt(**changes: object) -> Document:
    values: dict[str, object] = {
        "language": "es",
        "title": "Acuse de recibo",
        "number": "CFLI-MX-2024-A-0031",
        "facts": (
            Fact(label="Organización", value=NASTY),
            Fact(
                label="SHA-256",
                value="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
        ),
        "text": "Recibimos su solicitud.",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def at() -> datetime:
    return AT
