"""Read the app's HTML and SVG in tests."""

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}
"""Elements that are never closed."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    @property
    def value(self) -> float:
        return float(self.attributes["data-value"])


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
            self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element.text += data


def elements(markup: str) -> list[Element]:
    """All elements, in order; the markup must be well formed."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == []
    return reader.elements


def text_of(markup: str) -> str:
    """All its text."""
    return elements(f"<div>{markup}</div>")[0].text


def by_attribute(markup: str, name: str) -> dict[str, Element]:
    """The elements that have this attribute, by its value, which must be unique."""
    found = [element for element in elements(markup) if name in element.attributes]
    result = {element.attributes[name]: element for element in found}
    assert len(result) == len(found), f"{name} is not unique"
    return result
