"""Each flower's outer product ∂C/∂z ⊗ a, and the mean of all. No Streamlit."""

from backprop.arrays import FloatArray
from ui.draw.prose import heading, link, paragraph
from ui.draw.svg import scripts, sign_class, tag
from ui.names.numbers import exact, short
from ui.names.symbols import symbol
from ui.state.data import SPECIES
from ui.views.batch import words
from ui.views.batch.choice import BatchChoice, describe_batch
from ui.views.batch.data import species_of
from ui.views.batch.tables import (
    below_symbol,
    cell,
    head,
    input_names,
    input_title,
    row_name,
    scale_of,
    swatch,
    unit_names,
)

MOST_NUMBERS = 48
"""Outer products of more entries are drawn without numbers."""

MOST_APART = 1e-9
"""Of two ways to the same mean, as a share of the largest derivative, or of 1."""

SQUARE = 13.0
SHADES = 8


def outer_markup(choice: BatchChoice) -> str:
    """The outer products of the flowers that are shown, and at the end the mean of the whole batch."""
    products = [choice.batch.outer_product(choice.position(flower)) for flower in choice.shown]
    scale = max(scale_of(product) for product in products)
    cards = [
        _card(choice, flower, product, scale) for flower, product in zip(choice.shown, products, strict=True)
    ]
    said = words.column_times_row(
        symbol(f"z{choice.layer}"),
        below_symbol(choice),
        choice.cell,
        describe_batch(choice),
        len(choice.shown) if len(choice.shown) < len(choice.flowers) else None,
    )
    return (
        heading(words.outer_products(len(choice.flowers), symbol(f"W{choice.layer}")))
        + paragraph(said, "bp-note")
        + tag("div", *cards, _mean_card(choice), class_="bp-outers")
        + _check(choice)
    )


def _card(choice: BatchChoice, flower: int, product: FloatArray, scale: float) -> str:
    n = choice.position(flower)
    name = f"{swatch(flower)} {SPECIES[species_of(flower)]} →"
    title = link(name, choice.walkthrough(flower), title=words.OPEN_IT)
    column, row = choice.batch.cotangents[n], choice.batch.inputs[n]
    body = _body(choice, product, scale, f"outer{flower}", column, row)
    return tag("div", tag("p", title), body, class_="bp-outer-card")


def _mean_card(choice: BatchChoice) -> str:
    gradient = choice.batch.gradient
    title = tag("p", tag("strong", words.mean_card(len(choice.flowers))))
    body = _body(choice, gradient, scale_of(gradient), "mean", None, None)
    note = tag("p", scripts(f"dC/d{symbol(f'W{choice.layer}')}, dC/d{symbol(f'b{choice.layer}')}"))
    return tag("div", title, body, note, class_="bp-outer-card bp-mean-card")


def _body(
    choice: BatchChoice,
    product: FloatArray,
    scale: float,
    key: str,
    column: FloatArray | None,
    row: FloatArray | None,
) -> str:
    if product.size > MOST_NUMBERS:
        return _picture(choice, product, scale)
    units, inputs = unit_names(choice), [*input_names(choice), "1"]
    rows = [[head(""), *(head(name, input_title(choice, j)) for j, name in enumerate(inputs))]]
    if row is not None:
        rows.append([head(""), *(tag("td", short(value), class_="bp-factor") for value in row.tolist())])
    for k, values in enumerate(product.tolist()):
        name = units[k] + ("" if column is None else f" {short(float(column[k]))}")
        rows.append(
            [
                row_name(name),
                *(
                    cell(value, scale, f"{key}:{k}:{j}", _chosen(choice, k, j))
                    for j, value in enumerate(values)
                ),
            ]
        )
    body = (tag("tr", *cells) for cells in rows)
    table = tag("table", tag("tbody", *body), class_="bp-matrices")
    return tag("div", table, class_="bp-scroll")


def _chosen(choice: BatchChoice, k: int, j: int) -> str:
    return "bp-chosen" if (k, j) == (choice.row, choice.column) else ""


def _picture(choice: BatchChoice, product: FloatArray, scale: float) -> str:
    """A large outer product as squares without numbers, one path for each colour."""
    rows, columns = product.shape
    squares: dict[tuple[str, int], list[str]] = {}
    for k, values in enumerate(product.tolist()):
        for j, value in enumerate(values):
            level = min(SHADES, 1 + int(SHADES * (abs(value) / scale)))
            if value:
                shape = f"M{SQUARE * j:.0f} {SQUARE * k:.0f}h12v12h-12z"
                squares.setdefault((sign_class(value), level), []).append(shape)
    paths = (
        tag("path", d="".join(shapes), class_=f"{class_} bp-square", style=f"--share:{level / SHADES:.3f}")
        for (class_, level), shapes in sorted(squares.items())
    )
    width, height = SQUARE * columns, SQUARE * rows
    frame = tag("rect", x=0, y=0, width=width, height=height, class_="bp-frame")
    mark = tag(
        "rect", x=SQUARE * choice.column, y=SQUARE * choice.row, width=12, height=12, class_="bp-outer-mark"
    )
    return tag(
        "svg",
        frame,
        *paths,
        mark,
        viewBox=f"-2 -2 {width + 4:.0f} {height + 4:.0f}",
        width=f"{width + 4:.0f}",
        role="img",
        aria_label=f"Outer product, {rows} by {columns}",
        fill="none",
    )


def _check(choice: BatchChoice) -> str:
    difference = choice.batch.difference
    largest = max(1.0, float(abs(choice.batch.gradient).max()))
    is_right = difference <= MOST_APART * largest
    rounding = ", rounding of floating-point numbers." if is_right and difference else "."
    return tag(
        "p",
        "✓ " if is_right else "✗ ",
        scripts(words.checked(len(choice.flowers))),
        tag("strong", short(difference), data_cell="difference", data_value=exact(difference)),
        rounding,
        class_="bp-note",
    )
