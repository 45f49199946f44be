"""Questions about a recorded step: prompt, right value, wrong values with their sentences.

`question_for` asks about a stop of the walkthrough; its payload holds all that JavaScript needs to judge an
answer as `backprop.practice.judge` does.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from backprop import TrainingStep
from backprop.practice import UPDATES, Problem, Quantity, interesting, problem
from ui.names.numbers import as_typed, short
from ui.names.timeline import TimelineStep
from ui.questions.diagnosis import Diagnosis, diagnoses
from ui.questions.words import wording
from ui.questions.words.wording import Wording

ASKED: dict[str, tuple[str, ...]] = {
    "affine": ("pre_activation",),
    "activation": ("activation",),
    "cost": ("cost",),
    "cost_jacobian": ("cost_slope",),
    "activation_jacobian": ("slope", "jacobian"),
    "input_jacobian": ("jacobian",),
    "through_activation": ("through_activation", "path_sum"),
    "through_affine": ("path_sum",),
    "weights_gradient": ("weight_gradient",),
    "bias_gradient": ("bias_gradient",),
    "layer_gradients": ("weight_gradient",),
    "update": ("new_weight",),
}
"""By kind of stop of the timeline: the kinds of quantity it can ask, the first that the layer has."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, all in plain text and numbers.

    Attributes:
        problem: what is asked, and what may be answered.
        wording: its texts.
        prompt: the question.
        stop: id of the walkthrough's stop that shows the number, such as "1.II".
        table: the stage's table (data-matrix) that holds it, "" where none does.
        row: its row there.
        column: its column there.
        wrong: the mistakes with their sentences.
        hints: three, each with more help.
        observations: names of the observations of a mean.
    """

    problem: Problem
    wording: Wording
    prompt: str
    stop: str
    table: str
    row: int
    column: int
    wrong: tuple[Diagnosis, ...]
    hints: tuple[str, ...]
    observations: tuple[str, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The question as JSON takes it."""
        return {
            "prompt": self.prompt,
            "table": self.table,
            "row": self.row,
            "col": self.column,
            "computed": astuple(self.problem.computed),
            "range": astuple(self.problem.range),
            "nearly": [astuple(each) for each in self.problem.nearly],
            "wrong": [{"range": astuple(each.range), "text": each.sentence} for each in self.wrong],
            "hints": list(self.hints),
            "principle": self.wording.principle,
        }


def question_for(step: TrainingStep, stop: TimelineStep) -> Question | None:
    """The question about the number that this stop of the timeline reveals; None where there is none."""
    for kind in ASKED.get(stop.kind, ()):
        for quantity in interesting(step, kind, (stop.layer,), most=1):
            if stop_of(step, quantity) == stop.id:
                return question(step, problem(step, quantity))
    return None


def question(step: TrainingStep, asked: Problem, observations: Sequence[str] = ()) -> Question:
    """The question of a problem; `observations` names those of a mean."""
    quantity = asked.quantity
    words = wording(step.config, quantity, len(observations), float(step.tape["y"].sum()))
    table, row, column = stage_cell(step, quantity)
    return Question(
        problem=asked,
        wording=words,
        prompt=f"What is {words.name}{words.ask}",
        stop=stop_of(step, quantity),
        table=table,
        row=row,
        column=column,
        wrong=diagnoses(step.config, asked, step.updates[0].learning_rate, observations),
        hints=(words.first_hint, f"In symbols: {words.formula}.", _numbers_put_in(asked, step)),
        observations=tuple(observations),
    )


def stage_cell(step: TrainingStep, quantity: Quantity) -> tuple[str, int, int]:
    """Table, row and column of the stage in which a quantity stands; ("", 0, 0) where it is in none."""
    kind, layer, index = quantity.kind, quantity.layer, quantity.index
    last = layer == step.config.depth
    a, z = f"a{layer}", f"z{layer}"
    into, wrt = (a, z) if last else (f"z{layer + 1}", a)
    first = index[0] if index else 0
    cells = {
        "pre_activation": (f"{z}:value", first, 0),
        "activation": (f"{a}:value", first, 0),
        "cost": ("C:value", 0, 0),
        "cost_slope": (f"{a}:cotangent", 0, first),
        "jacobian": (f"{into}/{wrt}:jacobian", first, index[-1] if index else 0),
        "slope": (f"{a}/{z}:jacobian", first, first),
        "path_term": (f"{into}/{wrt}:path_terms", first, index[-1] if index else 0),
        "path_sum": (f"{wrt}:cotangent", 0, first),
        "through_activation": (f"{z}:cotangent", 0, first),
        "weight_gradient": (f"W{layer}:gradient", first, index[-1] if index else 0),
        "bias_gradient": (f"b{layer}:gradient", 0, first),
        "new_weight": (f"W{layer}:after", first, index[-1] if index else 0),
        "new_bias": (f"b{layer}:after", first, 0),
    }
    return cells.get(kind, ("", 0, 0))


def stop_of(step: TrainingStep, quantity: Quantity) -> str:
    """Id of the stop of the timeline that shows a quantity."""
    kind, layer = quantity.kind, quantity.layer
    last = layer == step.config.depth
    if kind in ("pre_activation", "activation", "cost"):
        return {"pre_activation": f"z{layer}", "activation": f"a{layer}", "cost": "C"}[kind]
    if kind in ("weight_step", "new_weight", "new_bias"):
        return f"update.{layer}"
    output = {"cost_slope": "I", "jacobian": "II", "slope": "II", "path_term": "IV", "path_sum": "IV"}
    hidden = {"jacobian": "I", "slope": "III", "path_term": "II", "path_sum": "II"}
    both = {"through_activation": "IV", "weight_gradient": "V" if last else "VI", "bias_gradient": "VI"}
    both["mean_gradient"] = both["weight_gradient"]
    return f"{layer}.{(both | (output if last else hidden))[kind]}"


def _numbers_put_in(asked: Problem, step: TrainingStep) -> str:
    """The last hint: everything but the result."""
    kind, factors = asked.quantity.kind, [term.factors for term in asked.terms]
    if kind == "activation" and step.config.is_dense(asked.quantity.layer):
        own = factors[asked.quantity.index[0]][0]
        below = " + ".join(f"exp({short(z)})" for (z,) in factors)
        return f"With numbers: exp({short(own)}) / ({below})."
    products = [" · ".join(_bracketed(x) for x in each) for each in factors]
    if kind in UPDATES:
        rate, gradient = factors[-1]
        products[-1] = f"({as_typed(rate)}) · {_bracketed(gradient)}"
    if kind == "mean_gradient":
        return f"With numbers: ({' + '.join(products)}) / {len(products)}."
    if kind == "activation":
        return f"With numbers: z = {short(factors[0][0])}."
    if len(products) == 1 and len(factors[0]) == 1:
        digits = short(asked.right)
        is_cut = "." in digits and "e" not in digits
        return f"It begins with {digits[:-1].rstrip('.')}." if is_cut else f"It is {digits}."
    return f"With numbers: {' + '.join(products)}."


def _bracketed(value: float) -> str:
    """A number, in brackets where it is negative."""
    return f"({short(value)})" if value < 0 else short(value)
