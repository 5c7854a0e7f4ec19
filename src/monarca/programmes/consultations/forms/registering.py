"""The entry in Canada's register: what is asked, and the row that comes of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from monarca.engines.publishing import consulting
from monarca.engines.publishing.consulting import Consulted
from monarca.kit import formats, reasons, trilingual
from monarca.kit.widgets import Choices, DateBoxes, ManyChoices, Words
from monarca.programmes.consultations.models import Consultation, Entry
from monarca.programmes.consultations.queries import in_register
from monarca.programmes.consultations.queries.telling import Registering

LISTS = ("partners", "subjects", "audience", "rationale")


def _codes(name: str) -> list[tuple[str, str]]:
    """The options of a list; a department without a Spanish name is marked as English."""
    lang = formats.language()
    found = sorted(consulting.choices()[name].items(), key=lambda one: one[1][lang].casefold())
    return [(code, _spoken(words, lang)) for code, words in found]


def _spoken(words: Mapping[str, str], lang: str) -> str:
    if lang == "en" or words[lang] != words["en"]:
        return words[lang]
    return format_html('<span lang="en-CA">{}</span>', words["en"])


class Register(forms.Form):
    """Everything may be kept unfinished; what is faulty is in no file, and the page says why."""

    use_required_attribute = False

    publishable = forms.BooleanField(label=_("It may be in the public register"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, widget=Choices())
    start_on = forms.DateField(label=_("First day"), required=False, widget=DateBoxes())
    end_on = forms.DateField(label=_("Last day"), required=False, widget=DateBoxes())
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, widget=forms.SelectMultiple()
    )
    audience = forms.MultipleChoiceField(label=_("Participants"), required=False)
    partners = forms.MultipleChoiceField(label=_("Partner departments"), required=False)
    report_en = forms.CharField(
        label=_("Address of the report “What we heard”, in English"), required=False, max_length=500
    )
    report_fr = forms.CharField(
        label=_("Address of the report “What we heard”, in French"), required=False, max_length=500
    )
    contact_email = forms.EmailField(label=_("Contact"), required=False)
    lead_email = forms.EmailField(label=_("Lead of the programme"), required=False)
    remarks_en = forms.CharField(
        label=_("Remarks in English"), required=False, widget=Words(rows=3, lang="en")
    )
    remarks_fr = forms.CharField(
        label=_("Remarks in French"), required=False, widget=Words(rows=3, lang="fr")
    )
    is_high_profile = forms.BooleanField(label=_("High profile"), required=False)
    rationale = forms.MultipleChoiceField(label=_("Why is it high profile?"), required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in LISTS:
            self.fields[name].widget = ManyChoices()
            self.fields[name].choices = _codes(name)  # type: ignore[attr-defined]
        self.fields["status"].choices = [("", _("Not said yet")), *_codes("status")]  # type: ignore[attr-defined]

    def registering(self) -> Registering:
        given: dict[str, Any] = {
            name: tuple(one) if name in LISTS else one for name, one in self.cleaned_data.items()
        }
        return Registering(**given)


def of_entry(entry: Entry | None) -> dict[str, Any]:
    """What stands in the register's entry now."""
    if entry is None:
        return {}
    return {name: getattr(entry, name) for name in Registering.__dataclass_fields__}


def consulted(consultation: Consultation, entry: Entry | None, *, host: str = "") -> Consulted:
    """The row of the register; its pages stand under `host`, by default the installation's own."""
    kept = entry or Entry()
    return Consulted(
        number=consultation.reference,
        publishable=kept.publishable,
        title=consultation.title,
        description=consultation.matter,
        partners=tuple(kept.partners),
        subjects=tuple(kept.subjects),
        audience=tuple(kept.audience),
        start_on=kept.start_on,
        end_on=kept.end_on,
        status=kept.status,
        profile={code: _address(consultation, code, host) for code in ("en", "fr")},
        report={"en": kept.report_en, "fr": kept.report_fr},
        contact_email=kept.contact_email,
        lead_email=kept.lead_email,
        remarks={"en": kept.remarks_en, "fr": kept.remarks_fr},
        is_high_profile=kept.is_high_profile,
        rationale=tuple(kept.rationale),
    )


def _address(consultation: Consultation, code: str, host: str) -> str:
    with override(code):
        path = reverse("consultations:one", args=[consultation.reference])
    return f"{host or settings.ADDRESS}{path}"


def file(rows: Any, *, public: bool, host: str = "") -> bytes:
    """The register's CSV of these consultations, only those the people let everybody know of."""
    pairs = in_register(rows)
    return consulting.write((consulted(*each, host=host) for each in pairs), public=public)


def rows(many: Any) -> list[dict[str, Any]]:
    """Each consultation with what keeps it out of the register, in sentences."""
    held = list(many)
    entries = {one.consultation_id: one for one in Entry.objects.filter(consultation__in=held)}
    allowed = {one.pk for one, _entry in in_register(_among(held))}
    return [
        {
            "one": one,
            "title": trilingual.say(one.title).text,
            "address": reverse("consultations:entry", args=[one.reference]),
            "is_permitted": one.pk in allowed,
            "has_entry": one.pk in entries,
            "faults": [
                reasons.sentence(why)
                for _column, why in consulting.check(consulted(one, entries.get(one.pk)))
            ],
        }
        for one in held
    ]


def _among(held: list[Consultation]) -> Any:
    return Consultation.objects.filter(pk__in=[one.pk for one in held])
