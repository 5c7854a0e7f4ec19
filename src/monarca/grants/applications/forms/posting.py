"""From a posted page to answers: every question kind, dates in three boxes, the beginning form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from monarca.engines import questions
from monarca.engines.questions import Problem
from monarca.ground.partners import queries as partners
from monarca.ground.partners.models import Organisation
from monarca.ground.people.models import User
from monarca.kit import widgets

type Posted = dict[str, list[str]]

NEW = "new"


def posted(data: QueryDict) -> Posted:
    """What the page sent, under the names that `engines.questions.parse` reads.

    The date component sends `name_day`, `name_month`, `name_year`; a whole date typed into the
    first box ("1 de septiembre de 2024") is read as one text.
    """
    found: Posted = {name: [str(each) for each in data.getlist(name)] for name in data}
    for name in [each.removesuffix("_day") for each in found if each.endswith("_day")]:
        day, month, year = (found.pop(f"{name}_{part}", [""]) for part in ("day", "month", "year"))
        if "".join(month + year).strip():
            found |= {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
        else:
            found[name] = day
    return found


def read(
    section: Mapping[str, Any], sent: Mapping[str, Sequence[str]], *, language: str
) -> tuple[dict[str, Any], dict[str, tuple[Problem, ...]]]:
    """The value of every question of the section, and what could not be read, by question."""
    values: dict[str, Any] = {}
    wrong: dict[str, tuple[Problem, ...]] = {}
    for question in section["questions"]:
        if question["kind"] == "file":
            continue
        key = question["key"]
        values[key], found = questions.parse(question, sent, key, language=language)
        if found:
            wrong[key] = found
    return values, wrong


class Beginning(forms.Form):
    """For which organisation, and in which language."""

    organisation = forms.ChoiceField(
        label=_("Who is applying?"),
        widget=widgets.Choices(),
        error_messages={"required": _("Choose who is applying.")},
    )
    legal_name = forms.CharField(
        label=_("Name of the new organization"),
        help_text=_("As in its founding papers, or as people call it if it is not registered."),
        max_length=250,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("In which language will you write?"),
        choices=settings.LANGUAGES,
        widget=widgets.Choices(),
    )

    def __init__(self, *args: Any, user: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(place): each for place, each in enumerate(partners.of(user, at=at), 1)}
        choice = self.fields["organisation"]
        names = [(key, each.legal_name) for key, each in self.known.items()]
        choice.choices = [*names, (NEW, _("Another organization, new here"))]  # type: ignore[attr-defined]
        choice.required = bool(self.known)
        if not self.known:
            choice.widget = forms.HiddenInput()
            choice.initial = NEW

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("organisation") or ("" if self.known else NEW)
        if chosen == NEW and not str(given.get("legal_name") or "").strip():
            self.add_error("legal_name", _("Write the name of the organization."))
        return given

    @property
    def chosen(self) -> Organisation | None:
        """The one that was chosen; None for a new one."""
        return self.known.get(self.cleaned_data.get("organisation") or NEW)

    @property
    def new_name(self) -> str:
        return "" if self.chosen else str(self.cleaned_data["legal_name"]).strip()
