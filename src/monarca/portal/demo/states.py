"""The cast of the demonstration: who one can be, under which address, in which language."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from monarca.ground.people.states import Roles


@dataclass(frozen=True, slots=True)
class Part:
    """One person of the sample year; `role` is "" for somebody who speaks for an applicant."""

    key: str
    email: str
    name: str
    language: str
    role: str = ""


APPLICANT = Part("applicant", "luzdelhilo2024@correo.example", "Eufrosina Tapia Merino", "es")

STAFF = (
    Part("coordinator", "valeria.rios@mision.example", "Valeria Ríos Ocampo", "es", "coordinator"),
    Part("manager", "daniel.okafor@mision.example", "Daniel Okafor", "en", "manager"),
    Part("deputy", "genevieve.lachance@mision.example", "Geneviève Lachance", "fr", "manager"),
    Part("reviewer", "ines.barrera@mision.example", "Inés Barrera Luna", "es", "reviewer"),
    Part("tomas", "tomas.whitford@mision.example", "Tomás Whitford", "en", "reviewer"),
    Part("marieve", "marie-eve.caron@mision.example", "Marie-Ève Caron", "fr", "reviewer"),
    Part(
        "head-of-mission",
        "margaret.fontaine@mision.example",
        "Margaret Fontaine",
        "en",
        Roles.HEAD_OF_MISSION,
    ),
    Part("finance", "rodrigo.pacheco@mision.example", "Rodrigo Pacheco Lara", "es", "finance"),
    Part("headquarters", "amelie.gagnon@mision.example", "Amélie Gagnon", "fr", "headquarters"),
    Part("auditor", "ruth.adeyemi@mision.example", "Ruth Adeyemi", "en", "auditor"),
    Part(
        "counterpart",
        "mariana.olvera@contraparte.example",
        "Mariana Olvera Tun",
        "es",
        Roles.COUNTERPART,
    ),
)

PARTS = {part.key: part for part in (APPLICANT, *STAFF)}

ROLES = (
    ("applicant", _("Applicant")),
    ("coordinator", Roles.COORDINATOR.label),
    ("manager", Roles.MANAGER.label),
    ("reviewer", Roles.REVIEWER.label),
    ("head-of-mission", Roles.HEAD_OF_MISSION.label),
    ("finance", Roles.FINANCE.label),
    ("headquarters", Roles.HEADQUARTERS.label),
    ("auditor", Roles.AUDITOR.label),
    ("counterpart", Roles.COUNTERPART.label),
)
"""Those one can be, in the order of the river, a guest last; the others of the cast only act."""

DOES = {
    "applicant": _("Writes for a group of weavers: one project is finished, another is a draft."),
    "coordinator": _("Confirms what arrived, screens it, keeps agreements and reports moving."),
    "manager": _("Assigns readers, sits in the committee, sets rules aside with a reason."),
    "reviewer": _("Declares interests, scores with words, quotes the evidence."),
    "head-of-mission": _("Confirms decisions, signs for Canada, puts projects before the public."),
    "finance": _("Releases money, writes down what was paid and at which rate."),
    "headquarters": _("Reads every file that is not sealed, and writes in none."),
    "auditor": _("Follows every act to the person and the minute."),
    "counterpart": _(
        "Speaks for Mexico in the meetings that are shared with her, and sees no other."
    ),
}
