"""A bound Django field printed by the same tags, so that both ways give one HTML."""

from collections.abc import Callable
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from monarca.kit import reasons
from monarca.kit.parts import Spoken
from monarca.kit.widgets import DateBoxes
from monarca.portal.components.templatetags import fields

register = template.Library()

type Given = dict[str, Any]


@register.simple_tag
def bound_field(field: BoundField) -> SafeString:
    """The whole group of one form field: label, hint, error, control.

    The widget chooses the kind (`monarca.kit.widgets`, or Django's own) and its attributes carry
    what a plain field takes as an argument: `autocomplete`, `inputmode`, `lang`, `width`, `rows`.
    """
    return _drawer(field.field.widget)(field, _common(field))


@register.simple_tag
def form_errors(form: BaseForm, *, title: str = "") -> SafeString:
    """The error summary of a Django form: its own errors first, then each field's by its label."""
    own = [("main", str(error)) for error in form.non_field_errors()]
    rows = [
        (_own_id(form[name]), reasons.about(str(form[name].label or ""), str(error)))
        for name in form.fields
        for error in form[name].errors
    ]
    return fields.error_summary([*own, *rows], title=title)


def _own_id(field: BoundField) -> str:
    return field.auto_id or field.html_name


def _common(field: BoundField) -> Given:
    attributes = field.field.widget.attrs
    known = ("autocomplete", "inputmode", "lang", "width", "rows")
    return {
        "id": _own_id(field),
        "name": field.html_name,
        "label": field.label,
        "hint": field.help_text,
        "error": " ".join(str(error) for error in field.errors),
        "optional": not field.field.required,
        "disabled": field.field.disabled,
        "attributes": {key: attributes[key] for key in known if key in attributes},
    }


def _drawer(widget: forms.Widget) -> Callable[[BoundField, Given], SafeString]:
    face = getattr(widget, "face", "")
    if face:
        return FACES[face]
    return next((draw for kind, draw in DJANGO if isinstance(widget, kind)), _as_it_is)


def _as_it_is(field: BoundField, given: Given) -> SafeString:
    del given
    return SafeString(field.as_widget())


def _typed(field: BoundField) -> str:
    """What the person typed, or the initial value as the widget writes it."""
    value = field.field.widget.format_value(field.value())
    return "" if value is None else str(value)


def _text(field: BoundField, given: Given) -> SafeString:
    kind = getattr(field.field.widget, "input_type", "text")
    more = given.pop("attributes")
    given["kind"] = kind if kind in {"email", "tel", "url", "search", "password"} else "text"
    return fields.text_field(**given, **more, value=_typed(field))


def _words(field: BoundField, given: Given) -> SafeString:
    widget = field.field.widget
    more = given.pop("attributes")
    more["words"] = getattr(widget, "words", 0)
    more["rows"] = getattr(widget, "rows", 0) or int(more.get("rows", 7))
    more["lang"] = getattr(widget, "lang", "") or more.get("lang", "")
    return fields.text_field(**given, **more, value=_typed(field))


def _number(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    unit = getattr(field.field.widget, "unit", "")
    return fields.number_field(**given, value=_typed(field), unit=unit)


def _money(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    currency = field.field.widget.currency
    return fields.money_field(**given, value=_typed(field), currency=currency)


def _date(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    typed = DateBoxes.parts(field.value())
    given |= {"day": typed["day"], "month": typed["month"], "year": typed["year"]}
    return fields.date_field(**given)


def _choice(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    widget = field.field.widget
    notes = getattr(widget, "notes", {})
    options = [
        (str(v), str(text), notes.get(str(v), "")) for v, text in _options(widget) if v != ""
    ]
    many = isinstance(widget, forms.CheckboxSelectMultiple)
    return fields.choice_field(**given, options=options, chosen=_chosen(field), many=many)


def _select(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    options = [
        (str(value), text if isinstance(text, Spoken) else str(text))
        for value, text in _options(field.field.widget)
    ]
    return fields.select_field(**given, options=options, chosen=_chosen(field))


def _check(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    given["optional"] = False
    return fields.check_field(**given, chosen=bool(field.value()))


def _file(field: BoundField, given: Given) -> SafeString:
    widget = field.field.widget
    del given["attributes"]
    accept = getattr(widget, "accept", "") or widget.attrs.get("accept", "")
    given |= {"accept": accept} if accept else {}
    return fields.file_field(**given, have=getattr(widget, "have", ""))


def _score(field: BoundField, given: Given) -> SafeString:
    del given["attributes"]
    widget = field.field.widget
    value = str(field.value() if field.value() is not None else "")
    chosen = int(value) if value.isdecimal() else None
    return fields.score_input(**given, anchors=widget.anchors, weight=widget.weight, chosen=chosen)


def _options(widget: Any) -> list[tuple[Any, Any]]:
    """Flat options; a named group gives its members."""
    flat: list[tuple[Any, Any]] = []
    for value, text in widget.choices:
        flat.extend(text if isinstance(text, list | tuple) else [(value, text)])
    return flat


def _chosen(field: BoundField) -> list[str]:
    value = field.value()
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


FACES: dict[str, Callable[[BoundField, Given], SafeString]] = {
    "words": _words,
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "score": _score,
    "file": _file,
}

# Most particular first: CheckboxSelectMultiple and RadioSelect are Selects to Django.
DJANGO: tuple[tuple[type[forms.Widget], Callable[[BoundField, Given], SafeString]], ...] = (
    (forms.HiddenInput, _as_it_is),
    (forms.CheckboxInput, _check),
    (forms.RadioSelect, _choice),
    (forms.CheckboxSelectMultiple, _choice),
    (forms.Select, _select),
    (forms.Textarea, _words),
    (forms.FileInput, _file),
    (forms.NumberInput, _number),
    (forms.TextInput, _text),
    (forms.widgets.Input, _text),
)
