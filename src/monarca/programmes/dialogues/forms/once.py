"""One form acts once: what is sent a second time with the same words leads to what was made."""

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.core import signing

from monarca.engines.references import LETTERS

SALT = "monarca.dialogues.once"


def mark() -> str:
    """What a form carries from when it is shown: drawn by us, signed, and never shown to others."""
    return signing.dumps(secrets.token_urlsafe(24), salt=SALT)


class Once(forms.Form):
    """A form that knows its own second sending; a mark that is not ours counts as none."""

    mark = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"mark": mark(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def told(self) -> dict[str, Any]:
        """What was typed, without the mark."""
        return {name: value for name, value in self.cleaned_data.items() if name != "mark"}

    def secret(self) -> str:
        """Known to this form and these words alone: other words are another act."""
        return sha256(self._seed()).hexdigest()[:32]

    def code(self) -> str:
        """Eight letters for an address, the same for the same form with the same words."""
        drawn = sha256(b"code" + self._seed()).digest()
        return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:8])

    def _seed(self) -> bytes:
        try:
            drawn = signing.loads(self.cleaned_data.get("mark", ""), salt=SALT)
        except signing.BadSignature:
            drawn = self._fresh()
        return f"{drawn} {_plain(self.told())}".encode()

    def _fresh(self) -> str:
        """One draw for a form without a mark, so that it asks twice and hears the same."""
        self._drawn = getattr(self, "_drawn", "") or secrets.token_urlsafe(24)
        return self._drawn


def _plain(told: Mapping[str, Any]) -> str:
    return json.dumps(told, sort_keys=True, default=str)
