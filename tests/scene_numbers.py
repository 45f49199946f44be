"""A scene as the browser gets it, and its numbers at one position of its control."""

import json
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import accumulate, count
from operator import mul
from typing import Any

import numpy as np

from tests.products import ProductsAt, place_of
from tests.texts.markup import formula_text
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


class SceneNumbers:
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
        blocks = [block for part in self.parts() for block in blocks_of(part) if "name" in block]
        found = {
            f"{block['name']}:{i}:{j}": value
            for block in blocks
            for i, row in zip(keys_of(block), self.matrix(block), strict=False)
            for j, value in enumerate(row)
        }
        assert len(found) == sum(len(row) for block in blocks for row in self.matrix(block))
        for part in self.parts():
            if part["part"] in ("Products", "Columns", "Outer"):
                found |= ProductsAt(part, self.place).shown()
        return found

    @property
    def large(self) -> Part:
        """The only matrix that is as large as there is room."""
        (large,) = [part for part in self.parts("Matrix") if part["is_large"]]
        return large

    def large_matrix(self) -> "np.ndarray[Any, Any]":
        """Its numbers, block by block."""
        return np.array([self.matrix(block) for block in self.large["blocks"]])

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


def _parts(scene: Part) -> Iterator[Part]:
    for part in scene["parts"]:
        yield part
        if part["part"] in ("Group", "Fold"):
            yield from _parts(part)


def blocks_of(part: Part) -> list[Part]:
    around = [part[place] for place in ("above", "below") if place in part]
    return [*around, *part.get("blocks", [])]


def keys_of(block: Part) -> Iterable[Any]:
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
