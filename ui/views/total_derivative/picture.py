"""Pictures of one total derivative: its paths, its products, the curve with its tangent. No Streamlit."""

from collections.abc import Iterator

import numpy as np

from backprop.arrays import FloatArray
from backprop.total_derivative import OUTERS, TotalDerivative
from ui.draw.axes import nice_values
from ui.draw.svg import curve, drawing, label, number, pill, sign_class, tag
from ui.names.numbers import as_typed, exact, short, signed
from ui.names.symbols import circled
from ui.views.total_derivative import words
from ui.views.total_derivative.rules import lone_error, lone_path, numeric_slope, running_totals, slope

HEIGHT = 236.0
FLAT = 1e-9
"""A curve that spans less than this share of its height is level."""

GRAPH_WIDTH = 360.0
START, MIDDLE, END = 36.0, 180.0, 324.0
BOX_WIDTH, BOX_HEIGHT = 82.0, 30.0
END_WIDTH = 70.0
GRAPH_TOP, GRAPH_BOTTOM = 24.0, 226.0
LEAVES_T, BEFORE = START + END_WIDTH / 2, MIDDLE - BOX_WIDTH / 2
AFTER, REACHES_F = MIDDLE + BOX_WIDTH / 2, END - END_WIDTH / 2
BESIDE = 3.0


def graph_svg(result: TotalDerivative) -> str:
    """t → x, y, … → f, each edge with its local derivative; an edge has the colour of its path's product."""
    names = OUTERS[result.outer].variables
    rows = _rows(len(names))
    middle = (GRAPH_TOP + GRAPH_BOTTOM) / 2
    heading = words.paths_from(len(names))
    parts = [label(2, 12, heading, "bp-strong", "start")]
    parts += [edge for i, y in enumerate(rows) for edge in _edges(float(result.terms[i]), y, middle)]
    # After all edges: numbers must not lie under the edge of another path.
    for i, name in enumerate(names):
        parts += _derivatives(result, i, name, rows[i], middle)
    nodes = [(START, middle, "t", float(result.t)), (END, middle, "f", float(result.f))]
    nodes += [
        (MIDDLE, y, name, float(result.u[i])) for i, (y, name) in enumerate(zip(rows, names, strict=True))
    ]
    parts += [_node(*node) for node in nodes]
    return drawing(GRAPH_WIDTH, HEIGHT, words.graph_alt(result), *parts, class_="bp-thesis")


def _rows(count: int) -> list[float]:
    spread = GRAPH_BOTTOM - GRAPH_TOP
    return [GRAPH_TOP + spread * (i + 0.5) / count for i in range(count)]


def _edges(term: float, y: float, middle: float) -> tuple[str, str]:
    """The two edges through one variable."""
    class_ = f"bp-path {sign_class(term)}"
    return (
        tag("path", d=curve(LEAVES_T, middle, BEFORE, y), class_=class_),
        tag("path", d=curve(AFTER, y, REACHES_F, middle), class_=class_),
    )


def _derivatives(result: TotalDerivative, i: int, name: str, y: float, middle: float) -> Iterator[str]:
    """What stands at the edges through one variable."""
    at = y + (middle - y) * 0.32
    apart = 8 if y != middle else 12  # leaves the line of a level edge free
    places = [((LEAVES_T + BEFORE) / 2, "middle"), ((AFTER + REACHES_F) / 2, "middle")]
    if y == middle and len(result.terms) > 1:  # beside the variable, away from where the paths meet
        places = [(BEFORE - BESIDE, "end"), (AFTER + BESIDE, "start")]
    values = (float(result.du_dt[i]), float(result.df_du[i]))
    for (x, anchor), value, what in zip(places, values, (f"d{name}/dt", f"∂f/∂{name}"), strict=True):
        yield label(x, at - apart, what, "bp-small bp-halo", anchor)
        yield number(x, at + apart, value, signed(value), "bp-strong bp-halo", anchor, data_local=what)


def _node(x: float, y: float, name: str, value: float) -> str:
    width = BOX_WIDTH if x == MIDDLE else END_WIDTH
    text = f"{name} = {short(value)}"
    number_ = number(x, y, value, text, "bp-small" if len(text) > 8 else "", data_node=name)
    return tag("g", pill(x, y, width, BOX_HEIGHT, "bp-box"), number_, class_="bp-node")


# --- products as bars --------------------------------------------------------------------------------

BARS_WIDTH = 292.0
BAR_LEFT, BAR_RIGHT, BAR = 74.0, 214.0, 20.0
BAR_TOP = 48.0


def bars_svg(result: TotalDerivative) -> str:
    """The products as bars that begin where the last one ended, their sum, and the numeric slope."""
    names = OUTERS[result.outer].variables
    ends = [0.0, *running_totals(result)]
    low, high = min(ends), max(ends)
    scale = (low, high) if high > low else (-1.0, 1.0)
    pitch = (HEIGHT - BAR_TOP - 30) / (len(names) + 1)
    ys = [BAR_TOP + pitch * (row + 0.5) for row in range(len(names) + 1)]
    parts = [label(2, 12, words.RUNNING_TOTAL, "bp-strong", "start")]
    zero = _across(0.0, scale)
    parts.append(tag("path", d=f"M{zero} {BAR_TOP - 10}V{HEIGHT - 28}", class_="bp-thin"))
    for i, name in enumerate(names):
        parts.append(label(2, ys[i], f"{circled(i)} via {name}", "", "start"))
        parts += _bar(ends[i], ends[i + 1], ys[i], scale)
        end = _across(ends[i + 1], scale)
        parts.append(tag("path", d=f"M{end} {ys[i] + BAR / 2}V{ys[i + 1] - BAR / 2}", class_="bp-thin"))
        term = float(result.terms[i])
        parts.append(
            number(BARS_WIDTH - 4, ys[i], term, signed(term), "bp-strong", "end", data_term=names[i])
        )
    total, summed, numeric = float(result.total), signed(slope(result)), numeric_slope(result)
    parts.append(label(2, ys[-1], "sum df/dt", "bp-strong", "start"))
    parts += _bar(0.0, ends[-1], ys[-1], scale)
    parts.append(number(BARS_WIDTH - 4, ys[-1], total, summed, "bp-result", "end", data_total="sum"))
    parts += _numeric(float(result.numeric), signed(numeric))
    return drawing(BARS_WIDTH, HEIGHT, words.bars_alt(result), *parts, class_="bp-thesis")


def _bar(start: float, end: float, y: float, scale: tuple[float, float]) -> Iterator[str]:
    left, right = sorted((_across(start, scale), _across(end, scale)))
    yield tag(
        "rect",
        x=left,
        y=y - BAR / 2,
        width=max(right - left, 1.5),
        height=BAR,
        class_=f"bp-shade {sign_class(end - start)}",
        data_bar=exact(end - start),
    )


def _across(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return BAR_LEFT + (BAR_RIGHT - BAR_LEFT) * (value - low) / (high - low)


def _numeric(value: float, text: str) -> Iterator[str]:
    yield label(2, HEIGHT - 12, words.NUMERIC_SLOPE, "bp-small", "start")
    yield number(BARS_WIDTH - 4, HEIGHT - 12, value, text, "", "end", data_total="numeric")


# --- the curve ---------------------------------------------------------------------------------------

CURVE_WIDTH = 324.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 318.0, 34.0, 208.0
MOST_OUTLYING = 3.0
"""A curve that leaves its usual range by more than that is cut off, or it would look flat everywhere else."""


def curve_svg(result: TotalDerivative, whole: TotalDerivative) -> str:
    """f(t) with its tangent at t, and the line that one path alone would take for it.

    Args:
        result: at the chosen t.
        whole: the same example at all t of the axis.
    """
    frame = _Frame(whole.t, whole.f, float(result.f))
    t, f, total = float(result.t), float(result.f), slope(result)
    lone, is_wrong = lone_path(result), lone_error(result) != 0
    alone = float(result.terms[lone])
    points = " ".join(frame.point(x, y) for x, y in zip(whole.t, whole.f, strict=True))
    lines = [tag("polyline", points=points, class_="bp-curve")]
    if is_wrong:
        lines.append(tag("path", d=frame.line(t, f, alone), class_="bp-wrong", data_slope="single"))
    lines.append(tag("path", d=frame.line(t, f, total), class_="bp-tangent", data_slope="total"))
    x, y = frame.place(t, f)
    return drawing(
        CURVE_WIDTH,
        HEIGHT,
        words.curve_alt(result, frame.start, frame.end),
        label(2, 12, "f(t)", "bp-strong", "start"),
        *_key(46, "bp-tangent", f"tangent {signed(total)}"),
        *(_key(196, "bp-wrong", f"{circled(lone)} alone, {signed(alone)}") if is_wrong else ()),
        *frame.axes(),
        tag(
            "svg",
            *lines,
            x=LEFT,
            y=TOP,
            width=RIGHT - LEFT,
            height=BOTTOM - TOP,
            viewBox=f"{LEFT} {TOP} {RIGHT - LEFT} {BOTTOM - TOP}",
        ),
        tag("circle", cx=x, cy=y, r=6, class_="bp-dot", data_value=exact(f)),
        class_="bp-thesis",
    )


def _key(x: float, class_: str, text: str) -> tuple[str, str]:
    return tag("path", d=f"M{x} 12h20", class_=class_), label(x + 25, 12, text, "bp-small", "start")


class _Frame:
    """Where a point of the curve is on the picture."""

    def __init__(self, ts: FloatArray, values: FloatArray, current: float) -> None:
        self.start, self.end = float(ts[0]), float(ts[-1])
        low, high = float(values.min()), float(values.max())
        usual_low, usual_high = np.quantile(values, (0.2, 0.8))
        if high - low > MOST_OUTLYING * (usual_high - usual_low) > 0:
            low, high = float(min(usual_low, current)), float(max(usual_high, current))
        flat = high - low < FLAT * max(1.0, abs(high))
        margin = 1.0 if flat else 0.06 * (high - low)
        self.low, self.high = low - margin, high + margin

    def place(self, t: float, f: float) -> tuple[float, float]:
        x = LEFT + (RIGHT - LEFT) * (t - self.start) / (self.end - self.start)
        return x, BOTTOM - (BOTTOM - TOP) * (f - self.low) / (self.high - self.low)

    def point(self, t: float, f: float) -> str:
        x, y = self.place(float(t), float(f))
        return f"{x:.1f},{y:.1f}"

    def line(self, t: float, f: float, slope: float) -> str:
        """A line through (t, f) as long as the whole frame."""
        ends = (self.point(x, f + slope * (x - t)) for x in (self.start, self.end))
        return "M" + "L".join(ends)

    def axes(self) -> Iterator[str]:
        yield tag("rect", x=LEFT, y=TOP, width=RIGHT - LEFT, height=BOTTOM - TOP, class_="bp-frame")
        for value in nice_values(self.low, self.high):
            _, y = self.place(self.start, value)
            yield tag("path", d=f"M{LEFT} {y}H{RIGHT}", class_="bp-grid")
            yield label(LEFT - 6, y, as_typed(value), "bp-small", "end")
        for t in range(int(np.ceil(self.start)), int(self.end) + 1):
            x, _ = self.place(t, 0.0)
            yield tag("path", d=f"M{x} {BOTTOM}v5", class_="bp-thin")
            yield label(x, BOTTOM + 16, as_typed(t), "bp-small")
