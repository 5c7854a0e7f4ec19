"""The few words the writers add to a document themselves, in the three languages."""

from dataclasses import dataclass

from monarca.engines.documents.writing.shapes import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Labels of one language; `page` is what stands before, between and after the page numbers."""

    region: str
    page: tuple[str, str, str]
    draft: str
    draft_note: str
    check: str
    parties: str
    facts: tuple[str, str]
    signatures: str
    signature: str
    place_and_date: str
    annex: str

    def tag(self, language: Language) -> str:
        """The language with its region, as BCP 47 writes it: es-MX."""
        return f"{language}-{self.region}"


WORDS: dict[Language, Words] = {
    "es": Words(
        region="MX",
        page=("Página ", " de ", ""),
        draft="Borrador",
        draft_note="Este documento es un borrador: no lo firme todavía. Antes de firmarlo,"
        " confirme cada parte que lleva la nota «Consulte con su programa».",
        check="Consulte con su programa: este texto es una propuesta y debe confirmarse.",
        parties="Las partes",
        facts=("Dato", "Detalle"),
        signatures="Firmas",
        signature="Firma",
        place_and_date="Lugar y fecha",
        annex="Anexo",
    ),
    "en": Words(
        region="CA",
        page=("Page ", " of ", ""),
        draft="Draft",
        draft_note="This document is a draft: do not sign it yet. Before it is signed, confirm"
        " every part that carries the note “Check with your programme”.",
        check="Check with your programme: this text is a proposal and must be confirmed.",
        parties="The parties",
        facts=("Item", "Detail"),
        signatures="Signatures",
        signature="Signature",
        place_and_date="Place and date",
        annex="Annex",
    ),
    "fr": Words(
        region="CA",
        page=("Page ", " de ", ""),
        draft="Ébauche",
        draft_note="Ce document est une ébauche\xa0: ne le signez pas encore. Avant la"
        " signature, confirmez chaque partie qui porte la note"
        " «\xa0Vérifiez auprès de votre programme\xa0».",
        check="Vérifiez auprès de votre programme\xa0: ce texte est une proposition à confirmer.",
        parties="Les parties",
        facts=("Élément", "Détail"),
        signatures="Signatures",
        signature="Signature",
        place_and_date="Lieu et date",
        annex="Annexe",
    ),
}
