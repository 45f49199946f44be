"""Read a scene as the browser gets it, at one position of its slider."""

import json
import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.helpers import component_data
from tests.texts.markup import Text, formula_text
from ui.names.numbers import short, signed

Part = dict[str, Any]


def read_scene(text: str) -> Part:
    """What was written by ui.draw.scenes, with its series in place."""
    return filled_in(**json.loads(text))


def filled_in(scene: Any, series: list[list]) -> Any:
    """The same of what was read as JSON, or of a part of it."""
    if isinstance(scene, list):
        return [filled_in(each, series) for each in scene]
    if isinstance(scene, dict):
        if "series" in scene:
            return series[scene["series"]]
        return {key: filled_in(each, series) for key, each in scene.items()}
    return scene


class SceneAt:
    """A scene at one position.

    Args:
        scene: as `read_scene` gives it.
        value: the position, which there must be.
    """

    def __init__(self, scene: Part, value: float) -> None:
        self.scene = scene
        self.place = scene["slider"]["positions"].index(value)

    def at(self, values: Any) -> Any:
        """What follows the slider, here."""
        return values[self.place] if isinstance(values, list) else values

    def parts(self, kind: str | None = None) -> list[Part]:
        """All parts in order, or those of a kind."""
        return [part for part in _parts(self.scene) if kind in (None, part["part"])]

    def numbers(self) -> dict[str, float]:
        """The numbers that have a name, such as term=x; no two may have the same."""
        found = [number for number in _numbers(self.scene) if "kind" in number]
        values = {f"{number['kind']}={number['name']}": self.at(number["value"]) for number in found}
        assert len(values) == len(found)
        return values

    def text(self, number: Part) -> str:
        """A number as it is written."""
        value = self.at(number.get("shown", number["value"]))
        return number.get("before", "") + (signed if number["form"] == "signed" else short)(value)

    def said(self, test_id: str) -> str:
        """A sentence, by its test id."""
        (words,) = [part for part in self.parts("Words") if part.get("test_id") == test_id]
        return self.at(words["text"])

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
        slider = self.scene["slider"]
        now = f"{slider['label']} = {slider['texts'][self.place]}"
        (spoken,) = [part for part in self.parts("Words") if part["is_spoken"]]
        yield Text("slider", slider["label"])
        yield Text("aria-valuetext", f"{now}. {self.at(spoken['text'])}")
        yield Text("output", now)
        for part in self.parts():
            yield from getattr(self, f"_of_{part['part'].lower()}")(part)

    def _of_group(self, part: Part) -> Iterator[Text]:
        yield from ()

    def _of_words(self, part: Part) -> Iterator[Text]:
        yield Text("h3" if part["role"] == "heading" else "p", self.at(part["text"]))

    def _of_formula(self, part: Part) -> Iterator[Text]:
        yield Text("formula", self.formula(part))

    def _of_table(self, part: Part) -> Iterator[Text]:
        yield from (Text("th", name) for name in part["head"])
        for row in part["rows"]:
            yield Text("th", row["head"])
            for cell in row["cells"]:
                yield from self._number("td", cell)

    def _of_network(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for edge in part["edges"]:
            yield Text("text", edge["number"]["name"])
            yield from self._number("text", edge["number"])
        for node in part["nodes"]:
            yield from self._number("text", node["number"])

    def _of_bars(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for bar in (*part["bars"], part["total"], part["truth"]):
            yield Text("text", bar["label"])
            yield from self._number("text", bar["number"])

    def _of_curve(self, part: Part) -> Iterator[Text]:
        yield from self._titled(part)
        for slope in part["slopes"]:
            if self.at(slope["number"]["value"]) is not None:
                yield Text("span", self.at(slope["label"]) + self.text(slope["number"]))

    def _titled(self, part: Part) -> Iterator[Text]:
        yield Text("aria-label", self.at(part["alt"]))
        yield Text("figcaption", part["title"])

    def _number(self, kind: str, number: Part) -> Iterator[Text]:
        text, name = self.text(number), f"{number['kind']}={number['name']}"
        yield Text(kind, text)
        yield Text("number", text, repr(self.at(number["value"])), name)


def scene_of(app: AppTest) -> SceneAt:
    """The scene of a page, at the position that the browser is told."""
    return scene_of_data(component_data(app, "page"))


def scene_of_data(data: dict[str, Any]) -> SceneAt:
    """The same of the component's data."""
    return SceneAt(filled_in(**data["scene"]), data["told"][0])


def _parts(scene: Part) -> Iterator[Part]:
    for part in scene["parts"]:
        yield part
        if part["part"] == "Group":
            yield from _parts(part)


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
