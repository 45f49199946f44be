"""Every full path to the cost, written out, against the few products backpropagation needs. No Streamlit."""

from dataclasses import replace

import numpy as np

from backprop.full_paths import FullPaths, full_paths, path_count
from backprop.paths import ledger
from ui.caching import kept_by_view
from ui.chrome import page_link
from ui.network_svg import network_svg
from ui.numbers import short, signed
from ui.paths.choice import PathChoice
from ui.paths.marks import (
    circled,
    count_cells,
    heading,
    number_cell,
    paragraph,
    paths_word,
    row_head,
    table,
    text_cell,
)
from ui.recording import recorded_step
from ui.stage.names import symbol
from ui.svg import scripts, tag

MOST_LISTED, MOST_OPEN = 48, 20


@kept_by_view()
def enumeration_markup(choice: PathChoice) -> str:
    """The whole section, for a unit; what is knocked out does not matter here."""
    step = recorded_step(choice.settings)
    paths = full_paths(step, choice.layer, choice.unit)
    return "".join(
        (
            heading(f"Every full path from {choice.name} to the cost"),
            paragraph(_opening(choice)),
            _counts(choice),
            _deeper(choice),
            _network(choice),
            _sum_table(choice, paths),
            _list(choice, paths),
        )
    )


def _opening(choice: PathChoice) -> str:
    count = path_count(choice.settings.config, choice.layer)
    widths = " · ".join(map(str, choice.widths))
    last = choice.settings.config.depth
    z = symbol(f"z{last}")
    if len(choice.widths) == 1:
        return (
            f"After {choice.name} comes the output alone, so the ledger above already lists every path: "
            f"{count.paths} to {z}, one multiplication each. Nothing is shared yet."
        )
    return (
        f"{choice.name} has {widths} = {paths_word(count.paths)} to {z}, and ∂C/∂{z} carries each on to the "
        "cost. Backpropagation never lists them: it sums at each unit, once, and uses that sum for all paths "
        "below."
    )


def _counts(choice: PathChoice) -> str:
    """Multiplications of both ways, for every hidden layer."""
    config = choice.settings.config
    head = ["from one unit of", "full paths", "multiplications, path by path", "backpropagation", "ratio"]
    rows = []
    for layer in range(config.depth - 1, 0, -1):
        count = path_count(config, layer)
        cells = count_cells((count.paths, count.enumerated, count.shared))
        rows.append(
            [row_head(f"hidden layer {layer}"), *cells, text_cell(f"{count.enumerated / count.shared:.3g} ×")]
        )
    count = path_count(config, choice.layer)
    every = f"every unit of hidden layer {choice.layer}"
    ratio = text_cell(f"{count.enumerated_layer / count.shared_layer:.3g} ×")
    paths = count.paths * config.layer_sizes[choice.layer]
    cells = count_cells((paths, count.enumerated_layer, count.shared_layer))
    rows.append([row_head(every), *cells, ratio])
    note = (
        "Add a layer and the paths multiply while backpropagation only adds one more matrix: sum first, then "
        "pass on. Both counts start from a known ∂C/∂z of the last layer."
    )
    return table(head, rows, "bp-path-counts") + paragraph(note, "bp-note")


def _deeper(choice: PathChoice) -> str:
    if len(choice.settings.hidden) > 1:
        return ""
    deeper = replace(choice.settings, hidden=(5, 4, 3), taken=0)
    return tag("p", page_link("Try a deeper network: 5-4-3", deeper.link("paths", layer=1)))


def _network(choice: PathChoice) -> str:
    """Where the unit stands, in a network with more layers than the ledger shows."""
    if len(choice.widths) == 1:
        return ""
    picture = network_svg(recorded_step(choice.settings), marked=f"{choice.activation}:{choice.unit}")
    said = "From the ringed unit follow any line to the right, and so on to the output: each way is a path."
    return paragraph(said, "bp-note") + tag("div", picture, class_="bp-wide")


def _sum_table(choice: PathChoice, paths: FullPaths) -> str:
    """Term k of the ledger is the sum of all full paths that start through z_k."""
    if len(choice.widths) == 1:
        return ""
    book = ledger(recorded_step(choice.settings), choice.layer, choice.unit)
    head = ["starts through", "full paths", "their sum", "term of the ledger", "difference"]
    each = len(paths.products) // len(book.products)
    rows = []
    for k, product in enumerate(book.products.tolist()):
        together = paths.through(k)
        rows.append(
            [
                row_head(f"{circled(k)} {symbol(choice.above, k)}"),
                *count_cells((each,)),
                number_cell(together, f"full:{k}"),
                number_cell(product, f"term:{k}"),
                number_cell(together - product, f"gap:{k}", text=short(abs(together - product))),
            ]
        )
    total = float(paths.products.sum())
    rows.append(
        [
            row_head(f"∂C/∂{choice.name}"),
            *count_cells((len(paths.products),)),
            number_cell(total, "full:sum"),
            number_cell(book.total, "term:sum"),
            number_cell(total - book.total, "gap:sum", text=short(abs(total - book.total))),
        ]
    )
    title = tag("h3", "One term of the ledger is many full paths", class_="bp-subheading")
    return title + table(head, rows, "bp-ledger")


def _list(choice: PathChoice, paths: FullPaths) -> str:
    """The paths with their products, or the largest of them."""
    count = len(paths.products)
    if len(choice.widths) == 1:
        return ""
    order = np.argsort(-np.abs(paths.products), kind="stable")
    alive = int(np.count_nonzero(paths.products))
    listed = order[:alive] if alive <= MOST_LISTED else order[: MOST_LISTED // 2]
    if alive > MOST_LISTED:
        title = f"The {len(listed)} largest of {paths_word(count)}"
    elif alive < count:
        title = f"The {alive} of {paths_word(count)} that carry something, the largest first"
    else:
        title = f"All {paths_word(count)}, the largest first"
    rows = [_path_row(choice, paths, int(index)) for index in listed]
    rest = paths.products[order[len(listed) :]]
    if len(rest):
        said = f"the other {paths_word(len(rest))}" + (", all 0" if alive <= MOST_LISTED else "")
        rows.append([row_head(said), tag("td", ""), number_cell(float(rest.sum()), "list:rest")])
    rows.append([row_head("sum"), tag("td", ""), number_cell(float(paths.products.sum()), "list:sum")])
    head = ["path", "∂C/∂z · w · slope · w · …", "product"]
    content = table(head, rows, "bp-ledger bp-full-paths")
    return tag(
        "details",
        tag("summary", scripts(title)),
        content,
        class_="bp-details",
        open="" if len(rows) <= MOST_OPEN else None,
    )


def _path_row(choice: PathChoice, paths: FullPaths, index: int) -> list[str]:
    units = [
        symbol(f"z{choice.layer + 1 + column}", int(unit)) for column, unit in enumerate(paths.units[index])
    ]
    route = " → ".join([choice.name, *units, "C"])
    factors = " · ".join(signed(float(factor)) for factor in paths.factors[index])
    return [row_head(route), tag("td", factors), number_cell(float(paths.products[index]), f"list:{index}")]
