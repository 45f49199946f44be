"""A scene at one position of its control, with everything that it says there."""

from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.pages.helpers import component_data
from tests.products import ProductsAt
from tests.scene_numbers import Part, SceneNumbers, blocks_of, filled_in, keys_of
from tests.texts.markup import Text
from ui.names.numbers import short, signed


class SceneAt(SceneNumbers):
    """Its texts, too."""

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
        for block in blocks_of(part):
            for i, row in zip(keys_of(block), self.matrix(block), strict=False):
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
