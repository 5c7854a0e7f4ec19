"""Template filters that write values for people; built into every template."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from monarca.engines.reasons import Reason
from monarca.kit import formats, reasons, trilingual

register = template.Library()


@register.filter
def money(cents: int | None, currency: str = "CAD") -> str:
    return "" if cents is None else formats.money(cents, currency)


@register.filter
def number(value: int | Decimal | None) -> str:
    return "" if value is None else formats.number(value)


@register.filter
def day(value: date | None) -> str:
    return "" if value is None else formats.day(value)


@register.filter
def instant(value: datetime | None, zone: str = "UTC") -> str:
    return "" if value is None else formats.instant(value, zone)


@register.filter
def said(texts: Mapping[str, str] | None) -> SafeString | str:
    """A trilingual text; in another language than the reader's it says so with `lang`."""
    text, language = trilingual.say(texts)
    if not text or language == (get_language() or "en")[:2]:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def plainly(texts: Mapping[str, str] | None) -> str:
    """A trilingual text as plain words, for attributes and titles."""
    return trilingual.say(texts).text


@register.filter
def institution(name: str) -> str:
    """An institution by the official name it has in the reader's language."""
    return trilingual.institution(name)


@register.filter
def because(reason: Reason) -> str:
    return reasons.sentence(reason)
