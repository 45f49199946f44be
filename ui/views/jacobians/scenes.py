"""The scenes of the page: every Jacobian small, one large; product, routes and what they need."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.check import slope_noise
from backprop.noise import beyond
from backprop.study.routes import (
    RouteCost,
    Routes,
    diagonal_route,
    is_needed,
    output_routes,
    pass_cost,
    route_cost,
    weight_routes,
)
from ui.draw.packing import written
from ui.draw.scenes import (
    Block,
    Fold,
    Group,
    Linear,
    Matrix,
    Number,
    Part,
    Row,
    Scene,
    Strip,
    Table,
    Thumbnail,
    Words,
    squares,
)
from ui.draw.words import COLOURS
from ui.names.numbers import counted
from ui.names.symbols import entries, symbol
from ui.state.cache import kept
from ui.state.data import output_names
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.steps.checks import slope_check
from ui.views.jacobians import words
from ui.views.jacobians.matrices import jacobian_matrix, routes_matrix
from ui.views.jacobians.rules import diagonal_is_wrong, key_of


def strip_scene(settings: Settings, chosen: str) -> str:
    """Every Jacobian of the pass, each a link, in the order in which backpropagation needs them."""
    vjp_steps = recorded_step(settings).vjp_steps
    thumbnails = [_thumbnail(settings, vjp_step, key_of(vjp_step) == chosen) for vjp_step in vjp_steps]
    return written(Scene(None, (Strip(words.ALL_JACOBIANS, thumbnails),)))


def _thumbnail(settings: Settings, vjp_step: VJPStep, is_current: bool) -> Thumbnail:
    key = key_of(vjp_step)
    return Thumbnail(
        squares(vjp_step.jacobian),
        words.jacobian(vjp_step),
        (str(vjp_step.jacobian.shape), counted(vjp_step.paths, "path")),
        key,
        settings.link("jacobians", jacobian=key),
        is_current,
        is_marked=vjp_step.paths > 1,
    )


def jacobian_scene(settings: Settings, output: str, wrt: str, block: int) -> str:
    """The chosen Jacobian with its numbers; `block` is the one to show where not all fit."""
    step = recorded_step(settings)
    title, matrix = jacobian_matrix(step, step.vjp(output, wrt), block)
    return written(Scene(None, (Words(title, "title"), matrix)))


def routes_scene(settings: Settings, output: str, wrt: str, layer: int) -> str:
    """What goes into the chosen Jacobian and comes out, then full route against shortcut.

    Args:
        settings: of the view.
        output: of the chosen Jacobian.
        wrt: what it is towards.
        layer: whose weights the routes lead to.
    """
    step = recorded_step(settings)
    product = Group("line", (*_product(step.vjp(output, wrt)), Words(COLOURS, "caption")))
    z, W = symbol(f"z{step.config.depth}"), symbol(f"W{layer}")
    at_output = (
        Words(f"At the output: ∂C/∂{z}", "heading"),
        Words(words.output_sentence(step)),
        output_matrix(settings),
        _difference("output", output_routes(step)),
    )
    at_weights = (
        Words(f"At the weights: dC/d{W}", "heading"),
        Words(words.weights_sentence(step, layer)),
        _difference(f"W{layer}", weight_routes(step, layer)),
    )
    title, gradients = routes_matrix(step, layer)
    parts = (
        product,
        Words(words.FULL_AGAINST_SHORTCUT, "title"),
        Group("columns", (Group("column", at_output), Group("column", (*at_weights, *_whole_pass(step))))),
        Words(title, "heading"),
        gradients,
    )
    return written(Scene(None, parts))


def _product(vjp_step: VJPStep) -> Iterator[Part]:
    """Upstream, and its product with this Jacobian; of weights the routes show it, ∂C/∂a is all there is."""
    if not vjp_step.upstream.ndim:
        return
    yield _row(words.upstream(vjp_step), vjp_step.output, vjp_step.upstream, "vector=in")
    if vjp_step.cotangent.ndim == 1:
        yield _row(words.downstream(vjp_step), vjp_step.wrt, vjp_step.cotangent, "vector=out")
    else:
        yield Words(words.downstream_below(vjp_step))


def _row(title: str, name: str, values: FloatArray, kind: str) -> Matrix:
    columns, link = entries(name, len(values)), f"{name}:{{column}}"
    block = Block(title, columns, Linear(values[np.newaxis]), kind, link=link)
    return Matrix(words.row_alt(title, values), ("",), (block,))


def output_matrix(settings: Settings) -> Matrix:
    """∂C/∂z of the last layer by every route, and as it is measured, where all of it can be."""
    step = recorded_step(settings)
    last, routes = f"z{step.config.depth}", output_routes(step)
    rows = {
        "full": (words.output_full(step), routes.full),
        "shortcut": (words.output_shortcut(step), routes.shortcut),
    }
    if step.vjp(f"a{step.config.depth}", last).paths > 1:
        rows["diagonal"] = (words.diagonal(diagonal_is_wrong(step)), diagonal_route(step))
    check = kept(slope_check, settings, last)
    if check.judged.all():
        rows["numeric"] = (words.MEASURED, beyond(check.numeric, slope_noise(step, last)))
    columns = [f"∂C/∂{symbol(last, k)} {name}" for k, name in enumerate(output_names(step.config))]
    titles, values = zip(*rows.values(), strict=True)
    link = f"{last}:{{column}}"
    block = Block("", columns, Linear(np.array(values)), "route=output", keys=[*rows], link=link)
    return Matrix(words.output_alt(step, titles, values), titles, (block,))


def _difference(name: str, routes: Routes) -> Words:
    """How far the results of both routes are apart."""
    number = Number(routes.difference, "difference", name, "short")
    return Words(words.largest_difference(routes), numbers=(number,))


def _whole_pass(step: TrainingStep) -> tuple[Part, ...]:
    """What both routes need in the whole pass, and, folded away, for each Jacobian."""
    total = pass_cost(step)
    rows = [
        _needs(key_of(v), words.ledger_name(words.jacobian(v), is_needed(v)), route_cost(v))
        for v in step.vjp_steps
    ]
    rows.append(_needs("pass", words.TOTAL, total, "result"))
    folded = Table(words.LEDGER, rows), Words(words.pass_note(step))
    return (
        Words(words.WHOLE_PASS, "heading"),
        Words(words.pass_sentence(total)),
        Fold(words.ONE_BY_ONE, folded),
    )


def _needs(key: str, name: str, cost: RouteCost, role: Literal["", "result"] = "") -> Row:
    counts = cost.full, cost.filled, cost.shortcut
    cells = [Number(float(n), "cell", f"{key}:{i}", text=f"{n:,}") for i, n in enumerate(counts)]
    return Row(name, cells, role)
