"""The list of pages to look at, made from the URLconf, and an example of each."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

import tests.examples

Example = Callable[[Any], tuple[Any, dict[str, Any]]]

# What a page answers to its example when it is not 200.
ANSWERS = {"people:closed": 403, "opportunities-search": 405, "awards-search": 405}
# Pages that only lead on; each is looked at where it leads.
SIGNPOSTS = {"home:after-sign-in"}


@dataclass(frozen=True, order=True)
class Page:
    """A named address; `example` is its name, and a query when it is looked at in another state."""

    example: str
    route: str

    @property
    def name(self) -> str:
        return self.example.partition("?")[0]

    @property
    def query(self) -> str:
        return "".join(self.example.partition("?")[1:])

    @property
    def is_staff(self) -> bool:
        return self.route.startswith("desk/")

    @property
    def status(self) -> int:
        return ANSWERS.get(self.name, 200)


def named(resolver: Any = None, space: str = "", route: str = "") -> Iterator[tuple[Page, Any]]:
    """Every named address, with its view."""
    for each in (resolver or get_resolver()).url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            inside = f"{space}{each.namespace}:" if each.namespace else space
            yield from named(each, inside, here.removeprefix("en/"))
        elif isinstance(each, URLPattern) and each.name:
            yield Page(space + each.name, here.lstrip("^")), each.callback


def only_posts(view: Any) -> bool:
    """Does the view refuse to show anything (`require_POST`)?"""
    while view is not None:
        methods = inspect.getclosurevars(view).nonlocals.get("request_method_list", ())
        if methods and "GET" not in methods:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def shown() -> list[Page]:
    """Every page that shows something, in alphabetical order."""
    return sorted(page for page, view in named() if not only_posts(view))


def examples() -> dict[str, Example]:
    """Every example of every room; `room:name?query` is one more state of a page."""
    found: dict[str, Example] = {}
    for module in iter_modules(tests.examples.__path__):
        found |= import_module(f"tests.examples.{module.name}").EXAMPLES
    return found


def every_state() -> list[Page]:
    """Every page with an example, in every state for which there is one."""
    routes = {page.name: page.route for page in shown()}
    states = [Page(key, routes.get(key.partition("?")[0], "?")) for key in examples()]
    return sorted(state for state in states if state.route != "?" and state.name not in SIGNPOSTS)
