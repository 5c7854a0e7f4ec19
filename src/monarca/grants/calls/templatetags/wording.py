"""`{% load wording %}`: the pack's Markdown as HTML that can hold nothing but words."""

from collections.abc import Mapping
from functools import lru_cache

import nh3
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from monarca.kit import trilingual

register = template.Library()

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "hr"}
SCHEMES = {"https", "http", "mailto"}


@lru_cache(maxsize=64)
def html(text: str) -> SafeString:
    """Markdown as clean HTML: no raw HTML, no images, no scripts, links only to the web."""
    made = MarkdownIt("commonmark", {"html": False}).render(text)
    clean = nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES)
    return mark_safe(clean)  # noqa: S308


@register.filter
def markdown(texts: Mapping[str, str] | None) -> SafeString:
    """A trilingual Markdown text in the reader's language, marked when it is in another."""
    text, language = trilingual.say(texts)
    body = html(text)
    if not text or language == (get_language() or "en")[:2]:
        return body
    return format_html('<div lang="{}">{}</div>', language, body)
