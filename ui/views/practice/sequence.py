"""The mixed sequence: kinds in turn, missed ones again, the last question on another network.

It follows from the settings and from what became of the questions before, one mark each, so that a link with
the marks is the place in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backprop.primitives import activation_rule, hidden_activations
from ui.questions.catalogue import MEAN, RULE, count_of, kinds_of, terms_at
from ui.questions.results.practice import APART
from ui.state.cache import kept
from ui.state.marks import MISSED
from ui.state.parameters import PARAMETERS, UNTRAINED
from ui.state.parsing import MOST_IN_SEQUENCE
from ui.state.settings import Settings

ORDER = ("sum", "forward", RULE, "slope", "gradient", "path", "update", MEAN)
"""Kinds in their first turn."""

OTHER_HIDDEN = ((4,), (6,), (3,))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a sequence.

    Attributes:
        settings: those it is asked of.
        kind: a key of KINDS.
        number: of the question, from 1.
        is_again: whether it is asked since one of its kind was missed.
    """

    settings: Settings
    kind: str
    number: int
    is_again: bool = False


def length_of(settings: Settings) -> int:
    """How many questions there are: fewer where this view has fewer."""
    return min(MOST_IN_SEQUENCE, 1 + sum(count_of(settings, kind) for kind in kinds_of(settings)))


def sequence(settings: Settings, marks: str) -> tuple[Asked, ...]:
    """The questions with these marks, and the next one, if there is one."""
    found: list[Asked] = []
    owed: list[str] = []
    length = kept(length_of, settings)
    for place in range(min(len(marks) + 1, length)):
        if place >= APART and marks[place - APART] == MISSED and not found[place - APART].is_again:
            owed.append(found[place - APART].kind)
        found.append(_last(settings, owed) if place == length - 1 else _next(settings, found, owed))
    return tuple(found)


def chosen_set(settings: Settings, questions: Sequence[tuple[str, int]]) -> tuple[Asked, ...]:
    """Those of a lecturer's questions that this view has, in their order."""
    offered = kept(kinds_of, settings)
    return tuple(
        Asked(settings, kind, number)
        for kind, number in questions
        if kind in offered and number <= count_of(settings, kind)
    )


def other_network(settings: Settings) -> Settings:
    """Other sizes and another activation for the same observation, with the weights of the seed."""
    taken = {settings.hidden, settings.given.hidden if settings.given else ()}
    hidden = next(each for each in OTHER_HIDDEN if each not in taken)
    curved = (name for name in hidden_activations() if not activation_rule(name).linear)
    activation = next(name for name in curved if name != settings.activation)
    plain = {"taken": 0, "edit": PARAMETERS["edit"].default, "epoch": UNTRAINED}
    return replace(settings, hidden=hidden, activation=activation, **plain)


def _next(settings: Settings, before: Sequence[Asked], owed: list[str]) -> Asked:
    """One of a missed kind, if it is its turn; else of the kind that was asked least, and not just now."""
    counts = {kind: sum(each.kind == kind for each in before) for kind in kept(kinds_of, settings)}
    left = [kind for kind in counts if counts[kind] < count_of(settings, kind)]
    again = next((kind for kind in owed if kind in left), None)
    if again:
        owed.remove(again)
    just_now = before[-1].kind if before else ""
    kind = again or min(left, key=lambda kind: (kind == just_now, counts[kind], ORDER.index(kind)))
    return Asked(settings, kind, kept(_numbers, settings, kind)[counts[kind]], again is not None)


def _last(settings: Settings, owed: Sequence[str]) -> Asked:
    """The same on a network that was not seen before, of which other numbers make another question."""
    other = other_network(settings)
    numeric = [kind for kind in (*owed, *ORDER) if kind != RULE]
    offered = kept(kinds_of, other)
    kind = next((kind for kind in numeric if kind in offered), RULE)
    return Asked(other, kind, kept(_numbers, other, kind)[0], kind in owed)


def _numbers(settings: Settings, kind: str) -> tuple[int, ...]:
    """The numbers of a kind; sums of hidden units whose terms are all there and of both signs first.

    Where all terms but one are 0, who takes one path is right by chance.
    """

    def is_poor(number: int) -> tuple[bool, bool, bool]:
        quantity, found = terms_at(settings, kind, number)
        terms = [term.product for term in found]
        return 0 in terms, quantity.layer == settings.config.depth, not min(terms) < 0 < max(terms)

    numbers = range(1, count_of(settings, kind) + 1)
    return tuple(sorted(numbers, key=is_poor)) if kind == "sum" else tuple(numbers)
