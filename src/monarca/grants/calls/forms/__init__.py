"""A call as its pages and its paper show it."""

from monarca.grants.calls.forms.paper import blank_form
from monarca.grants.calls.forms.showing import (
    Shown,
    asked,
    kind_in_words,
    rate_words,
    weight,
    window,
)

__all__ = ["Shown", "asked", "blank_form", "kind_in_words", "rate_words", "weight", "window"]
