"""Institutions whose official name stands in three languages: each reader is shown their own.

Whoever names an institution types it once, in whatever language; a promise of "Global Affairs
Canada" is one of "Affaires mondiales Canada". What is no known name is shown as it was typed.
Source of the names: the Federal Identity Program's registry of applied titles (Canada), the Ley
Orgánica de la Administración Pública Federal (Mexico); where a government has no official form
in a language, the form its embassy uses.
"""

from django.utils.translation import get_language

LANGUAGES = ("es", "en", "fr")
NAMES = (
    ("Embajada de Canadá", "Embassy of Canada", "Ambassade du Canada"),
    (
        "Embajada de Canadá en México",
        "Embassy of Canada to Mexico",
        "Ambassade du Canada au Mexique",
    ),
    ("Embajada de México", "Embassy of Mexico", "Ambassade du Mexique"),
    (
        "Embajada de México en Canadá",
        "Embassy of Mexico to Canada",
        "Ambassade du Mexique au Canada",
    ),
    ("Asuntos Mundiales Canadá", "Global Affairs Canada", "Affaires mondiales Canada"),
    (
        "Secretaría de Relaciones Exteriores",
        "Ministry of Foreign Affairs of Mexico",
        "Ministère des Affaires étrangères du Mexique",
    ),
    (
        "Medio Ambiente y Cambio Climático Canadá",
        "Environment and Climate Change Canada",
        "Environnement et Changement climatique Canada",
    ),
    (
        "Secretaría de Medio Ambiente y Recursos Naturales",
        "Ministry of Environment and Natural Resources of Mexico",
        "Ministère de l’Environnement et des Ressources naturelles du Mexique",
    ),
    ("Parques Canadá", "Parks Canada", "Parcs Canada"),
    (
        "Comisión Nacional de Áreas Naturales Protegidas",
        "National Commission of Natural Protected Areas of Mexico",
        "Commission nationale des aires naturelles protégées du Mexique",
    ),
    ("Recursos Naturales Canadá", "Natural Resources Canada", "Ressources naturelles Canada"),
    (
        "Comisión Nacional Forestal",
        "National Forestry Commission of Mexico",
        "Commission nationale des forêts du Mexique",
    ),
    (
        "Secretaría de Energía",
        "Ministry of Energy of Mexico",
        "Ministère de l’Énergie du Mexique",
    ),
    (
        "Secretaría de Economía",
        "Ministry of Economy of Mexico",
        "Ministère de l’Économie du Mexique",
    ),
    (
        "Secretaría de las Mujeres",
        "Ministry of Women of Mexico",
        "Ministère des Femmes du Mexique",
    ),
    (
        "Mujeres e Igualdad de Género Canadá",
        "Women and Gender Equality Canada",
        "Femmes et Égalité des genres Canada",
    ),
    (
        "Instituto Nacional de los Pueblos Indígenas",
        "National Institute of Indigenous Peoples of Mexico",
        "Institut national des peuples autochtones du Mexique",
    ),
)
"""(es, en, fr) of each."""

ALSO = {
    "Embassy of Canada in Mexico": "Embassy of Canada to Mexico",
    "Embassy of Mexico in Canada": "Embassy of Mexico to Canada",
    "SRE": "Secretaría de Relaciones Exteriores",
    "SEMARNAT": "Secretaría de Medio Ambiente y Recursos Naturales",
    "CONANP": "Comisión Nacional de Áreas Naturales Protegidas",
    "CONAFOR": "Comisión Nacional Forestal",
    "SENER": "Secretaría de Energía",
    "INPI": "Instituto Nacional de los Pueblos Indígenas",
}
"""Other ways to write a name of the list."""


def _folded(name: str) -> str:
    return " ".join(name.replace("'", "’").split()).casefold()


_KNOWN = {_folded(name): row for row in NAMES for name in row}
_KNOWN |= {_folded(other): _KNOWN[_folded(name)] for other, name in ALSO.items()}


def institution(name: str, language: str | None = None) -> str:
    """Its official name in `language` (by default the reader's); as typed if it is not known."""
    row = _KNOWN.get(_folded(name))
    code = (language or get_language() or "es")[:2]
    return name if row is None or code not in LANGUAGES else row[LANGUAGES.index(code)]
