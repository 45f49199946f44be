"""The network on one flower as an SVG: values in the nodes, weights as edges. No Streamlit."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from backprop import TrainingStep
from backprop.arrays import FloatArray
from backprop.network import input_of
from ui.draw import words
from ui.draw.svg import curve, drawing, label, number, pill, sign_class, tag
from ui.names.numbers import as_typed, exact, short, signed
from ui.names.symbols import symbol
from ui.state.data import describe_target, input_names, is_iris, observation_word, output_names

WIDTH = 1000
TOP = 46
LEFT, RIGHT, COST = 152.0, 746.0, 954.0
MOST_SINGLE_EDGES = 80
MOST_NAMED_COLUMNS = 4
WIDTH_CLASSES = 4

Lines = tuple[tuple[tuple[int, int], str], ...]
"""(k, j) and path data of every weight of a layer."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where everything is.

    Attributes:
        height: of the drawing.
        columns: x of every layer, the input first.
        rows: y of every unit of every layer.
        box: width and height of a node in every layer.
        small: for every layer, whether its nodes need the smaller text.
        named: whether there is room for the names of the units.
    """

    height: float
    columns: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]
    box: tuple[tuple[float, float], ...]
    small: tuple[bool, ...]
    named: bool


def network_svg(step: TrainingStep, marked: str | None = None, typed: Collection[int] = ()) -> str:
    """The whole network with this step's numbers.

    Args:
        step: the recorded step.
        marked: a node to draw a ring around, such as "a1:4".
        typed: inputs that the reader has put in, 0-based: no measurements.
    """
    layers = len(step.config.layer_sizes)
    place = _geometry(step.config.layer_sizes)
    return drawing(
        WIDTH,
        place.height,
        _description(step, typed),
        *(_edge_group(step, layer) for layer in range(1, layers)),
        *(_column_title(step, place, layer, typed) for layer in range(layers)),
        *(node for layer in range(layers) for node in _nodes(step, place, layer, marked, typed)),
        *_inputs(step, place),
        *_outputs(step, place),
    )


def _geometry(sizes: tuple[int, ...]) -> Geometry:
    most = max(sizes)
    height = TOP + max(250.0, 19.0 * most) + 6
    columns = tuple(float(x) for x in np.linspace(LEFT, RIGHT, len(sizes)))
    pitches = [min(64.0, (height - TOP - 6) / size) for size in sizes]
    middle = (TOP + height - 6) / 2
    rows = tuple(
        tuple(middle + (unit - (size - 1) / 2) * pitch for unit in range(size))
        for size, pitch in zip(sizes, pitches, strict=True)
    )
    named = len(sizes) <= MOST_NAMED_COLUMNS
    small = tuple(pitch < 28 for pitch in pitches)
    widths = (54.0 if tight else 104.0 if named else 72.0 for tight in small)
    box = tuple((width, min(32.0, pitch - 3)) for width, pitch in zip(widths, pitches, strict=True))
    return Geometry(height, columns, rows, box, small, named)


def _edge_group(step: TrainingStep, layer: int) -> str:
    """The weights of a layer, one line each; of a big layer, one path for each sign and width."""
    W, lines = step.tape[f"W{layer}"], _lines(step.config.layer_sizes, layer)
    largest = float(np.abs(W).max()) or 1.0
    if W.size > MOST_SINGLE_EDGES:
        return tag("g", *_bundled_edges(W, lines, largest), class_="bp-edges bp-many")
    return tag("g", *_single_edges(W, lines, layer, largest), class_="bp-edges")


def _single_edges(W: FloatArray, lines: Lines, layer: int, largest: float) -> Iterator[str]:
    name = f"W{layer}"
    for (k, j), line in lines:
        weight = W.item(k, j)
        yield tag(
            "path",
            tag("title", words.weight(name, k, j, weight)),
            d=line,
            class_=sign_class(weight),
            stroke_width=0.6 + 3.9 * abs(weight) / largest,
            data_edge=f"{name}:{k}:{j}",
            data_value=exact(weight),
        )


def _bundled_edges(W: FloatArray, lines: Lines, largest: float) -> Iterator[str]:
    paths: dict[tuple[str, int], list[str]] = {}
    for weight, (_, line) in zip(W.ravel().tolist(), lines, strict=True):
        width = min(WIDTH_CLASSES - 1, int(WIDTH_CLASSES * (abs(weight) / largest)))
        paths.setdefault((sign_class(weight), width), []).append(line)
    for (class_, width), alike in sorted(paths.items()):
        yield tag("path", d="".join(alike), class_=class_, stroke_width=0.4 + 0.6 * width)


@lru_cache(maxsize=64)  # else more than half of the time of a large network's picture
def _lines(sizes: tuple[int, ...], layer: int) -> Lines:
    """The line of every weight, row by row: it depends on the network's shape alone."""
    place = _geometry(sizes)
    start = place.columns[layer - 1] + place.box[layer - 1][0] / 2
    end = place.columns[layer] - place.box[layer][0] / 2
    return tuple(
        ((k, j), curve(start, place.rows[layer - 1][j], end, place.rows[layer][k]))
        for k in range(sizes[layer])
        for j in range(sizes[layer - 1])
    )


def _column_title(step: TrainingStep, place: Geometry, layer: int, typed: Collection[int]) -> str:
    config = step.config
    if layer == 0:
        top, bottom = words.INPUT, _kind_of_inputs(step, typed)
    else:
        top = words.layer_title(layer, config.depth)
        bottom = f"{config.activation(layer)}({symbol(f'z{layer}')})"
    x = place.columns[layer]
    return label(x, 9, top, "bp-strong") + label(x, 31, bottom, "bp-small")


def _kind_of_inputs(step: TrainingStep, typed: Collection[int]) -> str:
    if not is_iris(step.config):
        return words.AS_GIVEN
    if not typed:
        return words.STANDARDISED
    return words.TYPED if len(typed) == len(step.tape["x"]) else words.SOME_TYPED


def _nodes(
    step: TrainingStep, place: Geometry, layer: int, marked: str | None, typed: Collection[int]
) -> Iterator[str]:
    name = input_of(layer + 1)
    x, (width, height), small = place.columns[layer], place.box[layer], place.small[layer]
    for unit, value in enumerate(step.tape[name].tolist()):
        y, node = place.rows[layer][unit], f"{name}:{unit}"
        shown = as_typed(value) if layer == 0 and unit in typed else short(value)
        text = words.OFF if _is_off(step, layer, unit) and not small else shown
        parts = [tag("title", _node_title(step, layer, unit, typed)), pill(x, y, width, height, "bp-box")]
        if place.named and not small:
            parts.append(label(x - width / 2 + 10, y, symbol(name, unit), anchor="start"))
            parts.append(number(x + width / 2 - 10, y, value, text, anchor="end", data_node=node))
        else:
            parts.append(number(x, y, value, text, "bp-small" if small else "", data_node=node))
        yield tag("g", *parts, class_=_node_class(step, layer, unit, node == marked))


def _is_off(step: TrainingStep, layer: int, unit: int) -> bool:
    hidden = 0 < layer < step.config.depth
    return hidden and step.config.rule(layer).switches and bool(step.tape[f"z{layer}"][unit] <= 0)


def _node_class(step: TrainingStep, layer: int, unit: int, marked: bool) -> str:
    target = layer == step.config.depth and step.tape["y"][unit] == 1
    kinds = {"bp-off": _is_off(step, layer, unit), "bp-target": target, "bp-marked": marked}
    return " ".join(["bp-node", *(kind for kind, applies in kinds.items() if applies)])


def _node_title(step: TrainingStep, layer: int, unit: int, typed: Collection[int]) -> str:
    if layer == 0:
        is_measured = unit not in typed and is_iris(step.config)
        says = words.measured_input if is_measured else words.given_input
        return says(unit, input_names(step.config)[unit], step.tape["x"].item(unit))
    z, a = (step.tape[f"{letter}{layer}"].item(unit) for letter in "za")
    return words.unit_values(layer, unit, z, a)


def _inputs(step: TrainingStep, place: Geometry) -> Iterator[str]:
    x = place.columns[0] - place.box[0][0] / 2 - 8
    for y, feature in zip(place.rows[0], input_names(step.config), strict=True):
        yield label(x, y, feature, anchor="end")


def _outputs(step: TrainingStep, place: Geometry) -> Iterator[str]:
    """Species, target and cost, right of the output units."""
    cost, rows = float(step.tape["C"]), place.rows[-1]
    x = place.columns[-1] + place.box[-1][0] / 2 + 8
    middle = sum(rows) / len(rows)
    for y, name, value in zip(rows, output_names(step.config), step.tape["y"].tolist(), strict=True):
        strong, small = ("bp-strong", "bp-small bp-target-text") if value == 1 else ("", "bp-small")
        yield label(x, y - 9, name, strong, "start")
        yield label(x, y + 9, words.target(value), small, "start")
    yield label(COST, 9, words.COST, "bp-strong")
    for line, word in enumerate(step.config.cost.label.rsplit(" ", 1)):
        yield label(COST, 31 + 16 * line, word, "bp-small")
    for y in rows:
        yield tag("path", d=curve(x + 88, y, COST - 39, middle), class_="bp-thin")
    yield tag(
        "g",
        pill(COST, middle, 78, 32, "bp-box"),
        number(COST, middle, cost, short(cost), data_node="C:0"),
        class_="bp-node",
    )


def _description(step: TrainingStep, typed: Collection[int]) -> str:
    """What the picture shows, for people who cannot see it."""
    config, (x, a, y, C) = step.config, (step.tape[name] for name in ("x", f"a{step.config.depth}", "y", "C"))
    inputs = (f"{name} {signed(value)}" for name, value in zip(input_names(config), x, strict=True))
    outputs = (f"{name} {short(value)}" for name, value in zip(output_names(config), a, strict=True))
    word = "example" if typed else observation_word(config)
    hidden, target = config.layer_sizes[1:-1], describe_target(config, y)
    return words.network_alt(word, inputs, hidden, outputs, target, C.item())
