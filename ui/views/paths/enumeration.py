"""Every full path to the cost, written out, against the few products backpropagation needs."""

from dataclasses import replace

import numpy as np

from backprop.arrays import FloatArray
from backprop.noise import beyond, carries_nothing, derivative_noise, is_noise
from backprop.study.full_paths import FullPaths, full_paths, path_count
from ui.draw.prose import count_cells, heading, number_cell, paragraph, row_head, table, text_cell
from ui.draw.svg import scripts, tag
from ui.names.numbers import short, signed
from ui.names.symbols import circled, symbol
from ui.state.cache import kept
from ui.state.recording import recorded_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import paths_into
from ui.views.paths.words import further as words
from ui.views.paths.words.page import units_of

MOST_LISTED = 48
GAP = 1e-9
"""Two sums of the same paths that differ by less, relative to their size, differ by rounding."""


def enumeration_markup(choice: PathChoice) -> str:
    """The whole section, for a unit; nothing where the ledger already lists all of them."""
    if len(choice.widths) <= 1 or set(choice.widths) == {1}:
        return ""
    step = recorded_step(choice.settings)
    paths = _carried_paths(choice, full_paths(step, choice.layer, choice.unit))
    return "".join(
        [
            heading(words.full_heading(choice.name)),
            paragraph(_opening(choice)),
            _folded(words.TERM_HEADING, _sum_table(choice, paths), _counts(choice)),
            _list(choice, paths),
        ]
    )


def _folded(title: str, *content: str) -> str:
    return tag("details", tag("summary", scripts(title)), *content, class_="bp-more")


def _opening(choice: PathChoice) -> str:
    config = choice.settings.config
    z, count = symbol(f"z{config.depth}"), path_count(config, choice.layer)
    return words.full_opening(choice.name, z, choice.widths, count.paths)


def _counts(choice: PathChoice) -> str:
    """Multiplications of both ways, for every hidden layer."""
    config, units = choice.settings.config, choice.settings.config.layer_sizes[choice.layer]
    ways = []
    for layer in range(config.depth - 1, 0, -1):
        count = path_count(config, layer)
        ways.append((f"hidden layer {layer}", count.paths, count.enumerated, count.shared))
    if units > 1:
        count = path_count(config, choice.layer)
        name = units_of(units, choice.layer, choice.is_output)
        ways.append((name, count.paths * units, count.enumerated_layer, count.shared_layer))
    rows = [
        [row_head(name), *count_cells(counts), text_cell(f"{short(counts[1] / counts[2])} ×")]
        for name, *counts in ways
    ]
    return table(words.COUNTS_HEAD, rows, "bp-path-counts") + paragraph(words.COUNTS_NOTE, "bp-note")


def _sum_table(choice: PathChoice, paths: FullPaths) -> str:
    """Term k of the ledger is the sum of all full paths that start through z_k."""
    terms = kept(paths_into, choice.settings, choice.layer)
    products, right = terms.path_terms[:, choice.unit], float(terms.cotangent[choice.unit])
    parts = [
        (f"{circled(k)} {symbol(choice.above, k)}", paths.products[paths.units[:, 0] == k], product, str(k))
        for k, product in enumerate(products.tolist())
    ]
    parts.append((f"∂C/∂{choice.name}", paths.products, right, "sum"))
    rows = []
    for name, full, term, key in parts:
        together = _sum_of(full)
        sums = number_cell(together, f"full:{key}"), number_cell(term, f"term:{key}")
        rows.append(
            [row_head(name), *count_cells((len(full),)), *sums, _gap_cell(together, term, f"gap:{key}")]
        )
    return table(words.TERM_HEAD, rows, "bp-ledger")


def _carried_paths(choice: PathChoice, paths: FullPaths) -> FullPaths:
    """The same with 0 for those whose ∂C/∂z of the last layer is nothing but rounding."""
    step = recorded_step(choice.settings)
    if carries_nothing(step):
        return replace(paths, products=np.zeros(len(paths.products)))
    z = f"z{step.config.depth}"
    live = beyond(step.cotangent(z), derivative_noise(step)[z]) != 0
    carries = live[paths.units[:, -1]]
    return replace(paths, products=np.where(carries, paths.products, 0.0))


def _sum_of(products: FloatArray) -> float:
    """Their sum, 0 where they cancel but for rounding."""
    total = float(products.sum())
    return 0.0 if is_noise(total, float(np.abs(products).sum())) else total


def _gap_cell(one: float, other: float, key: str) -> str:
    """The difference of two ways to the same number: 0 where it is rounding."""
    gap = 0.0 if abs(one - other) <= GAP * max(abs(one), abs(other)) else one - other
    return number_cell(gap, key, text=short(abs(gap)))


def _list(choice: PathChoice, paths: FullPaths) -> str:
    """The paths with their products, or the largest of them."""
    count = len(paths.products)
    order = np.argsort(-np.abs(paths.products), kind="stable")
    alive = int(np.count_nonzero(paths.products))
    listed = order[:alive] if alive <= MOST_LISTED else order[: MOST_LISTED // 2]
    rows = [_path_row(choice, paths, int(index)) for index in listed]
    rest = paths.products[order[len(listed) :]]
    if len(rest):
        rest_is_0 = alive <= MOST_LISTED
        said = words.not_listed(len(rest), len(listed), rest_is_0)
        rows.append([row_head(said), tag("td", ""), number_cell(_sum_of(rest), "list:rest")])
    rows.append([row_head("sum"), tag("td", ""), number_cell(_sum_of(paths.products), "list:sum")])
    head = ["path", "∂C/∂z · w · slope · w · …", "product"]
    content = table(head, rows, "bp-ledger bp-full-paths")
    return _folded(words.list_title(count, alive, len(listed)), content)


def _path_row(choice: PathChoice, paths: FullPaths, index: int) -> list[str]:
    units = [
        symbol(f"z{choice.layer + 1 + column}", int(unit)) for column, unit in enumerate(paths.units[index])
    ]
    route = " → ".join([choice.name, *units, "C"])
    factors = " · ".join(signed(float(factor)) for factor in paths.factors[index])
    return [row_head(route), tag("td", factors), number_cell(float(paths.products[index]), f"list:{index}")]
