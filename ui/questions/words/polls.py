"""What answers of a class are called, and what a question needs to be understood by itself."""

import re
from collections.abc import Sequence

from backprop import MLPConfig
from ui.names.numbers import as_typed, short, signed
from ui.questions.words.wording import network

NEARLY = "nearly: too few digits"
OTHER = "other"
OR = "Or:"
NOT_OFFERED = "Choose one of the answers."
MOST_IN_A_NAME = 36
"""Letters: what is longer is not read from the back row."""

NAMES = {
    "activation_for_weight": "activation in place of the weight",
    "a_for_z": "a in place of z",
    "added": "factors added, not multiplied",
    "bias_forgotten": "without the bias",
    "factor_alone": "one factor alone",
    "factor_forgotten": "wrong factor of the cost",
    "gradient_alone": "the gradient alone",
    "input_forgotten": "without the input",
    "mean_forgotten": "the sum, not the mean",
    "missing_path": "one path left out",
    "new_weights": "back through the new weights",
    "not_normalised": "not divided by the sum",
    "one_observation": "one observation alone",
    "one_path": "one path alone",
    "other_activation": "another activation",
    "other_logarithm": "another logarithm",
    "paths_averaged": "the mean of the paths",
    "paths_multiplied": "paths multiplied, not added",
    "rate_forgotten": "without η",
    "slope_forgotten": "without the activation's slope",
    "softmax_diagonal": "only the diagonal of softmax",
    "step_alone": "the step alone",
    "target_forgotten": "without the target",
    "transposed": "row and column swapped",
    "transposed_step": "row and column swapped in the step",
    "upstream_forgotten": "without the upstream derivative",
    "weight_for_input": "weight in place of the input",
    "weights_forgotten": "without the weights",
    "wrong_sign": "wrong sign",
    "wrong_slope": "another slope of the activation",
    "z_for_a": "z in place of a",
    "z_for_a_below": "z in place of a, one layer below",
}
"""Of each mistake, as a bar has it; the sentence says more."""

_OBSERVATION = re.compile(r"That is (.+ alone)\.")
_PATHS = re.compile(r"path ((?:[①-⑩]|\(\d+\))(?:(?:, | or )(?:[①-⑩]|\(\d+\)))*)")


def name_of(mistake: str, sentence: str) -> str:
    """A mistake in a few words; of paths with their marks, where there is room."""
    marks = _PATHS.search(sentence)
    if mistake in ("one_path", "missing_path") and marks and len(marks[1]) < MOST_IN_A_NAME // 2:
        return f"path {marks[1]} alone" if mistake == "one_path" else f"without path {marks[1]}"
    observation = _OBSERVATION.match(sentence)
    if mistake == "one_observation" and observation and len(observation[1]) < MOST_IN_A_NAME:
        return observation[1]
    return NAMES[mistake]


def names(value: float, mistakes: Sequence[str]) -> str:
    """A wrong number with what leads to it."""
    joined = " or ".join(dict.fromkeys(mistakes))
    return f"{short(value)}: {joined if len(joined) <= MOST_IN_A_NAME else mistakes[0]}"


OF_TWO_VARIABLES = "f depends on u = (x, y); x and y depend on t."
OF_A_SUM = "aⱼ is an activation of a hidden layer, wₖⱼ the weight from it to unit k of the next layer."


def of_a_network(config: MLPConfig) -> str:
    return f"The network: {network(config)}."


def of_a_promise(rate: float, squared: float, promised: float) -> str:
    return f"All weights step at once, with η = {as_typed(rate)}. The sum of all squared derivatives is {short(squared)}: the gradient promises a change of C by −η · {short(squared)} = {signed(promised)}."


def of_numbers(given: Sequence[tuple[str, str]]) -> str:
    return f"{', '.join(f'{name} = {shown}' for name, shown in given)}."
