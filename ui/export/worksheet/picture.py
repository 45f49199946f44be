"""The network as a drawing for paper: names in the nodes, no values, which are the answers."""

from collections.abc import Iterator

from backprop import MLPConfig
from backprop.network import input_of
from ui.draw.svg import drawing, label, tag
from ui.export.worksheet import words
from ui.names.symbols import symbol

WIDTH = 700.0
LEFT, RIGHT = 60.0, 540.0
COST = 650.0
TALLEST = 44.0


def network_picture(config: MLPConfig) -> str:
    """Inputs, layers and cost, every edge one line."""
    sizes = config.layer_sizes
    height = 34 + min(230.0, TALLEST * max(sizes))
    xs = [LEFT + (RIGHT - LEFT) * layer / (len(sizes) - 1) for layer in range(len(sizes))]
    ys = [_rows(size, height) for size in sizes]
    return drawing(
        WIDTH,
        height,
        words.picture(sizes),
        *_edges(xs, ys),
        *(part for layer in range(len(sizes)) for part in _column(config, layer, xs[layer], ys[layer])),
        _node(COST, (height + 30) / 2, "C", 18.0),
        label(COST, 10, "cost", "head"),
    )


def _rows(size: int, height: float) -> list[float]:
    pitch = min(TALLEST, (height - 34) / size)
    middle = (height + 30) / 2
    return [middle + (unit - (size - 1) / 2) * pitch for unit in range(size)]


def _edges(xs: list[float], ys: list[list[float]]) -> Iterator[str]:
    lines = [
        f"M{xs[layer]:.1f} {y:.1f}L{xs[layer + 1]:.1f} {to:.1f}"
        for layer in range(len(xs) - 1)
        for y in ys[layer]
        for to in ys[layer + 1]
    ]
    middle = sum(ys[-1]) / len(ys[-1])
    lines += [f"M{xs[-1]:.1f} {y:.1f}L{COST:.1f} {middle:.1f}" for y in ys[-1]]
    yield tag("path", d="".join(lines), class_="edge")


def _column(config: MLPConfig, layer: int, x: float, ys: list[float]) -> Iterator[str]:
    name = input_of(layer + 1)
    yield label(x, 10, f"{symbol(name)}: {config.activation(layer)}" if layer else "input x", "head")
    tight = len(ys) > 1 and ys[1] - ys[0] < 28
    for unit, y in enumerate(ys):
        yield _node(
            x, y, "" if tight and 0 < unit < len(ys) - 1 else symbol(name, unit), 6.0 if tight else 17.0
        )


def _node(x: float, y: float, name: str, radius: float) -> str:
    circle = tag("circle", cx=x, cy=y, r=radius, class_="node")
    beside = x + radius + 6
    if not name:
        return circle
    return circle + (label(x, y, name) if radius > 10 else label(beside, y, name, "beside", "start"))
