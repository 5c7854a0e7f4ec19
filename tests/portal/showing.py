"""A component shown as a template would show it, and read as a browser would read it."""

from html.parser import HTMLParser
from typing import Any

from django.template import Context, Template


def show(tag: str, **values: Any) -> str:
    return Template("{% load ui %}{% autoescape on %}" + tag + "{% endautoescape %}").render(
        Context(values)
    )


class Parsed(HTMLParser):
    """Tags, attributes and texts as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def says(self, text: str) -> bool:
        everything = [*self.texts, *(v for values in self.attributes.values() for v in values)]
        return any(text.strip() in one for one in everything)
