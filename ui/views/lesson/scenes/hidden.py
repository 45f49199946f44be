"""Stop 7: a hidden activation and its paths."""

import numpy as np

from backprop import TrainingStep
from backprop.noise import ROUNDING, carried, cost_noise, path_noise
from backprop.study.paths import Nudge, nudge
from ui.draw import words as drawn_words
from ui.draw.ledgers import Path, ledger
from ui.draw.packing import written
from ui.draw.scenes import (
    Card,
    Cards,
    Cases,
    Edge,
    Following,
    Ledger,
    Network,
    Node,
    Number,
    Part,
    Scene,
    Slider,
    Sum,
    Switches,
    Words,
    following,
)
from ui.names.numbers import as_typed
from ui.names.symbols import circled, entry_symbol, symbol
from ui.questions.tasks import Exercise
from ui.state.choices import numbers
from ui.state.parameters import real
from ui.views.lesson.scenes import words
from ui.views.lesson.scenes.parts import MOST_WRITTEN, question_of, terms_table


def knock_out(step: TrainingStep, exercise: Exercise, between: float | None) -> str:
    """The ledger, each path of which can be knocked out, and what a nudge by ε does, predicted and measured.

    Args:
        step: the recorded step.
        exercise: asks for the sum over paths of a hidden activation.
        between: an ε that a link asks for and the slider does not have.
    """
    quantity = question_of(exercise).problem.quantity
    layer, j = quantity.layer, quantity.index[0]
    z, a = f"z{layer + 1}", f"a{layer}"
    vjp, noise = carried(step, z, a), path_noise(step, z, a)[:, j].tolist()
    products, total = vjp.path_terms[:, j].tolist(), float(vjp.cotangent[j])
    marks = [circled(k) for k in range(len(products))]
    summed = Sum(products, noise, total, marks)
    factors = zip(vjp.upstream.tolist(), vjp.jacobian[:, j].tolist(), strict=True)
    paths = [Path(f"{circled(k)} {symbol(z, k)}", *both, f"path:{k}") for k, both in enumerate(factors)]
    is_on = bool(step.vjp(a, f"z{layer}").jacobian[j, j])
    verdict = Cases(
        summed,
        words.KNOCK_OUT_ONE,
        drawn_words.without(total != 0),
        reversed=drawn_words.wrong_sign(is_on),
        cancel=drawn_words.CANCEL,
        idle=drawn_words.IDLE,
        idles=drawn_words.IDLES,
    )
    row = real("eps")
    positions = sorted([*row.positions, *([] if between is None else [between])])
    moved = nudge(step, layer, j, np.array(positions))
    parts = (
        ledger_of_unit(paths, summed, symbol(a, j), symbol(z), exercise.measured),
        Words(verdict, "caption", is_spoken=True),
        nudge_cards(step, symbol(a, j), summed, moved),
    )
    slider = Slider("eps", row.label, positions, row.step, [*map(as_typed, positions)])
    switches = Switches("drop", words.KNOCK_OUT_LABEL, numbers(len(products)), marks)
    return written(Scene(slider, parts, switches))


def ledger_of_unit(paths: list[Path], summed: Sum, name: str, z: str, measured: float | None) -> Ledger:
    """The unit's paths, their products and the measured slope."""
    whole, some, none = drawn_words.ledger_sum(name, len(paths))
    return ledger(
        paths,
        summed,
        Cases(summed, whole, some, none),
        Number(measured, "ledger", "numeric", before=drawn_words.NUMERIC),
        alt=drawn_words.ledger_alt(name, measured),
        unit=name,
        heads=(f"∂C/∂{z}ₖ", drawn_words.factor(z, name, False)),
        legend=drawn_words.legend(False),
    )


def nudge_cards(step: TrainingStep, name: str, summed: Sum, moved: Nudge) -> Cards:
    """ε times what is left of the sum, and what the cost really does."""

    def times(value: Following[float]) -> list[float]:
        return [epsilon * value for epsilon in moved.epsilon.tolist()]

    predicted = Sum(
        [following(times(term)) for term in summed.terms],
        [following(list(map(abs, times(noise)))) for noise in summed.noise],
        following(times(summed.total)),
        summed.marks,
    )
    noise = (len(summed.terms) + 2) * (cost_noise(step) + ROUNDING * np.abs(moved.total))
    total = np.where(np.abs(moved.total) > noise, moved.total, 0.0).tolist()
    title = Cases(predicted, words.PREDICTED, words.PREDICTED_WITHOUT)
    notes = [words.recomputed(bool(crosses)) for crosses in moved.crosses]
    return Cards(
        (
            Card("predicted", title, predicted, note=words.predicted_as(name)),
            Card("measured", words.MEASURED_CHANGE, following(total), note=following(notes)),
        )
    )


def paths(step: TrainingStep, exercise: Exercise, is_shown: bool) -> list[Part]:
    """A hidden activation, the sums it goes into, and the cost; the products once they may be seen."""
    asked = question_of(exercise)
    quantity, terms = asked.problem.quantity, asked.problem.terms
    layer, j = quantity.layer, quantity.index[0]
    above = f"z{layer + 1}"
    name = symbol(f"a{layer}", j)
    nodes, edges = [Node("a", 0, name)], []
    for k, term in enumerate(terms):
        upstream, weight = term.factors
        sign, link = (term.product if is_shown else 0.0), f"path:{k}"
        nodes.append(Node(f"z{k}", 1, f"{circled(k)} {symbol(above, k)}", link))
        label = entry_symbol(f"W{layer + 1}", (k, j))
        edges.append(Edge("a", f"z{k}", Number(weight, "weight", label), sign, link))
        edges.append(Edge(f"z{k}", "C", Number(upstream, "upstream", f"∂C/∂{symbol(above, k)}"), sign, link))
    nodes.append(Node("C", 2, Number(float(step.tape["C"]), form="short", before="C = ")))
    title = words.paths_title(len(terms), name)
    picture = Network(title, title, nodes, edges)
    table = terms_table(
        ("", f"∂C/∂{symbol(above)}ₖ", entry_symbol(f"W{layer + 1}", ("k", j)), words.PRODUCT),
        [(circled(k), term.factors) for k, term in enumerate(terms)],
        exercise,
        is_shown,
    )
    if len(terms) > MOST_WRITTEN // 2:  # as a network their numbers would stand on each other
        parts: list[Part] = [table]
    else:
        parts = [picture]
    return parts
