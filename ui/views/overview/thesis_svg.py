"""The thesis as one picture: one path, all paths, and their sum. No Streamlit."""

from collections.abc import Container, Iterator, Sequence

from ui.draw.svg import curve, drawing, label, number, pill, sign_class, tag
from ui.names.numbers import signed
from ui.names.symbols import circled, symbol
from ui.steps.thesis import Thesis
from ui.views.overview import words

HEIGHT = 212
MIDDLE, LOWEST = 103.0, 158.0
UNIT, SUMS = 44.0, 190.0
UNIT_BOX, SUM_BOX, COST_BOX, BOX_HEIGHT = 80.0, 70.0, 44.0, 30.0
ONE_WIDTH, ONE_COST = 344, 316.0
ALL_WIDTH, ALL_COST = 356, 330.0
SUM_WIDTH = 292
LIST_LEFT, LIST_RIGHT = 4.0, 288.0


def one_path_svg(thesis: Thesis) -> str:
    """Left half: what the single-variable chain rule says, which knows one path."""
    k = thesis.single
    return drawing(
        ONE_WIDTH,
        HEIGHT,
        words.one_path_alt(thesis),
        label(2, 10, words.ONE_PATH, "bp-strong", "start"),
        *_path(thesis, k, ONE_COST),
        *_nodes(thesis, ONE_COST, {k}),
        number(
            SUMS, HEIGHT - 8, thesis.products[k], words.product(thesis, k), "bp-strong", data_path=f"one:{k}"
        ),
        class_="bp-thesis",
    )


def all_paths_svg(thesis: Thesis) -> str:
    """Right half: every path that the total derivative sums."""
    paths = range(len(thesis.products))
    return drawing(
        ALL_WIDTH,
        HEIGHT,
        words.all_paths_alt(thesis),
        label(2, 10, words.all_paths(len(paths)), "bp-strong", "start"),
        *(part for k in paths for part in _path(thesis, k, ALL_COST)),
        *_nodes(thesis, ALL_COST, paths),
        class_="bp-thesis",
    )


def sum_svg(thesis: Thesis) -> str:
    """Beside it: the product of every path and their sum, the total derivative."""
    said = words.sum_alt(thesis)
    return drawing(SUM_WIDTH, HEIGHT, said, *_legend(), *_addition(thesis), class_="bp-thesis")


def _rows(thesis: Thesis) -> list[float]:
    """Heights of the sums, evenly spaced around the middle."""
    count = len(thesis.products)
    pitch = min(80.0, 2 * (LOWEST - MIDDLE) / max(1, count - 1))
    return [MIDDLE + (k - (count - 1) / 2) * pitch for k in range(count)]


def _path(thesis: Thesis, k: int, cost_x: float) -> Iterator[str]:
    """The two edges of a path, each with its derivative and in the colour of its sign."""
    start, before, after, end = (
        UNIT + UNIT_BOX / 2,
        SUMS - SUM_BOX / 2,
        SUMS + SUM_BOX / 2,
        cost_x - COST_BOX / 2,
    )
    row = _rows(thesis)[k]
    y = (MIDDLE + row) / 2
    weight, upstream = thesis.weights[k], thesis.upstream[k]
    yield _line(curve(start, MIDDLE, before, row), weight)
    yield _line(curve(after, row, end, MIDDLE), upstream)
    weight_name = f"W{thesis.output[1:]}:{k}:{thesis.unit}"
    yield number((start + before) / 2, y, weight, signed(weight), "bp-halo", data_edge=weight_name)
    yield number(
        (after + end) / 2, y, upstream, signed(upstream), "bp-halo", data_upstream=f"{thesis.output}:{k}"
    )


def _line(d: str, value: float) -> str:
    return tag("path", d=d, class_=f"bp-path {sign_class(value)}")


def _legend() -> Iterator[str]:
    """One meaning for all lines of the picture, that of the network above it."""
    for x, value, text in (
        (LIST_LEFT, 1.0, "positive"),
        (LIST_LEFT + 96, -1.0, words.NEGATIVE_LINE),
    ):
        yield _line(f"M{x} 10h22", value)
        yield label(x + 28, 10, text, "bp-small", "start")


def _nodes(thesis: Thesis, cost_x: float, used: Container[int]) -> Iterator[str]:
    yield _node(UNIT, MIDDLE, UNIT_BOX, thesis.name)
    yield _node(cost_x, MIDDLE, COST_BOX, "C")
    for k, (y, name) in enumerate(zip(_rows(thesis), thesis.names, strict=True)):
        text = f"{circled(k)} {symbol(thesis.output, k)}"
        yield _node(SUMS, y, SUM_BOX, text, "" if k in used else " bp-unused")
        yield label(SUMS, y + 24, name, "bp-small bp-halo" + ("" if k in used else " bp-unused"))


def _node(x: float, y: float, width: float, text: str, more: str = "") -> str:
    return tag("g", pill(x, y, width, BOX_HEIGHT, "bp-box"), label(x, y, text), class_=f"bp-node{more}")


def _addition(thesis: Thesis) -> Iterator[str]:
    """The products, one below the other, and their sum."""
    upper = symbol(thesis.output)
    yield label(LIST_RIGHT, 34, f"∂C/∂{upper}ₖ · ∂{upper}ₖ/∂{thesis.name} = product", "bp-small", "end")
    ys: Sequence[float] = [62.0 + 29 * k for k in range(len(thesis.products))]
    for k, (y, product) in enumerate(zip(ys, thesis.products, strict=True)):
        yield label(LIST_LEFT, y, circled(k), anchor="start")
        yield _line(f"M{LIST_LEFT + 20} {y}h28", product)
        factors = f"{signed(thesis.upstream[k])} · {signed(thesis.weights[k])} ="
        yield label(LIST_RIGHT - 68, y, factors, anchor="end")
        yield number(LIST_RIGHT, y, product, signed(product), "bp-strong", "end", data_path=f"all:{k}")
    line = ys[-1] + 18
    yield tag("path", d=f"M{LIST_LEFT} {line}H{LIST_RIGHT}", class_="bp-rule")
    name = f"{thesis.wrt}:{thesis.unit}"
    yield label(LIST_LEFT, line + 24, f"sum = ∂C/∂{thesis.name}", anchor="start")
    if thesis.numeric is not None:
        yield label(LIST_LEFT, line + 50, words.NUMERIC_SLOPE, "bp-small", "start")
        yield number(
            LIST_RIGHT, line + 50, thesis.numeric, signed(thesis.numeric), "", "end", data_numeric=name
        )
    yield number(
        LIST_RIGHT, line + 24, thesis.total, signed(thesis.total), "bp-result", "end", data_cotangent=name
    )
