"""What a person types to come in, and what they prefer."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.ground.people.models import User

DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "width": "w10"}
THEMES = [
    ("system", _("As on this device")),
    ("light", pgettext_lazy("theme", "Light")),
    ("dark", pgettext_lazy("theme", "Dark")),
]
NOT_RIGHT = _("This code is not right, or it was used already. Wait for the next one.")
ACCEPTED = 90  # seconds: a code is good in its own half minute, the one before and the one after


class Digits(forms.CharField):
    """Six digits, typed or pasted with any spaces or dashes between them."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs=DIGITS), **given)

    def clean(self, value: Any) -> str:
        digits = "".join(mark for mark in str(super().clean(value)) if mark.isdecimal())
        if len(digits) != 6 or not digits.isascii():
            raise forms.ValidationError(_("Type the six digits, without letters."))
        return digits


class Mailbox(forms.Form):
    """Whose mailbox; it need not be known to us."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to it; there is no password to remember."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("Type a whole e-mail address, such as name@example.org."),
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class Code(forms.Form):
    """The six digits of the letter."""

    code = Digits(
        label=_("Six-digit code"),
        error_messages={"required": _("Type the six digits of the letter.")},
    )


def once(user: User, code: str) -> str:
    """Refuse a code that this person used while it is still accepted; allauth forgets it sooner."""
    if not cache.add(f"monarca:second-factor:{user.pk}:{code}", "used", timeout=ACCEPTED):
        raise forms.ValidationError(NOT_RIGHT)
    return code


class Second(AuthenticateForm):
    """The second factor, checked, counted and used up by allauth: six digits or a recovery code."""

    code = forms.CharField(
        label=_("Code of your authenticator app"),
        help_text=_("Six digits that change every half minute, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={"required": _("Type the code that the app shows now.")},
    )

    def clean_code(self) -> str:
        code = str(super().clean_code())
        return once(self.user, code)


class SetUp(forms.Form):
    """The first code of a new authenticator shows that it was copied well."""

    code = Digits(
        label=_("Code that the app shows now"),
        error_messages={"required": _("Type the code that the app shows now.")},
    )

    def __init__(self, *given: Any, user: User, secret: str) -> None:
        super().__init__(*given)
        self.user, self.secret = user, secret

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        forget = check_rate_limit(self.user, error_key="rate_limited")
        if not validate_totp_code(self.secret, code):
            raise forms.ValidationError(NOT_RIGHT)
        forget()
        return once(self.user, code)


class Theme(forms.Form):
    """How the pages look on this device."""

    theme = forms.ChoiceField(
        label=_("Colours of the pages"), choices=THEMES, widget=forms.RadioSelect
    )


class Preferences(Theme):
    """How we call a signed-in person and in which language we write to them."""

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of our letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    field_order = ("name", "language", "theme")
