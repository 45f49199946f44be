"""The scene of the page: one activation moved by ε, and what each path delivers then."""

from collections.abc import Iterator

import numpy as np

from backprop.arrays import FloatArray
from backprop.noise import ROUNDING, cost_noise
from backprop.study.paths import Nudge, ledger, nudge
from ui.draw import words as drawn_words
from ui.draw.packing import written
from ui.draw.scenes import (
    Fold,
    Following,
    Number,
    Part,
    Row,
    Scene,
    Slider,
    Table,
    Times,
    Words,
    following,
)
from ui.names.numbers import as_typed
from ui.names.symbols import circled, symbol
from ui.state.cache import kept
from ui.state.data import named_entries
from ui.state.parameters import real
from ui.state.recording import recorded_step
from ui.views.paths.choice import PathChoice
from ui.views.paths.knock_out import paths_into
from ui.views.paths.words import further as words

MOST_OPEN = 8
"""More paths are folded away: the page would be too long."""

CLEAR = 100
"""A remainder so many times as large as rounding can be compared with that of half the move."""


def nudge_scene(choice: PathChoice, between: float | None = None) -> str:
    """The scene as JSON: predicted and measured share of every path, and the remainder.

    Args:
        choice: whose activation is moved; the knock-outs do not count.
        between: an ε that a link asks for and the slider does not have: one more position.
    """
    row, step = real("eps"), recorded_step(choice.settings)
    positions = sorted([*row.positions, *([] if between is None else [between])])
    whole = np.array(positions)
    moved, half = (nudge(step, choice.layer, choice.unit, epsilons) for epsilons in (whole, whole / 2))
    # Up to every path's cost is compared with two others; each is off by its own rounding.
    noise = (moved.moves.shape[-1] + 2) * (cost_noise(step) + ROUNDING * np.abs(moved.total))
    said = following(list(_sentences(choice, moved, half, noise)))
    slider = Slider("eps", row.label, positions, row.step, [*map(as_typed, positions)])
    head = words.nudge_head(symbol(choice.above))
    return written(
        Scene(
            slider,
            (Words(said, is_spoken=True), *_tables(head, _rows(choice, moved, following(noise.tolist())))),
        )
    )


def _tables(head: list[str], rows: list[Row]) -> tuple[Part, ...]:
    """All in one; the paths folded away where there are many."""
    paths, sums = ([row for row in rows if bool(row.link) == is_path] for is_path in (True, False))
    if len(paths) <= MOST_OPEN:
        return (Table(head, rows),)
    return Table(["", *head[1:]], sums), Fold(words.EACH_SHARE, (Table(head, paths),))


def _rows(choice: PathChoice, moved: Nudge, noise: Following[float]) -> list[Row]:
    def measured(values: FloatArray, key: str, less: Following[float] | Times | None = None) -> Number:
        return Number(following(values.tolist()), "cell", key, less=less, noise=noise)

    book = ledger(recorded_step(choice.settings), choice.layer, choice.unit)
    carries = kept(paths_into, choice.settings, choice.layer).path_terms[:, choice.unit] != 0
    factors = zip(book.weights.tolist(), book.upstream.tolist(), carries, strict=True)
    rows = []
    for k, (name, (weight, upstream, is_carried)) in enumerate(
        zip(named_entries(choice.settings.config, choice.above), factors, strict=True)
    ):
        share, alone = Times((weight, upstream)), moved.measured[:, k]
        cells = (
            Number(Times((weight,)), "cell", f"move:{k}"),
            Number(share if is_carried else 0.0, "cell", f"predicted:{k}"),
            measured(alone, f"measured:{k}"),
            measured(alone, f"curvature:{k}", less=share),
        )
        rows.append(Row(f"{circled(k)} {name}", cells, link=f"path:{k}"))
    predicted, together = moved.predicted.sum(axis=-1), moved.measured.sum(axis=-1)
    if len(rows) > 1:
        sums = (
            None,
            Number(following(_predicted(choice, moved).tolist()), "cell", "predicted:sum"),
            measured(together, "measured:sum"),
            measured(moved.own_curvature, "curvature:sum"),
        )
        interaction = measured(moved.total, "interaction", less=following(together.tolist()))
        rows += [
            Row(words.SUM_OVER_PATHS, sums, "sum"),
            Row(words.TOGETHER, (None, None, interaction, None)),
        ]
    total = measured(moved.total, "measured:total")
    remainder = measured(moved.total, "remainder", less=following(predicted.tolist()))
    return [*rows, Row(words.RECOMPUTED, (None, None, total, remainder), "result")]


def _predicted(choice: PathChoice, moved: Nudge) -> FloatArray:
    """The sum of ε times the ledger's products, for every ε."""
    says_something = kept(paths_into, choice.settings, choice.layer).cotangent[choice.unit] != 0
    return np.where(says_something, moved.predicted.sum(axis=-1), 0.0)


def _sentences(choice: PathChoice, moved: Nudge, half: Nudge, noise: FloatArray) -> Iterator[str]:
    columns = (_predicted(choice, moved), moved.total, moved.remainder, half.remainder, noise)
    numbers = zip(*(column.tolist() for column in columns), strict=True)
    for epsilon, crosses, given in zip(moved.epsilon.tolist(), moved.crosses, numbers, strict=True):
        yield _sentence(choice.name, epsilon, bool(crosses), *given)


def _sentence(
    name: str,
    epsilon: float,
    crosses: bool,
    predicted: float,
    total: float,
    remainder: float,
    half: float,
    noise: float,
) -> str:
    if epsilon == 0:
        return words.NO_NUDGE
    said = drawn_words.nudged(name, epsilon, predicted, total if abs(total) > noise else 0.0)
    if abs(remainder) <= noise:
        return f"{said} {words.NO_REMAINDER if crosses else words.STRAIGHT}"
    if crosses:
        return f"{said} {words.kink(remainder)}"
    if abs(remainder) < CLEAR * noise:
        return f"{said} {words.faint_curvature(remainder)}"
    return f"{said} {words.curvature(remainder, half, half / remainder)}"
