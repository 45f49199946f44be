"""Which questions a view has: by kind, in a fixed order that depends on the view alone. No Streamlit."""

from dataclasses import replace
from hashlib import blake2b
from random import Random

import numpy as np

from backprop.arrays import FloatArray
from backprop.practice import (
    Quantity,
    has_interesting_means,
    interesting,
    interesting_kinds,
    interesting_means,
    mean_problem,
    problem,
)
from ui.names.numbers import short
from ui.questions.choices import choices_of
from ui.questions.questions import Question, question
from ui.questions.words.choices import Choice
from ui.state.cache import kept
from ui.state.data import FLOWERS, SPECIES
from ui.state.parameters import IRIS, MAX_SEED, QUESTIONS
from ui.state.recording import all_observations, current_params, observation, recorded_step
from ui.state.settings import Settings

*_, MEAN, RULE = QUESTIONS
KINDS: dict[str, tuple[str, ...]] = {
    "sum": ("path_sum",),
    "path": ("path_term",),
    "slope": ("through_activation",),
    "gradient": ("weight_gradient",),
    "update": ("new_weight",),
    "forward": ("pre_activation", "activation"),
    MEAN: ("mean_gradient",),
    RULE: (),
}
"""The kinds of quantity behind each kind of question."""

_OF_ONE_STEP = [name for kind, names in KINDS.items() if kind != MEAN for name in names]

BATCH_STRIDE = FLOWERS // len(SPECIES)
"""From a flower to the one at the same place among the next species."""


def kinds_of(settings: Settings) -> tuple[str, ...]:
    """The kinds of question that this view can ask without asking the trivial."""
    # Whether there is one, not yet in which order, which for all kinds takes four times as long.
    found = interesting_kinds(recorded_step(settings), _OF_ONE_STEP)
    if _has_means(settings):
        found.add("mean_gradient")
    return tuple(kind for kind in KINDS if kind == RULE or not found.isdisjoint(KINDS[kind]))


def question_at(settings: Settings, kind: str, number: int) -> Question | Choice:
    """Question `number`, from 1 to `count_of`, of a kind that this view has."""
    if kind == RULE:
        return kept(_choices, settings)[number - 1]
    quantity = kept(_order, settings, kind)[number - 1]
    step = recorded_step(settings)
    if quantity.kind != "mean_gradient":
        return question(step, problem(step, quantity))
    X, Y = batch_of(settings)
    i, j = quantity.index
    asked = mean_problem(settings.config, current_params(settings), X, Y, quantity.layer, (i, j))
    return question(step, asked, [f"flower {flower}" for flower in batch_flowers(settings)])


def count_of(settings: Settings, kind: str) -> int:
    """How many questions there are of a kind."""
    return len(kept(_choices, settings) if kind == RULE else kept(_order, settings, kind))


def question_key(settings: Settings, kind: str, number: int) -> str:
    """A question's name: the same wherever the same is asked with the same numbers, as they are shown."""
    asked = kept(question_at, settings, kind, number)
    parts = [kind, asked.prompt]
    if isinstance(asked, Choice):
        parts += [*asked.options, *(f"{name} = {shown}" for name, shown in asked.given)]
    else:
        numbers = [asked.problem.right, *(x for term in asked.problem.terms for x in term.factors)]
        parts += [*map(short, numbers), *asked.observations]
    return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def new_view(settings: Settings, kind: str) -> Settings | None:
    """The next flower, or else other weights, where this kind has questions that are not asked here."""
    flower = replace(settings, flower=(settings.flower + 1) % FLOWERS)
    weights = replace(settings, seed=settings.seed % MAX_SEED + 1)
    known = {question_key(settings, kind, n + 1) for n in range(count_of(settings, kind))}
    # Other weights of a training would have to be trained first.
    for view in (flower,) if settings.is_trained else (flower, weights):
        if kind in kinds_of(view) and question_key(view, kind, 1) not in known:
            return view
    return None


def batch_flowers(settings: Settings) -> tuple[int, ...]:
    """Three flowers, one a species; the first is the chosen one."""
    return tuple((settings.flower + n * BATCH_STRIDE) % FLOWERS for n in range(len(SPECIES)))


def batch_of(settings: Settings) -> tuple[FloatArray, FloatArray]:
    """X (3, n_in) and Y (3, n_out) of those flowers; the edits of the chosen one hold."""
    rows = list(batch_flowers(settings)[1:])
    X, Y = all_observations(settings)
    x, y = observation(settings)
    return np.vstack([x, X[rows]]), np.vstack([y, Y[rows]])


def _has_means(settings: Settings) -> bool:
    return settings.data == IRIS and has_interesting_means(
        settings.config, current_params(settings), *batch_of(settings)
    )


def _order(settings: Settings, kind: str) -> tuple[Quantity, ...]:
    """The instructive quantities of a kind; the best first, the others shuffled."""
    step = recorded_step(settings)
    if kind == MEAN:
        if settings.data != IRIS:
            return ()
        found = interesting_means(settings.config, current_params(settings), *batch_of(settings))
    else:
        found = tuple(each for name in KINDS[kind] for each in interesting(step, name))
    # random() of the standard library gives the same numbers in every version; shuffle() need not.
    random = Random(kind)
    return (*found[:1], *sorted(found[1:], key=lambda _: random.random()))


def _choices(settings: Settings) -> tuple[Choice, ...]:
    return choices_of(recorded_step(settings))
