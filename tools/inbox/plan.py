"""Who sends what: layout, wording, file names, kind of budget and planted fault of each applicant."""

from dataclasses import dataclass

FOCUS = {
    "tejedoras": ["GR-1", "GR-2"],
    "periodistas": ["IG-H-4", "IG-H-2"],
    "agua": ["EC-3", "EC-1"],
    "haitianos": ["IG-D-3"],
    "clinica": ["IG-D-3", "IG-H-1"],
    "orquesta": ["PS-1", "PS-2"],
    "parteras": ["HD-1"],
    "radio": ["IG-D-1"],
    "manglar": ["EC-1", "EC-3"],
    "quebec": ["EC-3"],
    "transparencia": ["IG-L-1", "IG-L-2"],
    "sordos": ["HD-2"],
    "trans": ["GR-2"],
    "overcap": ["EC-3"],
    "alcohol": ["PS-1", "PS-2"],
    "wrongyear": ["HD-3"],
    "seed": ["GR-2"],
    "arcoiris": ["IG-D-2", "IG-D-3"],
}


@dataclass(frozen=True)
class Plan:
    """How one applicant fills the form and sends it."""

    layout: str
    words: str
    form: str
    budget: str = ""
    sheet: str = "plain"
    mail: str = ""
    fault: str = ""


PLANS = {
    "tejedoras": Plan(
        "two-column",
        "pack",
        "Solicitud Fondo Canadá tejedoras.docx",
        "Presupuesto tejedoras ñomndaa.xlsx",
        "texts",
        "proyecto de las tejedoras.eml",
    ),
    "parteras": Plan(
        "two-column",
        "pack",
        "Formulario_parteras_revisado.docx",
        "Presupuesto parteras.xlsx",
        "sections",
        "RV Solicitud parteras Tenejapa.eml",
    ),
    "manglar": Plan(
        "two-column",
        "pack",
        "Chan Chaak/CFLI 2024 Chan Chaak application.docx",
        "Chan Chaak/CFLI 2024 Chan Chaak budget.xlsx",
        "formulas",
    ),
    "overcap": Plan(
        "two-column",
        "pack",
        "FHT_Corredor Azul/FCIL_Corredor Azul_v7_firmado.docx",
        "FHT_Corredor Azul/Presupuesto Corredor Azul.xlsx",
        "formulas",
        fault="over_cap",
    ),
    "seed": Plan(
        "two-column",
        "pack",
        "Solicitud Impulso Femenino.docx",
        "Presupuesto Impulso Femenino.xlsx",
        "plain",
        fault="ineligible_seed_money",
    ),
    "wrongyear": Plan(
        "two-column",
        "pack",
        "Unión de Mujeres del Pantano/formato canada.docx",
        "Unión de Mujeres del Pantano/presupuesto.xlsx",
        "texts",
        fault="wrong_year",
    ),
    "periodistas": Plan(
        "boxes",
        "pack",
        "Solicitud Tinta Viva 2024.docx",
        "Presupuesto Tinta Viva.xlsx",
        "formulas",
        "Solicitud CFLI Tinta Viva.eml",
    ),
    "orquesta": Plan(
        "boxes",
        "pack",
        "Solicitud Río de Once \u2013 versión final.docx",
        "Presupuesto Río de Once.xlsx",
        "sections",
        "Orquesta Río de Once, solicitud y presupuesto.eml",
    ),
    "transparencia": Plan(
        "boxes",
        "pack",
        "Application_Cuentas-a-la-Vista.docx",
        "Budget_Cuentas-a-la-Vista.xlsx",
        "raw",
    ),
    "alcohol": Plan(
        "boxes",
        "pack",
        "Juventud en Ruta Agave/Solicitud FCIL JRA.docx",
        "Juventud en Ruta Agave/Costos JRA.xlsx",
        "plain",
        fault="ineligible_alcohol_gifts",
    ),
    "quebec": Plan(
        "boxes",
        "pack",
        "Demande FCIL Érable-Agave.docx",
        "Budget Érable-Agave (CAD).xlsx",
        "formulas",
        "Demande Érable-Agave, lac de Pátzcuaro.eml",
    ),
    "sordos": Plan(
        "boxes",
        "pack",
        "Manos con Voz Propia/Formulario lleno 19 abril.docx",
        "Manos con Voz Propia/Presupuesto LSM.xlsx",
        "raw",
    ),
    "apicultores": Plan(
        "merged",
        "formato",
        "Lool Kaab/Solicitud FCIL 2024 FINAL (2).docx",
        "Lool Kaab/presupuesto lool kaab ok.xlsx",
        "formulas",
    ),
    "jornaleras": Plan(
        "merged",
        "formato",
        "Mujeres del Surco - formato.docx",
        "Mujeres del Surco - presupuesto.xlsx",
        "sections",
    ),
    "overhead": Plan(
        "merged",
        "plain",
        "Meridiano/CFLI_Meridiano_FuturesLab.docx",
        "Meridiano/CFLI_Meridiano_FuturesLab_Budget.xlsx",
        "formulas",
        fault="overhead_22_percent",
    ),
    "forprofit": Plan(
        "merged",
        "formato",
        "TERMOBAJIO SOLICITUD.docx",
        "TERMOBAJIO PRESUPUESTO.xlsx",
        "texts",
        fault="for_profit",
    ),
    "sums": Plan(
        "merged",
        "formato",
        "La Garlopa/SOLICITUD La Garlopa.docx",
        "La Garlopa/presupuesto garlopa CORREGIDO.xlsx",
        "wrong",
        fault="sums_do_not_add_up",
    ),
    "agua": Plan(
        "typed", "llano", "Tikua Yoso/solicitud agua.docx", "Tikua Yoso/cuentas agua.xlsx", "texts"
    ),
    "buscadoras": Plan(
        "typed",
        "llano",
        "Solicitud Raíz de Encino.docx",
        "Presupuesto Raíz de Encino.xlsx",
        "plain",
        "Solicitud de las familias de Raíz de Encino.eml",
    ),
    "missinggba": Plan(
        "typed",
        "llano",
        "Los Cardenches box.docx",
        "Los Cardenches box presupuesto.xlsx",
        "plain",
        fault="missing_gba_answers",
    ),
    "nobudget": Plan("typed", "llano", "Escuelita o'dam/formato escuelita.docx", fault="no_budget"),
    "duplicate": Plan(
        "typed",
        "llano",
        "solicitud comite agua (copia).docx",
        sheet="inside",
        fault="duplicate_of_agua",
    ),
    "atrisk": Plan(
        "typed",
        "llano",
        "formato.docx",
        sheet="inside",
        mail="pregunta y formato.eml",
        fault="at_risk",
    ),
    "trans": Plan(
        "office",
        "oficina",
        "Las Amapolas/Propuesta Las Amapolas 2024.docx",
        "Las Amapolas/Presupuesto Amapolas.xlsx",
        "plain",
    ),
    "radio": Plan(
        "office-odt",
        "oficina",
        "Radio Tajtoluani/solicitud_radio.odt",
        "Radio Tajtoluani/presupuesto_radio.ods",
        "ods",
    ),
    "recicladoras": Plan(
        "office", "oficina", "RUB Recicladoras solicitud con presupuesto.docx", sheet="inside"
    ),
    "mediadoras": Plan(
        "office",
        "oficina",
        "Vecinas Mediadoras/Propuesta Ecatepec_LOURDES.docx",
        "Vecinas Mediadoras/Presupuesto Ecatepec.xlsx",
        "formulas",
    ),
    "yoeme": Plan(
        "merged",
        "formato",
        "Sewam Yo'owe/Formato 2024 mujeres yoeme.docx",
        "Sewam Yo'owe/Presupuesto mujeres yoeme.xlsx",
        "texts",
    ),
    "arcoiris": Plan(
        "office",
        "libre",
        "Maison Tournesol/Formulaire rempli Tournesol.docx",
        "Maison Tournesol/Budget Tournesol.xlsx",
        "texts",
    ),
    "clinica": Plan(
        "template",
        "plain",
        "CJMH CFLI application.docx",
        "CJMH CFLI budget CAD.xlsx",
        "sections",
        "CFLI application \u2013 refugee legal clinic, Puebla.eml",
    ),
    "late": Plan(
        "template",
        "plain",
        "Mar Adentro form.docx",
        "Mar Adentro budget.xlsx",
        "plain",
        "Application Mar Adentro.eml",
        fault="late_14_minutes",
    ),
    "haitianos": Plan(
        "letter",
        "libre",
        "Demande SOHABAC écrite à la main.docx",
        "Budget SOHABAC.xlsx",
        "plain",
        "Demande de la communauté haïtienne de Tijuana.eml",
    ),
}
ORDER = {
    "project": "title places starts_on ends_on fiscal_years priority secondary_priority focus requested requested_local total_cost language summary",
    "organisation": "legal_name short_name organisation_kind registered registration_on registration_place registration_law registration_number bank_account bank_currency address state phone email contact_name contact_title contact_phone contact_email representative_name representative_title about founded previous_canada other_projects donors partners authorities authorities_detail psea_policy",
    "narrative": "context purpose designed_by designers_live results indicators activities beneficiaries groups risks environment monitoring sustainability visibility_unsafe visibility",
    "gba": "gba_who gba_left_out gba_evidence gba_consulted gba_consulted_women gba_changed gba_barriers gba_decides gba_harm gba_power gba_money gba_count",
    "declaration": "declares declared_name declared_title declared_on",
}
EXTRA = {
    "es": [
        (
            "¿Cómo se enteró de esta convocatoria?",
            "Por la radio y por una compañera de otra organización.",
        ),
        (
            "¿Tiene su organización una página o perfil donde podamos conocerla?",
            "Por ahora no; con gusto les enviamos fotos si nos las piden.",
        ),
        ("Número de integrantes con pago", "Dos de medio tiempo"),
    ],
    "en": [
        ("How did you hear about this call?", "From a colleague at another university."),
        ("Number of paid staff", "Four, two of them part time"),
    ],
    "fr": [
        ("Comment avez-vous connu l'appel ?", "Par la paroisse, puis par le site de l'ambassade."),
        ("Nombre de salariés", "Trois à temps partiel"),
    ],
}
