"""HTML, SVG, MathML and Markdown as the texts that people get of them."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree import ElementTree

from tests.markup import VOID

INLINE = {
    *("a", "abbr", "b", "br", "code", "em", "i", "kbd", "mark", "small"),
    *("span", "strong", "sub", "sup", "tspan", "u", "var", "wbr"),
}
SILENT = {"script", "style"}
SAID = ("aria-label", "aria-description", "title", "alt", "placeholder", "aria-valuetext", "data-tip")
"""Attributes that are shown or read out."""

RAISED, LOWERED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), str.maketrans("0123456789kji", "₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ")


@dataclass(frozen=True, slots=True)
class Text:
    """One text.

    Attributes:
        kind: where it stands: the tag, the attribute, or a name such as "say".
        text: as it is read; code between backticks.
        value: the element's data-value, where it has one.
        name: its other data attributes, which say which number it is.
    """

    kind: str
    text: str
    value: str | None = None
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Text | None] = []
        self.open: list[tuple[str, dict[str, str | None], int]] = []
        self.blocks: list[tuple[str, list[str], int]] = [("text", [], self.reserve())]

    def reserve(self) -> int:
        """The place of a text that begins here."""
        self.found.append(None)
        return len(self.found) - 1

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.found += [Text(key, value) for key, value in attrs if key in SAID and value]
        if tag == "br":
            self.add("\n")
        if tag in VOID:
            return
        if "data-value" in attributes or tag not in INLINE:
            if tag not in INLINE:
                self.flush()
                self.blocks.append((tag, [], self.reserve()))
        elif tag in ("span", "strong", "a"):
            self.add("\x1f")
        self.open.append((tag, attributes, sum(map(len, self.blocks[-1][1]))))
        self.add(_around(tag, attributes)[0])

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        opened, attributes, start = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        self.add(_around(tag, attributes)[1])
        if "data-value" in attributes:
            whole = "".join(self.blocks[-1][1])
            said = tidied(whole if tag not in INLINE else whole[start:])
            self.found.append(Text("number", said, attributes["data-value"], name_of(attributes)))
        if tag in INLINE:
            if tag in ("span", "strong", "a"):
                self.add("\x1f")
        else:
            self.close()

    def add(self, text: str) -> None:
        self.blocks[-1][1].append(text)

    def flush(self) -> None:
        """What was said so far of a block in which another begins."""
        tag, said, place = self.blocks[-1]
        if text := tidied("".join(said)):
            self.found[place] = Text(tag, text)
        self.blocks[-1] = (tag, [], self.reserve())

    def close(self) -> None:
        self.flush()
        if len(self.blocks) > 1:
            self.blocks.pop()
            tag, said, _ = self.blocks[-1]
            self.blocks[-1] = (tag, said, self.reserve())

    def handle_data(self, data):
        if not any(element[0] in SILENT for element in self.open):
            self.add(data.replace("`", "'"))


def _around(tag: str, attributes: dict[str, str | None]) -> tuple[str, str]:
    """What stands around the text of an inline element, for `tidied`."""
    if tag == "code":
        return "`", "`"
    if tag == "tspan" and "font-size" in attributes:
        return "\x01" if float(attributes["dy"]) < 0 else "\x02", "\x03"
    return {"sup": ("\x01", "\x03"), "sub": ("\x02", "\x03")}.get(tag, ("", ""))


def name_of(attributes: dict[str, str | None]) -> str:
    """What a number's other data attributes call it."""
    named = (f"{key[5:]}={value}" for key, value in attributes.items() if key.startswith("data-"))
    return " ".join(name for name in named if not name.startswith(("value=", "app-link")))


def tidied(text: str) -> str:
    """White space as the browser shows it; \x1f marks where styled words begin or end."""
    if text.isalnum():
        return text
    text = re.sub(r"\x01([^\x03]*)\x03", lambda found: found[1].translate(RAISED), text)
    text = re.sub(r"\x02([^\x03]*)\x03", lambda found: found[1].translate(LOWERED), text)
    text = re.sub(r"(?<=[\w.,:;)✓✗])\x1f+(?=[\w(✓✗])", " | ", text).replace("\x1f", "")
    return re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", text)).strip(" \n")


_FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)


def _with_text(formula: re.Match[str]) -> str:
    tag = "formula" if 'display="block"' in formula[0] else "var"
    return f"<{tag}>{html.escape(formula_text(formula[0]))}</{tag}>"


@lru_cache(maxsize=4096)
def formula_text(markup: str) -> str:
    """MathML on one line: fractions as (a)/(b), indices as a_b^c."""
    text = re.sub(r"\s+", " ", _linear(ElementTree.fromstring(markup))).strip()
    return re.sub(r"(^|[(\[,;|]|= )\s?− ", r"\1−", text)


def _linear(element: ElementTree.Element) -> str:
    tag = element.tag.rpartition("}")[2]
    parts = [_linear(child) for child in element]
    if tag == "mfrac":
        return f"({parts[0]})/({parts[1]})"
    if tag in ("msub", "munder"):
        return f"{parts[0]}_{parts[1]}"
    if tag in ("msup", "mover"):
        return f"{parts[0]}^{parts[1].replace(' ', '')}"
    if tag in ("msubsup", "munderover"):
        return f"{parts[0]}_{parts[1]}^{parts[2]}"
    if tag == "mtable":
        return f"[{'; '.join(parts)}]"
    if tag == "mtr":
        return ", ".join(parts)
    if tag == "mspace":
        return " "
    inside = unicodedata.normalize("NFKC", element.text or "") + "".join(parts)
    return f" {inside} " if tag == "mo" and inside in "=+−·⊗≈→" else inside


def texts_of_html(markup: str) -> list[Text]:
    """All texts of HTML that is well formed, in order."""
    reader = _Reader()
    reader.feed(_FORMULA.sub(_with_text, markup))
    reader.close()
    assert not reader.open, f"<{reader.open[-1][0]}> stays open"
    while len(reader.blocks) > 1:
        reader.close()
    reader.flush()
    return [text for text in reader.found if text is not None and text.text]


_LABEL = re.compile(r"<(/?\w+)[^>]*>")
_LABEL_MARKS = {"sup": "\x01", "sub": "\x02", "/sup": "\x03", "/sub": "\x03", "br": "\n"}


def text_of_label(label: str) -> str:
    """A label of a chart: text with a few tags that Plotly knows."""
    marked = _LABEL.sub(lambda found: _LABEL_MARKS.get(found[1], ""), label)
    return tidied(html.unescape(marked))


def texts_of_markdown(text: str, kind: str) -> list[Text]:
    """A text with Markdown in it, as it is shown."""
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    shown = re.sub(r":material/\w+:", "", shown)
    shown = re.sub(r"(\*\*|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", shown)
    shown = re.sub(r" {2,}\n", "\n", shown)
    return [Text(kind, line.strip()) for line in html.unescape(shown).split("\n") if line.strip()]
