"""What a browser would send from a page: the fields of its form, as they are filled."""

from collections import defaultdict
from html.parser import HTMLParser


class Fields(HTMLParser):
    """Collects names and values of inputs, lists and text areas; buttons are not pressed."""

    def __init__(self):
        super().__init__()
        self.sent = defaultdict(list)
        self.list = self.area = None
        self.first = self.chosen = None

    def handle_starttag(self, tag, given):
        held = dict(given)
        if tag == "input":
            self.input(held)
        elif tag == "select":
            self.list, self.first, self.chosen = held.get("name"), None, None
        elif tag == "option" and self.list:
            value = held.get("value", "")
            self.first = value if self.first is None else self.first
            self.chosen = value if "selected" in held else self.chosen
        elif tag == "textarea":
            self.area = held.get("name")
            self.sent[self.area] = [""]

    def input(self, held):
        kind = held.get("type", "text")
        ticked = kind not in {"radio", "checkbox"} or "checked" in held
        if held.get("name") and ticked and kind != "file":
            self.sent[held["name"]].append(held.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select" and self.list:
            value = self.first if self.chosen is None else self.chosen
            self.sent[self.list].append(value or "")
            self.list = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][0] += data


def fields_in(html):
    reader = Fields()
    reader.feed(html)
    return {name: [one.replace("\n", "\r\n") for one in held] for name, held in reader.sent.items()}
