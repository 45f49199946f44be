"""Read a scene as the browser gets it, at one position of its control."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import accumulate, count
from operator import mul
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from tests.pages.helpers import component_data
from tests.products import ProductsAt, place_of
from tests.texts.markup import Text, formula_text
from ui.names.numbers import as_typed, listed, percent, short, signed

Part = dict[str, Any]


def read_scene(text: str) -> Part:
    """What was written by ui.draw.packing, with its series in place."""
    return filled_in(**json.loads(text))


def filled_in(scene: Part, series: list) -> Part:
    """The same of what was read as JSON."""
    whole = [*map(_unpacked, series)]
    return _filled(scene, whole, _filled(scene.get("control", {}), whole, []).get("positions", []))


def _filled(part: Any, series: list[list], positions: list[float]) -> Any:
    if isinstance(part, list):
        return [_filled(each, series, positions) for each in part]
    if not isinstance(part, dict):
        return part
    if "series" in part:
        return series[part["series"]]
    if "factors" in part:
        return [reduce(mul, part["factors"], position) for position in positions]
    return {key: _filled(value, series, positions) for key, value in part.items()}


def _unpacked(values: Any) -> list:
    if isinstance(values, str):
        return np.frombuffer(b64decode(values), "<f8").tolist()
    if isinstance(values, list):
        return values
    if "floats" in values:
        return np.frombuffer(b64decode(values["floats"]), "<f8").reshape(-1, values["columns"]).tolist()
    return [_with(values["forms"][form], words) for form, *words in values["each"]]


def _with(form: str, words: list[str]) -> str:
    first, *others = form.split("¤")
    return first + "".join(word + other for word, other in zip(words, others, strict=True))


class SceneAt:
    """A scene at one position.

    Args:
        scene: as `read_scene` gives it.
        value: the position, which there must be: the slider's number, the texts of a choice or a combination,
            None of none.
        out: numbers of what is switched out.
    """

    def __init__(self, scene: Part, value: Any, out: Iterable[int] = ()) -> None:
        self.scene, self.value, self.out = scene, value, sorted(out)
        control = scene.get("control", {})
        self.place = 0
        if control.get("part") == "Combination":
            self.place = place_of(control, value)
        elif control:
            self.place = control["positions"].index(value)

    def at(self, values: Any) -> Any:
        """What follows the control, here."""
        return values[self.place] if isinstance(values, list) else values

    def parts(self, kind: str | None = None) -> list[Part]:
        """All parts in order, or those of a kind."""
        return [part for part in _parts(self.scene) if kind in (None, part["part"])]

    def numbers(self) -> dict[str, float]:
        """The numbers that have a name, such as term=x; no two may have the same."""
        found = [number for number in _numbers(self.scene) if "kind" in number]
        values = {
            f"{number['kind']}={self.at(number.get('name', ''))}": self.number(number) for number in found
        }
        assert len(values) == len(found)
        return {name: value for name, value in values.items() if value is not None}

    def of_network(self, name: str) -> list[list[float]]:
        """Of the whole network an array by its name, such as a2; a vector as a column."""
        (network,) = self.parts("WholeNetwork")
        values: list[list[float]] = network["tables"][f"{name}:value"]["values"]
        return values

    def number(self, number: Part) -> float:
        """A number, with all its digits."""
        value = self.at(number.get("value"))
        if value is not None and "less" in number:
            value = value - self.at(number["less"])
        return 0.0 if "noise" in number and abs(value) <= self.at(number["noise"]) else value

    def text(self, number: Part) -> str:
        """A number as it is written."""
        if text := self.at(number.get("text", "")):
            return str(text)
        form = {"signed": signed, "typed": as_typed}.get(number["form"], short)
        shown = self.at(number["shown"]) if "shown" in number else self.number(number)
        return number.get("before", "") + form(shown)

    def said(self, test_id: str) -> str:
        """A sentence, by its test id."""
        (words,) = [part for part in self.parts("Words") if part.get("test_id") == test_id]
        return self.sentence(words)

    def sentence(self, words: Part) -> str:
        """With its numbers."""
        if isinstance(words["text"], dict):
            return self.said_of_sum(words["text"])
        return self.at(words["text"]).format(*map(self.text, words.get("numbers", [])))

    def running(self, sum_: Part) -> list[float]:
        """Where a sum without what is out is after each of its terms."""
        kept = [0.0 if k in self.out else self.at(term) for k, term in enumerate(sum_["terms"])]
        sums = zip(accumulate(kept), accumulate(map(self.at, sum_["noise"])), strict=True)
        return [total if abs(total) > noise else 0.0 for total, noise in sums]

    def said_of_sum(self, text: Any) -> str:
        """What is said of a sum, or follows the control."""
        if not isinstance(text, dict):
            return self.at(text)
        terms, total = [*map(self.at, text["sum"]["terms"])], self.at(text["sum"]["total"])
        missing = sum(terms[k] for k in self.out)
        if abs(missing) <= sum(self.at(text["sum"]["noise"][k]) for k in self.out):
            missing = 0.0
        said = text.get(self._case(text, missing)) or text["some"]
        marks = listed(text["sum"].get("marks", [""] * len(terms))[k] for k in self.out)
        share = 1.0 if len(self.out) == len(terms) or total == 0 else abs(missing / total)
        slots = {"{out}": marks, "{kept}": str(len(terms) - len(self.out)), "{off}": signed(-missing)}
        slots["{share}"] = percent(share)
        return reduce(lambda said, slot: said.replace(*slot), slots.items(), self.at(said))

    def _case(self, text: Part, missing: float) -> str:
        if not self.out:
            return "whole"
        if missing == 0 and "cancel" in text:
            terms = text["sum"]["terms"]
            carries = any(self.at(terms[k]) for k in self.out)
            return "cancel" if carries else "idles" if len(self.out) > 1 else "idle"
        if "none" in text and len(self.out) == len(text["sum"]["terms"]):
            return "none"
        is_reversed = self.running(text["sum"])[-1] * self.at(text["sum"]["total"]) < 0
        return "reversed" if is_reversed and "reversed" in text else "some"

    def judged(self, card: Part) -> tuple[float | None, str]:
        """The number of a card, and what is said of it."""
        number = card.get("number")
        value = self.running(number)[-1] if isinstance(number, dict) else self.at(number)
        if "judge" not in card:
            return value, self.at(card["note"])
        judge = {name: self.at(each) for name, each in card["judge"].items()}
        if judge.get("numeric") is None:
            return value, judge["unjudged"]
        error, is_right = abs(value - judge["numeric"]), abs(value - judge["derivative"]) <= judge["near"]
        is_far = error > judge["tolerance" if is_right else "noise"]
        mark = "✗" if is_far else "✓" if is_right else ""
        return value, judge["said"].format(mark=mark, error=short(error)).strip()

    def entries(self) -> dict[str, float]:
        """The entries of all matrices with a name, such as update=after2:0:1."""
        blocks = [block for part in self.parts() for block in _blocks(part) if "name" in block]
        found = {
            f"{block['name']}:{i}:{j}": value
            for block in blocks
            for i, row in zip(_keys(block), self.matrix(block), strict=False)
            for j, value in enumerate(row)
        }
        assert len(found) == sum(len(row) for block in blocks for row in self.matrix(block))
        for part in self.parts():
            if part["part"] in ("Products", "Columns", "Outer"):
                found |= ProductsAt(part, self.place).shown()
        return found

    def matrix(self, block: Part) -> list[list[float]]:
        """The entries of one of them."""
        start, slope = (block["values"].get(key) for key in ("start", "slope"))
        return [
            [
                (start[i][j] if start else 0.0) + (self.value * slope[i][j] if slope else 0.0)
                for j in range(len(row))
            ]
            for i, row in enumerate(start or slope)
        ]

    def rows(self, table: Part) -> list[list[str]]:
        """What stands in a table, its head first."""
        rows = [[row["head"], *(self._cell(cell) for cell in row["cells"])] for row in table["rows"]]
        return [[self.at(name) for name in table["head"]], *rows]

    def _cell(self, cell: Any) -> str:
        return self.text(cell) if isinstance(cell, dict) else self.at(cell) or ""

    def formulas(self) -> list[str]:
        """All formulas on one line each."""
        return [self.formula(part) for part in self.parts("Formula")]

    def formula(self, part: Part) -> str:
        """One of them."""
        numbers = part.get("numbers", [])
        written = [f"<mrow>{self._mathml(number)}</mrow>" for number in numbers]
        slot = r'<mrow data-slot="(\d+)"></mrow>'
        return formula_text(re.sub(slot, lambda found: written[int(found[1])], part["mathml"]))

    def _mathml(self, number: Part) -> str:
        mantissa, _, power = self.text(number).partition("e")
        written = _signed_mathml(mantissa)
        if power:
            written += f"<mo>·</mo><msup><mn>10</mn><mrow>{_signed_mathml(power)}</mrow></msup>"
        in_brackets = number["form"] == "factor" and mantissa.startswith("−")
        return f"<mo>(</mo>{written}<mo>)</mo>" if in_brackets else written

    def texts(self) -> Iterator[Text]:
        """Everything that is said here, as tests/texts reads it from pages."""
        control, switches = self.scene.get("control", {}), self.scene.get("switches")
        if control.get("part") == "Slider":
            now = f"{control['label']} = {control['texts'][self.place]}"
            (spoken,) = [part for part in self.parts("Words") if part["is_spoken"]]
            yield Text("slider", control.get("name", control["label"]))
            yield Text("aria-valuetext", f"{now}. {self.sentence(spoken)}")
            yield Text("output", now)
        for buttons in filter(None, (control if control.get("part") == "Choice" else None, switches)):
            yield Text("legend", buttons["label"])
            if "help" in buttons:
                yield Text("title", buttons["help"])
            yield from (Text("button", text) for text in buttons.get("texts", []))
        for part in self.parts():
            yield from getattr(self, f"_of_{part['part'].lower()}")(part)

    def _of_group(self, part: Part) -> Iterator[Text]:
        yield from ()

    def _of_fold(self, part: Part) -> Iterator[Text]:
        yield Text("summary", part["title"])

    def _of_strip(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", part["name"])
        for each in part["thumbnails"]:
            yield Text("nav", f"{each['name']} | {' ⏎ '.join(each['notes'])}")

    def _of_words(self, part: Part) -> Iterator[Text]:
        yield Text({"title": "h2", "heading": "h3"}.get(part["role"], "p"), self.sentence(part))
        for number in part.get("numbers", []):
            yield self._value(number)

    def _of_told(self, part: Part) -> Iterator[Text]:
        yield from (Text("p", text) for text in dict.fromkeys([part["otherwise"], *part["texts"].values()]))

    def _of_link(self, part: Part) -> Iterator[Text]:
        yield Text("a", part["text"])

    def _of_plot(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", self.at(part["alt"]))
        yield from (Text("figcaption", line["label"]) for line in part["lines"])
        yield from (Text("axis", axis) for axis in part["axes"] if axis)
        if "point" in part:
            yield Text("text", self.at(part["point"]))
        yield from (Text("text", mark["text"]) for mark in part.get("marks", []))

    def _of_pairs(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for pair in part["pairs"]:
            yield Text("text", pair["title"])
            for which in ("change", "before", "after"):
                yield from self._number("text", pair[which])

    def _of_matrix(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", part["alt"])
        for block in part["blocks"]:
            yield from (Text("th", name) for name in (block.get("title"), *block["columns"]) if name)
        if "below" in part:
            yield Text("th", part["below"]["title"])
        yield from (Text("th", name) for name in part["rows"] if name)
        if part["is_written"]:
            yield from self._entries(part)

    def _of_tables(self, part: Part) -> Iterator[Text]:
        yield Text("summary", part["title"])
        yield from (Text("th", block["title"]) for block in part["blocks"])
        yield from self._entries(part)

    def _entries(self, part: Part) -> Iterator[Text]:
        for block in _blocks(part):
            for i, row in zip(_keys(block), self.matrix(block), strict=False):
                for j, value in enumerate(row):
                    name = f"{block['name']}:{i}:{j}" if "name" in block else ""
                    yield Text("number", short(value), repr(value), name)

    def _of_products(self, part: Part) -> Iterator[Text]:
        return ProductsAt(part, self.place).texts()

    _of_columns = _of_outer = _of_products

    def _of_formula(self, part: Part) -> Iterator[Text]:
        yield Text("formula", self.formula(part))

    def _of_table(self, part: Part) -> Iterator[Text]:
        yield from (Text("th", self.at(name)) for name in part["head"])
        for row in part["rows"]:
            yield Text("th", row["head"])
            for cell in filter(None, row["cells"]):
                if isinstance(cell, dict):
                    yield from self._number("td", cell)
                else:
                    yield Text("td", self.at(cell))

    def _of_legend(self, part: Part) -> Iterator[Text]:
        yield Text("strong", part["title"])
        yield from (Text("key", text) for _, text in part["keys"])

    def _of_wholenetwork(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", part["alt"])
        yield from (Text("text", line) for head in part["heads"] for line in head)
        for column in part["network"]:
            yield from (Text("text", label) for label in column["labels"])
            for unit, (value,) in enumerate(part["tables"][column["values"][-1]]["values"]):
                yield Text("number", short(value), repr(value), f"node={column['name']}:{unit}")

    def _of_network(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for edge in part["edges"]:
            yield Text("text", self.at(edge["number"]["name"]))
            yield from self._number("text", edge["number"])
        for node in part["nodes"]:
            if isinstance(node["number"], dict):
                yield from self._number("text", node["number"])
            else:
                yield Text("text", self.at(node["number"]))

    def _of_bars(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for bar in (*part["bars"], part["total"], part["truth"]):
            yield Text("text", self.at(bar["label"]))
            if self.at(bar["number"].get("value")) is None:
                yield Text("text", self.text(bar["number"]))
            else:
                yield from self._number("text", bar["number"])

    def _of_ledger(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", self.alt(part))
        yield from (Text("figcaption", text) for text in part["legend"])
        yield from (Text("text", self.at(head)) for head in (*part["heads"], part["unit"]))
        running = self.running(part["sum"])
        for k, (term, so_far) in enumerate(zip(part["terms"], running, strict=True)):
            yield from (Text("text", text) for text in (term["name"], term.get("note")) if text)
            for name in ("upstream", "weight", "product"):
                yield from self._number("text", term[name])
            if k in self.out:
                yield Text("text", part["out"])
            else:
                yield Text("number", signed(so_far), repr(so_far), f"ledger=running:{k}")
        yield Text("text", self.said_of_sum(part["total"]))
        yield Text("number", signed(running[-1]), repr(running[-1]), "ledger=total")
        if self.at(part["truth"].get("value")) is not None:
            yield from self._number("text", part["truth"])

    def alt(self, part: Part) -> str:
        """A ledger for who cannot see it."""
        paths = [
            part["each_out" if k in self.out else "each"].format(
                number=k + 1, **{name: self.text(term[name]) for name in ("upstream", "weight", "product")}
            )
            for k, term in enumerate(part["terms"])
        ]
        return self.at(part["alt"]).format(terms="; ".join(paths), sum=signed(self.running(part["sum"])[-1]))

    def _of_cards(self, part: Part) -> Iterator[Text]:
        for card in part["cards"]:
            value, said = self.judged(card)
            yield Text("p", self.said_of_sum(card["title"]))
            if value is None:
                yield Text("p", "–")
            else:
                yield Text("number", signed(value), repr(value), f"rule={card['name']}")
            yield Text("p", said)

    def _of_curve(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for slope in part["slopes"]:
            if self.at(slope["number"]["value"]) is not None:
                yield Text("span", self.at(slope["label"]) + self.text(slope["number"]))

    def _titled(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", self.at(part["alt"]))
        yield Text("figcaption", part["title"])

    def _number(self, kind: str, number: Part) -> Iterator[Text]:
        yield Text(kind, self.text(number))
        yield self._value(number)

    def _value(self, number: Part) -> Text:
        name = f"{number['kind']}={self.at(number['name'])}" if "kind" in number else ""
        return Text("number", self.text(number), repr(self.number(number)), name)


def scene_of(app: AppTest, key: str = "scene") -> SceneAt:
    """A scene of a page, at the position that the browser is told.

    Args:
        app: with a page.
        key: of the component, where the page has several.
    """
    return scene_of_data(component_data(app, "page", key))


def scene_of_data(data: dict[str, Any]) -> SceneAt:
    """The same of the component's data."""
    scene, (state, _) = filled_in(**data["scene"]), data["told"]
    control = scene.get("control")
    if control is None:
        return SceneAt(scene, None)
    if control["part"] == "Slider":
        return SceneAt(scene, float(state[0][-1]))
    count = len(control["keys"])
    switches = scene.get("switches")
    out = [switches["options"].index(text) for text in state[count]] if switches else []
    return SceneAt(scene, [texts[-1] for texts in state[:count]], out)


def _parts(scene: Part) -> Iterator[Part]:
    for part in scene["parts"]:
        yield part
        if part["part"] in ("Group", "Fold"):
            yield from _parts(part)


def _blocks(part: Part) -> list[Part]:
    around = [part[place] for place in ("above", "below") if place in part]
    return [*around, *part.get("blocks", [])]


def _keys(block: Part) -> Iterable[Any]:
    """Of its rows in the names of its entries."""
    return block.get("keys") or count()


def _numbers(part: Any) -> Iterator[Part]:
    if isinstance(part, list):
        for each in part:
            yield from _numbers(each)
    elif isinstance(part, dict):
        if "form" in part:
            yield part
        for each in part.values():
            yield from _numbers(each)


def _signed_mathml(text: str) -> str:
    digits = f"<mn>{text.removeprefix('−')}</mn>"
    return f"<mo>−</mo>{digits}" if text.startswith("−") else digits
