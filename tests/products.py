"""What the browser shows of a layer's batch, as ui/draw/js/products.js has it: products, sums and bars."""

from collections.abc import Iterator
from itertools import chain
from math import prod
from typing import Any

from backprop.noise import is_noise
from tests.texts.markup import Text, formula_text
from ui.names.numbers import short, signed

Part = dict[str, Any]
SHEETS = ("D", "A", "gradient", "W", "through")
OF_OBSERVATIONS = ("D", "A", "through")


def place_of(control: Part, texts: list[str]) -> int:
    """Which of all combinations of options these texts are."""
    places = [options.index(text) for options, text in zip(control["options"], texts, strict=True)]
    sizes = [len(options) for options in control["options"]]
    return sum(place * prod(sizes[index + 1 :]) for index, place in enumerate(places))


class ProductsAt:
    """The parts that follow the chosen cell and observation.

    Args:
        parts: Products, Columns, or Outer of a scene.
        place: of the scene's control.
    """

    def __init__(self, part: Part, place: int) -> None:
        self.part = part
        self.D, self.A = (
            part[name]["values"] if isinstance(part[name], dict) else part[name] for name in ("D", "A")
        )
        self.names = part["observations"]["names"]
        self.pick = place % len(self.D)
        self.row, self.column = divmod(place // len(self.D), len(self.A[0]))

    @property
    def kinds(self) -> list[str]:
        """The kind of each observation."""
        return [self.part["observations"]["kind_names"][kind] for kind in self.part["observations"]["kinds"]]

    @property
    def terms(self) -> list[float]:
        """What every observation adds to the chosen entry."""
        return [d[self.row] * a[self.column] for d, a in zip(self.D, self.A, strict=True)]

    @property
    def written(self) -> list[int]:
        """The observations that are written out."""
        count, ends = len(self.D), self.part["ends"]
        if count <= self.part["most"]:
            return list(range(count))
        ranked = sorted(range(count), key=self.terms.__getitem__)
        shown = ranked[:ends] + ranked[-ends:]
        return sorted(shown if self.pick in shown else [*shown[:ends], self.pick, *shown[ends + 1 :]])

    @property
    def rest(self) -> float | None:
        """The sum of the terms that are not; None where all are."""
        rest = [term for n, term in enumerate(self.terms) if n not in self.written]
        return None if not rest else 0.0 if is_noise(sum(rest), *rest) else sum(rest)

    @property
    def paths(self) -> list[float]:
        """The products that add up across the units; none for a bias."""
        W = self.part["W"]["values"]
        if self.column == len(W[0]):
            return []
        return [d * w[self.column] for d, w in zip(self.D[self.pick], W, strict=True)]

    def shown(self) -> dict[str, float]:
        """All numbers on the screen by their names."""
        return {
            "Products": self._products,
            "Columns": lambda: {f"bar={name}": v for name, v in zip(self.names, self.terms, strict=True)},
            "Outer": lambda: {
                f"cell=outer{self.names[self.pick]}:{k}:{j}": d * a
                for k, d in enumerate(self.D[self.pick])
                for j, a in enumerate(self.A[self.pick])
            },
        }[self.part["part"]]()

    def _products(self) -> dict[str, float]:
        found = {}
        for sheet in SHEETS:
            values = self.part[sheet]["values"]
            rows = self.written if sheet in OF_OBSERVATIONS else range(len(values))
            for row in rows:
                name = self.names[row] if sheet in OF_OBSERVATIONS else row
                found |= {f"cell={sheet}:{name}:{j}": value for j, value in enumerate(values[row])}
        found |= {f"term=n:{self.names[n]}": self.terms[n] for n in self.written}
        found["term=n:mean"] = self.part["gradient"]["values"][self.row][self.column]
        if self.rest is not None:
            found["term=n:rest"] = self.rest
        if self.paths:
            found |= {f"term=k:{k}": value for k, value in enumerate(self.paths)}
            found["term=k:sum"] = self.part["through"]["values"][self.pick][self.column]
        return found

    def texts(self) -> Iterator[Text]:
        """All that is said."""
        yield from {"Products": self._of_products, "Columns": self._of_columns, "Outer": self._of_outer}[
            self.part["part"]
        ]()
        values = self.shown()
        yield from (Text("number", short(value), repr(value), name) for name, value in values.items())

    def _of_products(self) -> Iterator[Text]:
        part = self.part
        yield Text("aria-label", part["alt"])
        yield Text("p", part["down"]["badge"])
        yield Text("formula", formula_text(part["down"]["mathml"]))
        yield Text("p", self.down)
        for sheet in SHEETS:
            yield Text("figcaption", part[sheet]["title"])
            yield from (Text("th", name) for name in part[sheet]["columns"])
            yield from (Text("th", name) for name in part[sheet].get("rows", []))
        yield from (Text("title", note) for note in part["unit_notes"] + part["input_notes"])
        if "more" in part:
            yield Text("p", part["more"])
        yield Text("p", part["across"]["badge"])
        yield Text("formula", formula_text(part["across"]["mathml"]))
        yield Text("p", self.across)
        if "note" in part["across"]:
            yield Text("p", part["across"]["note"])

    @property
    def weight(self) -> str:
        """Name of the chosen entry."""
        return self.part["weights"][self.row * len(self.A[0]) + self.column]

    @property
    def down(self) -> str:
        """The sum down the observations, in words."""
        factors = [(self.D[n][self.row], self.A[n][self.column]) for n in self.written]
        said = self._said([*zip(factors, (self.terms[n] for n in self.written), strict=True)])
        if self.rest is not None:
            said += " " + self.part["down"]["other"].format(
                len(self.D) - len(self.written), signed(self.rest)
            )
        count = len(self.D)
        mean = signed(self.part["gradient"]["values"][self.row][self.column])
        terms = f"1/{count} · ( {said} )" if count > 1 else said
        return f"{self.part['down']['name'].format(self.weight)} = {terms} = {mean}"

    @property
    def across(self) -> str:
        """The sum across the units, or why there is none."""
        if not self.paths:
            return self.part["across"]["none"]
        weights = [w[self.column] for w in self.part["W"]["values"]]
        factors = zip(self.D[self.pick], weights, strict=True)
        name = self.part["across"]["name"].format(self.part["inputs"][self.column], self.names[self.pick])
        total = signed(self.part["through"]["values"][self.pick][self.column])
        return f"{name} = {self._said([*zip(factors, self.paths, strict=True)])} = {total}"

    def _said(self, products: list[tuple[tuple[float, float], float]]) -> str:
        """Products; with their factors where these cannot be read in the matrices."""
        if self.part["is_written"]:
            return " ".join(signed(value) if value else "+0" for _, value in products)
        return ", ".join(
            f"{short(d)} · {f'({short(a)})' if a < 0 else short(a)} = {signed(value)}"
            for (d, a), value in products
        )

    def _of_columns(self) -> Iterator[Text]:
        part, place = self.part, self.row * len(self.A[0]) + self.column
        yield Text("h2", part["titles"][place])
        yield from (Text("span", kind) for kind in dict.fromkeys(self.kinds) if kind)
        yield from (Text("span", part[key]) for key in ("mean", "note"))
        for name, kind, value in zip(self.names, self.kinds, self.terms, strict=True):
            yield Text("title", part["observations"]["said"].format(name, kind, signed(value)))
        yield Text("p", part["sentences"][place])

    def _of_outer(self) -> Iterator[Text]:
        yield Text("figcaption", self.part["title"].format(self.names[self.pick], self.kinds[self.pick]))
        yield from (Text("th", name) for name in chain(self.part["units"], self.part["inputs"]))
