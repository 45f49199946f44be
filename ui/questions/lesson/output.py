"""Stops 4 to 6: the forward pass, the output, a weight of the last layer."""

import numpy as np

from backprop.network import input_of
from backprop.practice import Quantity, interesting
from ui.names.symbols import entry_symbol, symbol
from ui.questions.lesson.building import Stop, choice, exercise, is_idle, stop
from ui.questions.questions import Question
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.state.recording import recorded_step
from ui.state.settings import Settings


def sum_forward(settings: Settings, variant: int) -> Exercise | None:
    """A z of the first layer, of a unit that is off, if there is one."""
    step = recorded_step(settings)
    z = step.tape["z1"]
    found = sorted(interesting(step, "pre_activation", (1,)), key=lambda each: bool(z[each.index[0]] > 0))
    return exercise(step, "4a", found, variant)


def forward(settings: Settings) -> Stop:
    """Stop 4."""
    return stop(settings, 4, [sum_forward(settings, 0)], words.SAY_FORWARD)


def _entries(settings: Settings) -> Exercise | None:
    config = settings.config
    last, count = config.depth, config.layer_sizes[-1]
    if count == 1:
        return None
    dense = config.is_dense(last)
    options = {words.all_entries(count): True, words.diagonal(count): False}
    right = next(text for text, is_dense in options.items() if is_dense == dense)
    wrong = {text: words.dense_remark(dense) for text in options if text != right}
    wrong |= {words.ONE_ROW: words.ROW_REMARK, words.ONE_COLUMN: words.ROW_REMARK}
    a, z = symbol(f"a{last}"), symbol(f"z{last}")
    prompt = words.which_entries(a, z, count, config.output_activation)
    asked = choice(settings, prompt, right, wrong, words.dense_remark(dense))
    return Exercise("5a", asked, ("jacobian", ()), link=("jacobians", (("jacobian", f"a{last}-z{last}"),)))


def delta(settings: Settings, variant: int) -> Exercise | None:
    """∂C/∂z of the likeliest wrong class first, where the diagonal of the softmax Jacobian alone says 0."""
    step = recorded_step(settings)
    last, target = settings.config.depth, int(step.tape["y"].argmax())
    size = np.abs(step.cotangent(f"z{last}"))
    order = [*(int(k) for k in np.argsort(-size, kind="stable") if k != target), target]
    kind = "path_sum" if settings.config.is_dense(last) else "through_activation"
    return exercise(step, "5b", [Quantity(kind, last, (k,)) for k in order if size[k] > 0], variant)


def output(settings: Settings) -> Stop:
    """Stop 5."""
    config = settings.config
    dense = config.is_dense(config.depth)
    found = [] if is_idle(settings) else [_entries(settings), delta(settings, 0)]
    return stop(settings, 5, found, words.say_output(dense, config.output_activation))


def weight(settings: Settings, variant: int) -> Exercise | None:
    """A derivative by a weight of the last layer."""
    step = recorded_step(settings)
    return exercise(
        step,
        "6b",
        interesting(step, "weight_gradient", (settings.config.depth,)),
        variant,
        ("walkthrough", ()),
    )


def last_weight(settings: Settings) -> Stop:
    """Stop 6."""
    config = settings.config
    outputs, below = config.layer_sizes[-1], config.layer_sizes[-2]
    gradient = None if is_idle(settings) else weight(settings, 0)
    counted = None
    if gradient is not None and isinstance(gradient.asked, Question) and outputs > 1:
        k, j = gradient.asked.problem.quantity.index
        w, z = entry_symbol(f"W{config.depth}", (k, j)), symbol(f"z{config.depth}", k)
        others = sorted({outputs, outputs * below, below} - {1})
        asked = choice(
            settings,
            words.how_many_paths(w, symbol(f"z{config.depth}")),
            "1",
            {str(count): words.paths_remark(count, w, z) for count in others},
            words.one_path_of_weight(w, z),
            in_order=True,
        )
        counted = Exercise("6a", asked, gradient.picture)
    name = symbol(input_of(config.depth))
    says = words.say_weight(outputs * below, below, name)
    return stop(settings, 6, [counted, gradient], says)
