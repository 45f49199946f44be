"""Which questions a view has: by kind, in a fixed order that depends on the view alone."""

from dataclasses import replace
from hashlib import blake2b
from random import Random

import numpy as np

from backprop.arrays import FloatArray
from backprop.practice import (
    Quantity,
    Term,
    has_interesting_means,
    interesting,
    interesting_kinds,
    interesting_means,
    mean_problem,
    problem,
    terms_of,
    workings_of,
)
from ui.names.numbers import short
from ui.questions.choices import choices_of
from ui.questions.questions import Question, question
from ui.questions.words.choices import Choice
from ui.state.cache import kept
from ui.state.data import FLOWERS, SPECIES, word_of_many
from ui.state.parameters import MAX_SEED
from ui.state.parsing import QUESTIONS
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

MOST_GIVEN = 4
"""Of the observations given are in a mean: more are long to work out."""


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
    return question(step, asked, batch_names(settings))


def terms_at(settings: Settings, kind: str, number: int) -> tuple[Quantity, tuple[Term, ...]]:
    """What such a question of one step asks for, and its products: a tenth of the work of the question."""
    quantity = kept(_order, settings, kind)[number - 1]
    return quantity, terms_of(workings_of(recorded_step(settings), quantity.layer), quantity)


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
    """The next observation, or else other weights, where this kind has questions that are not asked here."""
    views, given = [], settings.given
    if given is None:
        views.append(replace(settings, flower=(settings.flower + 1) % FLOWERS))
    elif len(given.X) > 1:
        views.append(replace(settings, obs=(settings.row + 1) % len(given.X) + 1))
    # Other weights of a training would have to be trained first.
    if not settings.is_trained and not settings.has_given_params:
        views.append(replace(settings, seed=settings.seed % MAX_SEED + 1))
    known = {question_key(settings, kind, n + 1) for n in range(count_of(settings, kind))}
    for view in views:
        if kind in kinds_of(view) and question_key(view, kind, 1) not in known:
            return view
    return None


def batch_rows(settings: Settings) -> tuple[int, ...]:
    """Three flowers, one a species, or up to four of the observations given; the first is the chosen one."""
    if settings.given is None:
        return tuple((settings.flower + n * BATCH_STRIDE) % FLOWERS for n in range(len(SPECIES)))
    count = len(settings.given.X)
    return tuple((settings.row + n) % count for n in range(min(count, MOST_GIVEN)))


def batch_names(settings: Settings) -> list[str]:
    """What they are called: flower 106, or observation 1."""
    word, first = word_of_many(settings.config), 0 if settings.given is None else 1
    return [f"{word} {row + first}" for row in batch_rows(settings)]


def batch_of(settings: Settings) -> tuple[FloatArray, FloatArray]:
    """X (N, n_in) and Y (N, n_out) of those; the edits of the chosen one hold."""
    rows = list(batch_rows(settings)[1:])
    X, Y = all_observations(settings)
    x, y = observation(settings)
    return np.vstack([x, X[rows]]), np.vstack([y, Y[rows]])


def _has_means(settings: Settings) -> bool:
    """Whether there is a mean, of two or more."""
    X, Y = batch_of(settings)
    return len(X) > 1 and has_interesting_means(settings.config, current_params(settings), X, Y)


def _order(settings: Settings, kind: str) -> tuple[Quantity, ...]:
    """The instructive quantities of a kind; the best first, the others shuffled."""
    step = recorded_step(settings)
    if kind == MEAN:
        found = interesting_means(settings.config, current_params(settings), *batch_of(settings))
    else:
        found = tuple(each for name in KINDS[kind] for each in interesting(step, name))
    # random() of the standard library gives the same numbers in every version; shuffle() need not.
    random = Random(kind)
    return (*found[:1], *sorted(found[1:], key=lambda _: random.random()))


def _choices(settings: Settings) -> tuple[Choice, ...]:
    return choices_of(recorded_step(settings))
