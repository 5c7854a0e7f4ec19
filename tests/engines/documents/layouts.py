"""Filled forms in the layouts real ones have, each with the answers a person sees in it."""

from collections.abc import Callable

from tests.engines.documents import building as make

type Made = tuple[bytes, dict[str, object]]


def cad(units: int) -> dict[str, object]:
    return {"cents": units * 100, "currency": "CAD"}


def two_columns() -> Made:
    """Spanish, labels left, answers right, everyday words, two kinds of boxes, repeat tables."""
    doc = make.new()
    doc.add_heading("Solicitud de apoyo · Fondo Canadá", 0)
    doc.add_paragraph("1. Su proyecto")
    rows = [
        ("1.1 Nombre de su proyecto", "Agua limpia para las escuelas de la Mixteca"),
        ("1.2 ¿En qué lugares van a trabajar?", "Oaxaca, Tlaxiaco"),
        ("1.3 ¿Cuándo arranca?", ""),
        ("1.4 Fecha de inicio", "1 de junio de 2024"),
        ("1.5 Fecha en que termina", "28/02/2025"),
        ("1.6 ¿Cuánto dinero le piden al Fondo Canadá?", "$42,500.00 dólares canadienses"),
        ("1.7 Costo total del proyecto (CAD)", "51 200"),
        ("1.8 Color favorito de la bandera", "Rojo"),
        ("1.9 Tema prioritario", "Medio ambiente y clima"),
    ]
    make.grid(doc, rows)
    doc.add_paragraph("2. Su organización")
    table = doc.add_table(rows=0, cols=2, style="Table Grid")
    for label, answer in [
        ("Nombre completo de la organización", "Manantial del Sur, A.C."),
        ("Siglas", "MDS"),
        ("Tipo de organización", "Asociación civil"),
        ("¿Está registrada legalmente?", ""),
        ("Teléfono", "951 555 0101"),
        ("Correo electrónico", "hola@manantial.example.org"),
        ("Representante legal", "Rosa Elena Cruz"),
        ("Cargo", "Presidenta"),
        ("Persona de contacto", "Inés Ramírez López"),
        ("Cargo", "Coordinadora"),
        ("Teléfono", "951 555 0199"),
        ("¿Cuentan con política contra la explotación y el abuso sexuales?", "En proceso"),
    ]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
        if label.startswith("¿Está"):
            paragraph = cells[1].paragraphs[0]
            make.check(paragraph, "Sí", True)
            make.check(paragraph, "No", False)
            make.check(paragraph, "No, nos pondría en riesgo", False)
    doc.add_paragraph("3. Riesgos")
    make.grid(
        doc,
        [
            ("Riesgo", "Probabilidad", "Impacto", "Qué haremos", "Responsable"),
            ("Sequía", "Alta", "2", "Captar lluvia", "Inés"),
            ("Bloqueos", "baja", "medio", "Rutas", "Rosa"),
        ],
    )
    doc.add_paragraph("4. Población")
    make.grid(
        doc,
        [
            ("", "Mujeres", "Hombres", "Niñas", "Niños"),
            ("Directas", "120", "80", "1,050", "980"),
            ("Indirectas", "300", "290", "0", "0"),
        ],
    )
    return make.saved(doc), {
        "title": "Agua limpia para las escuelas de la Mixteca",
        "starts_on": "2024-06-01",
        "ends_on": "2025-02-28",
        "requested": cad(42_500),
        "total_cost": cad(51_200),
        "priority": "EC",
        "legal_name": "Manantial del Sur, A.C.",
        "short_name": "MDS",
        "organisation_kind": "local_nonprofit",
        "registered": "yes",
        "phone": "951 555 0101",
        "email": "hola@manantial.example.org",
        "representative_name": "Rosa Elena Cruz",
        "representative_title": "Presidenta",
        "contact_name": "Inés Ramírez López",
        "contact_title": "Coordinadora",
        "contact_phone": "951 555 0199",
        "psea_policy": "in_progress",
        "risks": [
            {
                "id": "r1",
                "risk": "Sequía",
                "likelihood": "3",
                "impact": "2",
                "mitigation": "Captar lluvia",
                "owner": "Inés",
            },
            {
                "id": "r2",
                "risk": "Bloqueos",
                "likelihood": "1",
                "impact": "2",
                "mitigation": "Rutas",
                "owner": "Rosa",
            },
        ],
        "beneficiaries": {
            "direct": {"women": 120, "men": 80, "girls": 1050, "boys": 980},
            "indirect": {"women": 300, "men": 290, "girls": 0, "boys": 0},
        },
    }


def boxes() -> Made:  # noqa: PLR0915
    """English, question in bold, blue guidance left in, the answer in a one-cell box."""
    doc = make.new()
    doc.add_heading("Canada Fund for Local Initiatives: Application", 0)

    def ask(question: str, guidance: str, *answer: str) -> None:
        make.bold(doc, question)
        if guidance:
            make.blue(doc, guidance)
        make.box(doc, *answer)

    ask(
        "A1. What is the project called?",
        "Please give a short title (max. 120 characters).",
        "Safe Roads Home",
    )
    ask("A2. How much money are you asking for?", "In Canadian dollars.", "CAD 38,900")
    ask(
        "A3. What problem do you want to solve?",
        "Describe the problem in no more than 300 words.",
        "Women who leave the night shift are attacked.",
        "In 2023 we counted 41 cases.",
    )
    ask("A4. What did you have for breakfast?", "", "Eggs")
    ask("A5. What do you want to achieve?", "", "Women reach home unharmed.")
    ask(
        "A6. Who decides in the project?",
        "Share of women and of the affected group.",
        "A board of seven, five of them women.",
    )
    ask(
        "A7. Could anyone be harmed?",
        "Please explain what you will do.",
        "Yes: escorts may be followed.",
    )
    ask("A8. How do you know?", "", "")
    ask("A9. How many women did you talk with?", "", "We spoke with 34 women.")
    make.bold(doc, "A10. Is your organization legally registered?")
    paragraph = doc.add_paragraph()
    make.check(paragraph, "Yes", False)
    make.check(paragraph, "No", False)
    make.check(paragraph, "No, because it would put us at risk", True)
    make.bold(doc, "A11. Does the organization have a bank account?")
    paragraph = doc.add_paragraph()
    make.check(paragraph, "Yes", True, after=True)
    make.check(paragraph, "No", False, after=True)
    make.bold(doc, "A12. When does it start and when does it end?")
    make.box(doc, "From July 15, 2024 to February 28, 2025")
    make.bold(doc, "A13. What will remain after the project?")
    cell = doc.add_table(rows=1, cols=1).cell(0, 0)
    make.changed(cell.paragraphs[0], deleted="Nothing at all. ", inserted="A network of drivers.")
    make.bold(doc, "A14. Environmental effects")
    cell = doc.add_table(rows=1, cols=1).cell(0, 0)
    make.placeholder(cell.paragraphs[0], "Click or tap here to enter text.")
    return make.saved(doc), {
        "title": "Safe Roads Home",
        "requested": cad(38_900),
        "context": "Women who leave the night shift are attacked.\nIn 2023 we counted 41 cases.",
        "purpose": "Women reach home unharmed.",
        "gba_decides": "A board of seven, five of them women.",
        "gba_harm": "Yes: escorts may be followed.",
        "gba_evidence": None,
        "gba_consulted_women": 34,
        "registered": "at_risk",
        "bank_account": True,
        "starts_on": "2024-07-15",
        "ends_on": "2025-02-28",
        "sustainability": "A network of drivers.",
        "environment": None,
    }


def merged() -> Made:  # noqa: PLR0915
    """French, capitals, merged rows, the answer in the row below, old form fields."""
    doc = make.new()
    table = doc.add_table(rows=0, cols=4, style="Table Grid")

    def wide(text: str):
        cells = table.add_row().cells
        cell = cells[0].merge(cells[3])
        cell.text = text
        return cell

    wide("B)\u00a0RENSEIGNEMENTS SUR L'ORGANISME")
    wide("Q1. NOM DE L'ORGANISME DEMANDEUR")
    wide("Collectif Voix des Rivières")
    wide("Q2. L'ORGANISME EST-IL LÉGALEMENT ENREGISTRÉ?")
    cell = wide("")
    make.legacy(cell.paragraphs[0], "Oui", False)
    make.legacy(cell.paragraphs[0], "Non", True)
    cells = table.add_row().cells
    for cell, text in zip(
        cells, ("Téléphone", "55 1234 5678", "Courriel", "voix@rivieres.example.mx"), strict=True
    ):
        cell.text = text
    wide("Q3. MONTANT DEMANDÉ (CAD)")
    wide("27\u00a0350,00 $")
    wide("Q4. PARLEZ-NOUS DE VOTRE ANIMAL PRÉFÉRÉ")
    wide("Le jaguar.")
    wide("Q5. QUEL PROBLÈME VOULEZ-VOUS RÉSOUDRE?")
    wide("Décrivez le problème en 300 mots au plus.")
    wide("La rivière est polluée et les femmes portent l'eau.")
    wide("Q6. QUI DÉCIDE?")
    wide("L'assemblée du village, moitié femmes.")
    wide("Q7. LANGUE DE LA DEMANDE")
    cell = wide("")
    make.dropdown(cell.paragraphs[0], 2, "Choisissez", "Anglais", "Français", "Espagnol")
    wide("Q8. DATE DE DÉBUT")
    wide("1er juillet 2024")
    wide("Q9. QUE RESTERA-T-IL APRÈS LE PROJET?")
    wide("")
    wide("Q10. DÉCRIVEZ LES EFFETS SUR L'ENVIRONNEMENT")
    wide("Aucun effet négatif.")
    return make.saved(doc), {
        "legal_name": "Collectif Voix des Rivières",
        "registered": "no",
        "phone": "55 1234 5678",
        "email": "voix@rivieres.example.mx",
        "requested": cad(27_350),
        "context": "La rivière est polluée et les femmes portent l'eau.",
        "gba_decides": "L'assemblée du village, moitié femmes.",
        "language": "fr",
        "starts_on": "2024-07-01",
        "sustainability": None,
        "environment": "Aucun effet négatif.",
    }


def paragraphs() -> Made:  # noqa: PLR0915
    """Spanish, no table: numbered questions, plain answers, underscore lines, unknown questions."""
    doc = make.new()
    doc.add_paragraph(
        "Nombre de la organización: __Tejedoras de Paz A.C.__   RFC: __TPA010203AB1__"
    )
    doc.add_paragraph(
        "Tel. ______771 555 2020_____ Correo: ___tejedoras@example.org____ Estado: __Hidalgo__"
    )
    make.bold(doc, "1. Título del proyecto")
    doc.add_paragraph("Escuelas sin violencia")
    make.bold(doc, "2. Cantidad que se solicita")
    doc.add_paragraph("CAD $ 45.000,00")
    make.bold(doc, "3. ¿Cuál es el signo zodiacal de la coordinadora?")
    doc.add_paragraph("Sagitario")
    make.bold(doc, "4. ¿Qué problema quieren resolver?")
    doc.add_paragraph("(Máximo 300 palabras)")
    doc.add_paragraph("Hay acoso en las secundarias.")
    doc.add_paragraph("Las alumnas dejan de ir a clase.")
    make.bold(doc, "5. Mencione sus logros deportivos")
    doc.add_paragraph("Ninguno por ahora.")
    make.bold(doc, "6. ¿Con quién hablaron para diseñar el proyecto?")
    doc.add_paragraph("Con 40 alumnas y 12 madres.")
    make.bold(doc, "7. ¿Qué van a contar?")
    doc.add_paragraph("Casos, por sexo y edad.")
    make.bold(doc, "8. ¿Tienen cuenta de banco a nombre de la organización?")
    doc.add_paragraph("( X ) Sí      (   ) No")
    make.bold(doc, "9. ¿Qué va a cambiar?")
    doc.add_paragraph("1. Las alumnas denuncian sin miedo.")
    doc.add_paragraph("2. Las escuelas responden en 48 horas.")
    make.bold(doc, "10. Duración")
    doc.add_paragraph("Del 1 de mayo de 2024 al 31 de enero de 2025")
    return make.saved(doc), {
        "legal_name": "Tejedoras de Paz A.C.",
        "rfc": "TPA010203AB1",
        "phone": "771 555 2020",
        "email": "tejedoras@example.org",
        "state": "13",
        "title": "Escuelas sin violencia",
        "requested": cad(45_000),
        "context": "Hay acoso en las secundarias.\nLas alumnas dejan de ir a clase.",
        "gba_consulted": "Con 40 alumnas y 12 madres.",
        "gba_count": "Casos, por sexo y edad.",
        "bank_account": True,
        "results": [
            {"id": "r1", "result": "Las alumnas denuncian sin miedo."},
            {"id": "r2", "result": "Las escuelas responden en 48 horas."},
        ],
        "starts_on": "2024-05-01",
        "ends_on": "2025-01-31",
    }


def side_by_side() -> Made:
    """English, label and answer twice per row, heads above answers, blue answers, nested table."""
    doc = make.new()
    table = doc.add_table(rows=0, cols=4, style="Table Grid")
    for row in [
        ("Project title", "Bees and Women", "Amount requested", "C$ 19,500"),
        ("Start date", "2024-07-01", "End date", "2025-01-15"),
        ("Organization name", "Abejas del Monte", "Acronym", "ADM"),
        ("Shoe size", "38", "Website", "www.abejas.example.org"),
    ]:
        for at, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(text)
            if at % 2:
                run.font.color.rgb = make.BLUE
    doc.add_paragraph("")
    heads = ("Contact person", "Title", "E-mail")
    make.grid(doc, [heads, ("Ana Poot", "Director", "ana@abejas.example.org")])
    outer = doc.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "Work plan"
    plan = [
        ("Activity", "Output", "Start", "End", "Who"),
        ("Build hives", "40 hives", "July 2024", "Sept 2024", "Ana"),
        ("Sell honey", "1 shop", "10/2024", "January 2025", "Co-op"),
    ]
    make.grid(outer, plan)
    doc.add_paragraph("")
    marks = [
        ("Bank account in the organization's name?", "Yes", "x", "No", ""),
        ("Authorized donee", "Yes", "", "No", "X"),
    ]
    make.grid(doc, marks)
    return make.saved(doc), {
        "title": "Bees and Women",
        "requested": cad(19_500),
        "starts_on": "2024-07-01",
        "ends_on": "2025-01-15",
        "legal_name": "Abejas del Monte",
        "short_name": "ADM",
        "website": "www.abejas.example.org",
        "contact_name": "Ana Poot",
        "contact_title": "Director",
        "contact_email": "ana@abejas.example.org",
        "activities": [
            {
                "id": "r1",
                "activity": "Build hives",
                "output": "40 hives",
                "starts": "2024-07",
                "ends": "2024-09",
                "who": "Ana",
            },
            {
                "id": "r2",
                "activity": "Sell honey",
                "output": "1 shop",
                "starts": "2024-10",
                "ends": "2025-01",
                "who": "Co-op",
            },
        ],
        "bank_account": True,
        "donee": False,
    }


LAYOUTS: dict[str, Callable[[], Made]] = {
    "two columns": two_columns,
    "boxes": boxes,
    "merged": merged,
    "paragraphs": paragraphs,
    "side by side": side_by_side,
}
