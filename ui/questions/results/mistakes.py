"""The mistakes that a code holds: those its owner made most. No Streamlit."""

from collections import Counter
from collections.abc import Iterable, Sequence

CODED = (
    *("one_path", "missing_path", "paths_averaged", "one_observation", "softmax_diagonal"),
    *("slope_forgotten", "wrong_slope", "target_forgotten", "factor_forgotten", "other_logarithm"),
    *("transposed", "transposed_step", "wrong_sign", "new_weights", "rate_forgotten", "step_alone"),
    *("gradient_alone", "mean_forgotten", "z_for_a_below", "z_for_a", "other_activation", "a_for_z"),
    *("bias_forgotten", "not_normalised", "upstream_forgotten", "input_forgotten", "weight_for_input"),
    *("weights_forgotten", "activation_for_weight", "added", "factor_alone", "paths_multiplied"),
)
"""All by their number in codes and links, from 1; new ones go to the end. A wrong option has no name."""

MOST = 2
PLACES = 64
"""For a mistake: 0 is none."""


def pack(mistakes: Sequence[str]) -> int:
    """Up to MOST mistakes as a number below PLACES to the power of MOST.

    Raises:
        ValueError: if they are too many, or others.
    """
    if len(mistakes) > MOST or len(set(mistakes)) < len(mistakes) or not set(mistakes) <= set(CODED):
        raise ValueError(f"mistakes: expected up to {MOST} names of mistakes, got {mistakes!r}")
    number = 0
    for place in range(MOST):
        number = number * PLACES + (CODED.index(mistakes[place]) + 1 if place < len(mistakes) else 0)
    return number


def is_packed(number: int) -> bool:
    """Whether it holds only mistakes that there are."""
    return number < PLACES**MOST and max(divmod(number, PLACES)) <= len(CODED)


def unpack(number: int) -> tuple[str, ...]:
    """The mistakes again, of a number that is one of them."""
    return tuple(CODED[place - 1] for place in divmod(number, PLACES) if place)


def made_most(names: Iterable[str]) -> tuple[str, ...]:
    """Of all mistakes, in the order in which they were made; of as many the one made first."""
    return tuple(name for name, _ in Counter(names).most_common(MOST))


def write_made(names: Iterable[str]) -> str:
    """Mistakes as a link has them: two digits each."""
    return "".join(f"{CODED.index(name) + 1:02}" for name in names)


def read_made(text: str) -> list[str]:
    """The names again; numbers that none has are left out."""
    numbers = (int(text[at : at + 2]) for at in range(0, len(text), 2))
    return [CODED[number - 1] for number in numbers if 1 <= number <= len(CODED)]
