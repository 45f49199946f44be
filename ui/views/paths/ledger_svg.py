"""The ledger of eq. 5 as one picture: the paths, their products, and signed bars. No Streamlit."""

from collections.abc import Iterator
from dataclasses import dataclass

from backprop.study.paths import Ledger
from ui.draw.svg import curve, drawing, label, number, pill, sign_class, tag
from ui.names.numbers import signed
from ui.names.symbols import circled, symbol
from ui.state.data import named_entries
from ui.views.paths import words
from ui.views.paths.choice import PathChoice

WIDTH = 1000.0
UNIT, UNIT_WIDTH = 45.0, 86.0
SUMS, SUMS_WIDTH = 180.0, 92.0
UPSTREAM, TIMES, WEIGHT, EQUALS, PRODUCT, RUNNING = 380.0, 392.0, 458.0, 472.0, 548.0, 634.0
BARS, BARS_END = 660.0, 990.0
HEADER, SUM_ROW = 34.0, 40.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Where numbers stand among the bars. It fits every choice of paths, so that it never moves."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """Horizontal place of a number."""
        return BARS + (BARS_END - BARS) * (value - self.low) / (self.high - self.low)


def scale_of(book: Ledger, numeric: float | None) -> Scale:
    """From the sum of all negative products to the sum of all positive ones."""
    products = book.products.tolist()
    low = min(0.0, sum(p for p in products if p < 0), numeric or 0.0)
    high = max(0.0, sum(p for p in products if p > 0), numeric or 0.0)
    if low == high:
        return Scale(-1.0, 1.0)
    room = 0.03 * (high - low)
    return Scale(low - room, high + room)


def ledger_svg(choice: PathChoice, book: Ledger, numeric: float | None) -> str:
    """One row for each path, and the sum of those that are kept."""
    count = len(book.products)
    pitch = 46.0 if count <= 3 else 36.0 if count <= 6 else 28.0 if count <= 10 else 20.0
    rows = [HEADER + pitch * (k + 0.5) for k in range(count)]
    scale = scale_of(book, numeric)
    end = HEADER + pitch * count
    return drawing(
        WIDTH,
        end + SUM_ROW + (22 if numeric is not None else 4),
        words.ledger_alt(choice.name, book, numeric),
        *_header(choice),
        *(part for k in range(count) for part in _edges(choice, book, k, rows)),
        _unit(choice, (rows[0] + rows[-1]) / 2),
        *(_row(choice, book, k, rows[k], pitch) for k in range(count)),
        *_bars(book, rows, pitch, scale),
        *_sum(choice, book, end, scale),
        *(_truth(numeric, end, scale) if numeric is not None else ()),
        class_="bp-paths-ledger",
    )


def _header(choice: PathChoice) -> Iterator[str]:
    z = symbol(choice.above)
    columns = (
        (UPSTREAM, f"∂C/∂{z}ₖ"),
        (WEIGHT, f"w{z[1:]}ₖ" + choice.name[2:]),
        (PRODUCT, "product"),
        (RUNNING, "total so far"),
    )
    for x, text in columns:
        yield label(x, 14, text, "bp-small", "end")
    yield label((BARS + BARS_END) / 2, 14, words.ADDED, "bp-small")
    yield from _legend()


def _legend() -> Iterator[str]:
    """One meaning of colour in the picture: the sign of the number that a line or bar stands for."""
    for x, value, text in ((0.0, 1.0, words.POSITIVE), (88.0, -1.0, words.NEGATIVE)):
        yield tag("path", d=f"M{x} 14h22", class_=f"bp-ledger-edge {sign_class(value)}", stroke_width=3.0)
        yield label(x + 28, 14, text, "bp-small", "start")


def _unit(choice: PathChoice, y: float) -> str:
    return tag(
        "g",
        pill(UNIT, y, UNIT_WIDTH, 34, "bp-box"),
        label(UNIT, y, choice.name, "bp-strong"),
        class_="bp-node bp-marked",
    )


def _edges(choice: PathChoice, book: Ledger, k: int, rows: list[float]) -> Iterator[str]:
    weight, largest = float(book.weights[k]), max(1e-300, float(abs(book.weights).max()))
    middle = (rows[0] + rows[-1]) / 2
    yield tag(
        "path",
        d=curve(UNIT + UNIT_WIDTH / 2, middle, SUMS - SUMS_WIDTH / 2, rows[k]),
        class_=f"bp-ledger-edge {sign_class(weight)}" + ("" if book.kept[k] else " bp-cut"),
        stroke_width=1.2 + 3.3 * abs(weight) / largest,
        data_edge=f"W{choice.layer + 1}:{k}:{choice.unit}",
    )


def _row(choice: PathChoice, book: Ledger, k: int, y: float, pitch: float) -> str:
    name, _, species = named_entries(choice.settings.config, choice.above)[k].partition(" ")
    small = " bp-small" if pitch < 26 else ""
    upstream, weight, product = (float(a[k]) for a in (book.upstream, book.weights, book.products))
    kept = bool(book.kept[k])
    running = float(book.running[k])
    parts = [
        pill(SUMS, y, SUMS_WIDTH, min(32.0, pitch - 3), "bp-box"),
        label(SUMS, y, f"{circled(k)} {name}", small.strip()),
        label(SUMS + SUMS_WIDTH / 2 + 8, y, species, "bp-small", "start"),
        number(UPSTREAM, y, upstream, signed(upstream), small, "end", data_ledger=f"upstream:{k}"),
        label(TIMES, y, "×"),
        number(WEIGHT, y, weight, signed(weight), small, "end", data_ledger=f"weight:{k}"),
        label(EQUALS, y, "="),
        number(PRODUCT, y, product, signed(product), f"bp-strong{small}", "end", data_ledger=f"product:{k}"),
    ]
    if kept:
        parts.append(number(RUNNING, y, running, signed(running), small, "end", data_ledger=f"running:{k}"))
    else:
        parts.append(tag("path", d=f"M{PRODUCT - 52} {y}H{PRODUCT + 3}", class_="bp-strike"))
        parts.append(label(RUNNING, y, "out", "bp-small", "end"))
    return tag("g", *parts, class_="bp-node" + ("" if kept else " bp-dropped"), data_path=str(k))


def _bars(book: Ledger, rows: list[float], pitch: float, scale: Scale) -> Iterator[str]:
    """A bar from the total before to the total after; a path that is out shows what is missing."""
    zero = scale.x(0)
    yield tag("path", d=f"M{zero} {HEADER - 6}V{rows[-1] + pitch / 2 + SUM_ROW}", class_="bp-thin")
    before = 0.0
    for k, (y, product) in enumerate(zip(rows, book.products.tolist(), strict=True)):
        ends = sorted((scale.x(before), scale.x(before + product)))
        kept = bool(book.kept[k])
        yield tag(
            "rect",
            x=ends[0],
            y=y - 0.34 * pitch,
            width=max(1.0, ends[1] - ends[0]),
            height=0.68 * pitch,
            class_=f"bp-bar {sign_class(product)}" + ("" if kept else " bp-missing"),
            data_bar=str(k),
        )
        before = float(book.running[k])
        x = scale.x(before)
        yield tag("path", d=f"M{x} {y + 0.34 * pitch}V{y + 0.66 * pitch}", class_="bp-thin")


def _sum(choice: PathChoice, book: Ledger, end: float, scale: Scale) -> Iterator[str]:
    y, total = end + SUM_ROW / 2, book.total
    what = words.ledger_sum(choice.name, int(book.kept.sum()), len(book.products))
    yield tag("path", d=f"M0 {end}H{RUNNING}", class_="bp-rule")
    yield label(0, y, what, "bp-strong", "start")
    yield number(RUNNING, y, total, signed(total), "bp-result", "end", data_ledger="total")
    ends = sorted((scale.x(0), scale.x(total)))
    yield tag(
        "rect",
        x=ends[0],
        y=y - 11,
        width=max(1.5, ends[1] - ends[0]),
        height=22,
        class_="bp-bar bp-sum-bar",
        data_bar="total",
    )


def _truth(numeric: float, end: float, scale: Scale) -> Iterator[str]:
    """Where the numeric slope is: the sum's bar must end there."""
    x = scale.x(numeric)
    yield tag("path", d=f"M{x} {HEADER - 6}V{end + SUM_ROW + 2}", class_="bp-truth")
    text = f"numeric slope {signed(numeric)}"
    anchor = "start" if x < BARS + 70 else "end" if x > BARS_END - 70 else "middle"
    yield label(x, end + SUM_ROW + 12, text, "bp-small bp-strong", anchor)
