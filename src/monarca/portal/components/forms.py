"""The renderer that prints Django forms with the parts of this house, and a form to show it."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import loader

from monarca.kit import widgets


class Renderer(DjangoTemplates):
    """`FORM_RENDERER`: `{{ form }}` and `{{ field.as_field_group }}` give the HTML of the tags."""

    form_template_name = "fields/form.html"
    field_template_name = "fields/field.html"

    def get_template(self, template_name: str) -> Any:
        """Ours from the project's templates, everything else from Django's own."""
        if template_name.startswith("fields/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class SampleForm(forms.Form):
    """Every kind of widget, for the kitchen sink."""

    title = forms.CharField(label="Title of the project")
    summary = forms.CharField(label="Summary", widget=widgets.Words(words=150), required=False)
    amount = forms.CharField(label="Amount", widget=widgets.Money())
    date = forms.DateField(label="It starts on", widget=widgets.DateBoxes())
    language = forms.ChoiceField(
        label="Language of the reply",
        choices=[("es", "Español"), ("en", "English"), ("fr", "Français")],
        widget=widgets.Choices(notes={"fr": "Letters take one day longer"}),
    )
    paper = forms.FileField(label="Proof of registration", widget=widgets.Upload())
    declares = forms.BooleanField(label="What we say is true as far as we know")
