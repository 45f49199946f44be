"""What each stop asks, all of it from the recorded step of the view. No Streamlit.

Every `_stop` gives its exercises; `variant` 1 asks the same kind of another unit, for what comes back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from backprop import MLPConfig, TrainingStep, init_params, training_step
from backprop.arrays import FloatArray
from backprop.check import check_gradient
from backprop.network import input_of
from backprop.noise import carries_nothing, is_learned
from backprop.practice import Quantity, interesting, interesting_means, mean_problem, problem
from backprop.total_derivative import TotalDerivative, evaluate
from ui.names.symbols import entry_symbol, symbol
from ui.questions.chain import chain_question
from ui.questions.questions import Question, question
from ui.questions.words.choices import Choice
from ui.state.data import observation_word
from ui.state.parameters import IRIS, MAX_SEED
from ui.state.recording import all_observations, current_params, observation, recorded_step
from ui.state.settings import Settings
from ui.views.lesson.tasks import Exercise, Order, Sentence
from ui.views.lesson.words import stops as words

COUNT = 10
AT = 1.0
"""The t of the first stops, where their parameter begins."""

ONE_PATH = (("sin", ("t2",)), ("square", ("decay",)))
TWO_PATHS = (("2xy3", ("t2", "sin")), ("product", ("t2", "decay")))
"""The functions of stops 1 and 2, and those that come back."""

BATCH, STRIDE = 6, 25
"""Flowers of stop 9, two of each species."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop.

    Attributes:
        number: from 1.
        exercises: in order.
        says: the sentence at its end.
        missing: why it has no meaning for this network, else "".
    """

    number: int
    exercises: tuple[Exercise, ...]
    says: str = ""
    missing: str = ""


def stop_at(settings: Settings, number: int) -> Stop:
    """One stop, by its number from 1."""
    return _STOPS[number - 1](settings)


def stops_of(settings: Settings) -> tuple[Stop, ...]:
    """All ten stops."""
    return tuple(stop_at(settings, number) for number in range(1, COUNT + 1))


def number_of(key: str) -> int:
    """The stop of an exercise's key: 7 of 7a and of 7ar; 0 of a key that is no exercise's."""
    digits = key.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits) if digits.isdecimal() and int(digits) <= COUNT else 0


def again(settings: Settings, key: str) -> Exercise | None:
    """What comes back for an exercise that was missed: the same kind with another unit, if there is one."""
    build = _AGAIN.get(key)
    found = build(settings, 1) if build else None
    return replace(found, key=f"{key}r") if found else None


# --- 1, 2, 3: a function of t ------------------------------------------------------------------------


def example(number: int, variant: int) -> TotalDerivative:
    """The function of stop 1 or 2 at its t."""
    outer, inners = (ONE_PATH, TWO_PATHS)[number - 1][variant]
    return evaluate(outer, inners, AT)


def _chain(number: int) -> Callable[[Settings, int], Exercise]:
    def build(_: Settings, variant: int) -> Exercise:
        result = example(number, variant)
        link = ("total_derivative", (("y", "constant"),)) if number == 2 and not variant else None
        return Exercise(
            f"{number}a", chain_question(result), ("t", (number, variant)), float(result.numeric), link
        )

    return build


def _one_path(settings: Settings) -> Stop:
    return Stop(1, (_chain(1)(settings, 0),), words.SAY_ONE_PATH)


def _two_paths(settings: Settings) -> Stop:
    return Stop(2, (_chain(2)(settings, 0),), words.SAY_TWO_PATHS)


def _row_times_column(settings: Settings) -> Stop:
    result = example(2, 0)
    shapes = _choice(
        settings,
        words.SHAPE,
        words.SHAPE_RIGHT,
        {
            words.SHAPE_TWO: words.two_numbers(result.terms.tolist(), float(result.numeric)),
            words.SHAPE_ONE: words.SHAPE_ONE_REMARK,
            words.SHAPE_T: words.SHAPE_T_REMARK,
        },
        words.SHAPE_PRINCIPLE,
    )
    reason = _choice(
        settings,
        words.REASON,
        words.REASON_RIGHT,
        {
            words.REASON_SMALL: words.REASON_SMALL_REMARK,
            words.REASON_SAME: words.REASON_SAME_REMARK,
            words.REASON_ORDER: words.REASON_ORDER_REMARK,
        },
        words.REASON_PRINCIPLE,
    )
    picture = ("row", ())
    return Stop(
        3, (Exercise("3a", shapes, picture), Exercise("3b", reason, picture)), words.SAY_ROW_TIMES_COLUMN
    )


# --- 4: forward --------------------------------------------------------------------------------------


def _sum_forward(settings: Settings, variant: int) -> Exercise | None:
    step = recorded_step(settings)
    z = step.tape["z1"]
    found = sorted(interesting(step, "pre_activation", (1,)), key=lambda each: bool(z[each.index[0]] > 0))
    return _exercise(step, "4a", found, variant)


def _forward(settings: Settings) -> Stop:
    return _stop(4, [_sum_forward(settings, 0)], words.SAY_FORWARD, words.NOTHING_TO_ASK)


# --- 5, 6: the output, and a weight of the last layer ------------------------------------------------


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
    asked = _choice(settings, prompt, right, wrong, words.dense_remark(dense))
    return Exercise("5a", asked, ("jacobian", ()), link=("jacobians", (("jacobian", f"a{last}-z{last}"),)))


def _delta(settings: Settings, variant: int) -> Exercise | None:
    """∂C/∂z of the likeliest wrong class first, where the diagonal of the softmax Jacobian alone says 0."""
    step = recorded_step(settings)
    last, target = settings.config.depth, int(step.tape["y"].argmax())
    size = np.abs(step.cotangent(f"z{last}"))
    order = [*(int(k) for k in np.argsort(-size, kind="stable") if k != target), target]
    kind = "path_sum" if settings.config.is_dense(last) else "through_activation"
    return _exercise(step, "5b", [Quantity(kind, last, (k,)) for k in order if size[k] > 0], variant)


def _output(settings: Settings) -> Stop:
    config = settings.config
    dense = config.is_dense(config.depth)
    found = [] if _is_idle(settings) else [_entries(settings), _delta(settings, 0)]
    return _stop(5, found, words.say_output(dense, config.output_activation), words.NOTHING_CARRIED)


def _weight(settings: Settings, variant: int) -> Exercise | None:
    step = recorded_step(settings)
    return _exercise(
        step,
        "6b",
        interesting(step, "weight_gradient", (settings.config.depth,)),
        variant,
        ("walkthrough", ()),
    )


def _last_weight(settings: Settings) -> Stop:
    config = settings.config
    outputs, below = config.layer_sizes[-1], config.layer_sizes[-2]
    gradient = None if _is_idle(settings) else _weight(settings, 0)
    counted = None
    if gradient is not None and isinstance(gradient.asked, Question) and outputs > 1:
        k, j = gradient.asked.problem.quantity.index
        w, z = entry_symbol(f"W{config.depth}", (k, j)), symbol(f"z{config.depth}", k)
        others = sorted({outputs, outputs * below, below} - {1})
        asked = _choice(
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
    return _stop(6, [counted, gradient], says, words.NOTHING_CARRIED)


# --- 7: a hidden activation --------------------------------------------------------------------------


def _layer_with_paths(config: MLPConfig) -> int:
    """The last hidden layer whose activations go into several units; 0 for none."""
    layers = range(config.depth - 1, 0, -1)
    return next((layer for layer in layers if config.layer_sizes[layer + 1] > 1), 0)


def _sum_over_paths(settings: Settings, variant: int) -> Exercise | None:
    """A unit whose largest path has the wrong sign, if there is one; else any of mixed signs."""
    step, layer = recorded_step(settings), _layer_with_paths(settings.config)
    if not layer:
        return None
    terms = step.vjp(f"z{layer + 1}", f"a{layer}").path_terms

    def misleads(asked: Quantity) -> bool:
        column = terms[:, asked.index[0]]
        return bool(column.min() * column.max() < 0)

    found = sorted(interesting(step, "path_sum", (layer,)), key=lambda each: not misleads(each))
    unit = found[variant].index[0] + 1 if variant < len(found) else 1
    link = ("paths", (("layer", layer), ("unit", unit)) if settings.config.depth > 2 else (("unit", unit),))
    return _exercise(step, "7a", found, variant, link)


def _hidden(settings: Settings) -> Stop:
    config = settings.config
    layer = _layer_with_paths(config)
    if config.depth == 1:
        return Stop(7, (), missing=words.NO_HIDDEN)
    if not layer:
        return Stop(7, (), missing=words.ONE_UNIT_EACH)
    found = None if _is_idle(settings) else _sum_over_paths(settings, 0)
    if found is None:
        return Stop(7, (), missing=words.NOTHING_TO_ASK)
    steps = words.six_steps(layer, symbol(input_of(layer)))
    needs = ((1, 0), (3, 1), (3, 2), (5, 3), (5, 4))
    order = Order(words.ORDER, steps, _shuffled(settings, len(steps)), needs, words.ORDER_PRINCIPLE)
    return Stop(7, (found, Exercise("7b", order, found.picture)), words.SAY_HIDDEN)


# --- 8: the first weights, and the step --------------------------------------------------------------


def _off(settings: Settings) -> Exercise | None:
    step, config = recorded_step(settings), settings.config
    for layer in range(1, config.depth):
        if not config.rule(layer).switches:
            continue
        z, upstream = step.tape[f"z{layer}"], step.cotangent(f"a{layer}")
        off = [int(j) for j in np.argsort(-np.abs(upstream), kind="stable") if z[j] <= 0]
        if off:
            j = off[0]
            a, name = symbol(f"a{layer}", j), symbol(f"z{layer}", j)
            remarks = {
                words.LEARNS: words.learns_remark(a, name, float(upstream[j])),
                words.LEARNS_BIAS: words.LEARNS_BIAS_REMARK,
            }
            if not config.has_biases:
                del remarks[words.LEARNS_BIAS]
            asked = _choice(
                settings,
                words.does_it_learn(j + 1, layer),
                words.LEARNS_NOT,
                remarks,
                words.learns_principle(a, name),
            )
            return Exercise("8a", asked, ("off", (layer, j)))
    return None


def _first_weight(settings: Settings, variant: int) -> Exercise | None:
    step = recorded_step(settings)
    if settings.config.depth == 1:
        return _exercise(step, "8b", interesting(step, "new_weight", (1,)), variant)
    return _exercise(step, "8b", interesting(step, "weight_gradient", (1,)), variant)


def promise(step: TrainingStep) -> tuple[float, float]:
    """The sum of all squared derivatives of what is learned, and the change of C that they promise."""
    rate = step.updates[0].learning_rate
    squared = sum(float((update.gradient**2).sum()) for update in step.updates)
    return squared, -rate * squared


def _cost_after(settings: Settings) -> Exercise | None:
    step = recorded_step(settings)
    _, promised = promise(step)
    actual = step.loss_after - step.loss_before
    if not np.isfinite(actual) or abs(promised) < 1e-9 * max(1.0, abs(step.loss_before)):
        return None
    if actual > 0:
        right = words.RISES
    elif abs(actual - promised) <= 1e-6 * abs(promised):
        right = words.FALLS_EXACTLY
    else:
        right = words.FALLS_LESS if actual > promised else words.FALLS_MORE
    remark = words.other_way_remark(actual, promised)
    options = (words.FALLS_LESS, words.FALLS_EXACTLY, words.FALLS_MORE, words.RISES)
    wrong = {each: words.EXACTLY_REMARK if each == words.FALLS_EXACTLY else remark for each in options}
    del wrong[right]
    principle = words.promise_principle(step.loss_before, step.loss_after, promised)
    asked = _choice(settings, words.PROMISE, right, wrong, principle)
    return Exercise("8c", asked, ("promise", ()), link=("update", ()))


def _first_layer(settings: Settings) -> Stop:
    config = settings.config
    switches = any(config.rule(layer).switches for layer in range(1, config.depth))
    says = words.say_step(switches) if config.depth > 1 else words.SAY_STEP_ALONE
    found = [] if _is_idle(settings) else [_off(settings), _first_weight(settings, 0), _cost_after(settings)]
    return _stop(8, found, says, words.NOTHING_CARRIED)


# --- 9: the other sum --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The observations of stop 9.

    Attributes:
        names: of the rows.
        X, Y: shapes (N, n_in) and (N, n_out).
        D: ∂C/∂z of the last layer, shape (N, units).
        A: what enters it, shape (N, inputs).
    """

    names: tuple[str, ...]
    X: FloatArray
    Y: FloatArray
    D: FloatArray
    A: FloatArray


def batch_of(settings: Settings) -> Batch:
    """The shown observation and up to five others."""
    X, Y = all_observations(settings)
    count = min(BATCH, len(X))
    stride = STRIDE if settings.data == IRIS else 1
    rows = [(settings.row + n * stride) % len(X) for n in range(count)]
    x, y = observation(settings)
    X, Y = np.vstack([x, X[rows[1:]]]), np.vstack([y, Y[rows[1:]]])
    config, params, last = settings.config, current_params(settings), settings.config.depth
    steps = [training_step(config, params, *each, 0.0) for each in zip(X, Y, strict=True)]
    D = np.array([step.cotangent(f"z{last}") for step in steps])
    A = np.array([step.tape[input_of(last)] for step in steps])
    word = observation_word(config)
    names = tuple(f"{word} {row if settings.data == IRIS else row + 1}" for row in rows)
    return Batch(names, X, Y, D, A)


def _mean(settings: Settings, variant: int) -> Exercise | None:
    batch, config, last = batch_of(settings), settings.config, settings.config.depth
    params = current_params(settings)
    found = [
        each for each in interesting_means(config, params, batch.X, batch.Y, most=99) if each.layer == last
    ]
    if variant >= len(found):
        return None
    i, j = found[variant].index
    asked = mean_problem(config, params, batch.X, batch.Y, last, (i, j))
    return Exercise(
        "9b", question(recorded_step(settings), asked, batch.names), ("batch", (i, j)), link=("batch", ())
    )


def _batch(settings: Settings) -> Stop:
    config = settings.config
    if len(all_observations(settings)[0]) == 1:
        return Stop(9, (), missing=words.ONE_OBSERVATION)
    if config.layer_sizes[-1] == 1:
        return Stop(9, (), missing=words.ONE_OUTPUT)
    mean = None if _is_idle(settings) else _mean(settings, 0)
    if mean is None:
        return Stop(9, (), missing=words.NOTHING_TO_ASK)
    word = observation_word(config)
    sums = _choice(
        settings,
        words.WHICH_SUM,
        words.sums_right(word),
        {
            words.sums_both(word): words.SUMS_BOTH_REMARK,
            words.sums_swapped(word): words.SUMS_SWAPPED_REMARK,
            words.SUMS_UNITS: words.SUMS_UNITS_REMARK,
        },
        words.SUMS_PRINCIPLE,
    )
    exercises = (Exercise("9a", sums, mean.picture), mean, Exercise("9c", _broken(settings), mean.picture))
    return Stop(9, exercises, words.SAY_BATCH)


def _broken(settings: Settings) -> Choice:
    """A derivation of four lines of which one is broken, another one with another seed."""
    dense = settings.config.is_dense(settings.config.depth) and settings.config.shortcut is not None
    lines = [
        words.LINE_COST_DENSE if dense else words.LINE_COST,
        words.LINE_SUM,
        words.LINE_MASK,
        words.LINE_MEAN,
    ]
    broken = [
        (1, words.BROKEN_INDEX, words.WHY_INDEX),
        (1, words.BROKEN_SUM, words.WHY_SUM),
        (3, words.BROKEN_MEAN, words.WHY_MEAN),
        *([(0, words.BROKEN_COST, words.WHY_COST)] if dense else []),
    ]
    place, line, why = broken[_draw(settings, "broken") % len(broken)]
    lines[place] = line
    return Choice(words.BROKEN, tuple(lines), line, (words.BROKEN_REMARK,) * 3, why, "")


# --- 10: a network not seen --------------------------------------------------------------------------

OWN_SIZES = ((2, 2, 3, 2), (3, 2, 3, 3))
MOST_DRAWS, CLEAR = 200, 0.05
"""Of draws the first whose derivatives are no smaller than that."""


def own_step(settings: Settings) -> TrainingStep:
    """A step of a network that the reader has not seen: its numbers come from the seed, to one decimal."""
    mine = settings.config.layer_sizes
    sizes = next(each for each in OWN_SIZES if each != mine)
    config = MLPConfig(sizes, "tanh", "softmax", "cross_entropy")
    for draw in range(MOST_DRAWS):
        rng = np.random.default_rng([settings.seed, 10, draw])
        params = init_params(config, 0)
        arrays = {name: np.round(rng.normal(0, 0.8, array.shape), 1) for name, array in params.items()}
        x, y = np.round(rng.normal(0, 1, sizes[0]), 1), np.eye(sizes[-1])[rng.integers(sizes[-1])]
        step = training_step(config, params.with_arrays(arrays), x, y, 0.1)
        terms = step.vjp("z2", "a1").path_terms
        is_mixed = (terms.min(axis=0) < 0) & (terms.max(axis=0) > 0)
        is_clear = np.abs(step.cotangent("a1")) > CLEAR
        asked = interesting(step, "path_sum", (1,), most=1)
        has_weight = np.abs(step.gradients["W1"]).max() > CLEAR
        if asked and (is_mixed & is_clear)[asked[0].index[0]] and has_weight:
            return step
    return step


def _own(settings: Settings) -> Stop:
    step = own_step(settings)
    last, target = step.config.depth, int(step.tape["y"].argmax())
    other = int(np.argmax(np.abs(step.cotangent(f"z{last}")) * (step.tape["y"] == 0)))
    (hidden, *_), (weight, *_) = (interesting(step, kind, (1,)) for kind in ("path_sum", "weight_gradient"))
    delta = Quantity("path_sum", last, (other if _draw(settings, "own") % 2 else target,))
    found = [
        _exercise(step, f"10{letter}", [asked], 0)
        for letter, asked in zip("abc", (delta, hidden, weight), strict=True)
    ]
    asked = [replace(each, picture=(f"own {each.key}", each.picture[1])) for each in found if each]
    sentence = Sentence(words.OWN_SENTENCE, words.MODEL, words.POINTS)
    return Stop(10, (*asked, Exercise("10d", sentence, ("own 10d", ()))))


# --- what the stops share ----------------------------------------------------------------------------


def _stop(number: int, found: Sequence[Exercise | None], says: str, missing: str) -> Stop:
    exercises = tuple(each for each in found if each is not None)
    return Stop(number, exercises, says) if exercises else Stop(number, (), missing=missing)


def _exercise(
    step: TrainingStep,
    key: str,
    quantities: Sequence[Quantity],
    variant: int,
    link: tuple[str, tuple[tuple[str, str | int], ...]] | None = None,
) -> Exercise | None:
    """The question of one of these quantities, with the slope that is measured."""
    if variant >= len(quantities):
        return None
    quantity = quantities[variant]
    asked = question(step, problem(step, quantity))
    picture = (quantity.kind, (quantity.layer, *quantity.index))
    return Exercise(key, asked, picture, _measured(step, quantity), link)


def _measured(step: TrainingStep, quantity: Quantity) -> float | None:
    last = quantity.layer == step.config.depth
    name = {
        "path_sum": f"z{quantity.layer}" if last else f"a{quantity.layer}",
        "through_activation": f"z{quantity.layer}",
        "weight_gradient": f"W{quantity.layer}",
    }.get(quantity.kind)
    if name is None:
        return None
    check = check_gradient(step, name)
    return float(check.numeric[quantity.index]) if check.judged[quantity.index] else None


def _is_idle(settings: Settings) -> bool:
    step = recorded_step(settings)
    return is_learned(step) or carries_nothing(step)


def _choice(
    settings: Settings,
    prompt: str,
    right: str,
    wrong: Mapping[str, str],
    principle: str,
    in_order: bool = False,
) -> Choice:
    """A choice whose options stand in an order of the seed's, or, being counts, by their size."""
    options = [right, *wrong]
    options.sort(key=int if in_order else lambda option: _draw(settings, option))
    remarks = tuple(wrong[option] for option in options if option != right)
    return Choice(prompt, tuple(options), right, remarks, principle, "")


def _shuffled(settings: Settings, count: int) -> tuple[int, ...]:
    return tuple(sorted(range(count), key=lambda item: _draw(settings, str(item))))


def _draw(settings: Settings, text: str) -> int:
    """A number that depends on the seed and a text, in every version of Python alike."""
    return int.from_bytes(blake2b(f"{settings.seed} {text}".encode(), digest_size=4).digest(), "big")


def next_seed(settings: Settings) -> int:
    """For the lesson in a week."""
    return (settings.seed + 1 + _draw(settings, "week") % 97) % (MAX_SEED + 1)


_STOPS = (
    _one_path,
    _two_paths,
    _row_times_column,
    _forward,
    _output,
    _last_weight,
    _hidden,
    _first_layer,
    _batch,
    _own,
)
_AGAIN: Mapping[str, Callable[[Settings, int], Exercise | None]] = {
    "1a": _chain(1),
    "2a": _chain(2),
    "4a": _sum_forward,
    "5b": _delta,
    "6b": _weight,
    "7a": _sum_over_paths,
    "8b": _first_weight,
    "9b": _mean,
}
