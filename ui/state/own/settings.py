"""What a pasted text states of the settings, such as `activation = sigmoid`, as parameters of a link."""

import re
from collections.abc import Callable, Mapping, Sequence

from backprop.network import BIASES
from backprop.primitives import activation_rule, cost_rule, hidden_activations, output_options, scale_options
from ui.names.arrays import Pasted
from ui.names.numbers import exact
from ui.names.statements import NotRead, Problem, Statement
from ui.state.own import words
from ui.state.own.network import HIGHEST_RATE, LINES, MAX_HIDDEN_LAYERS, MAX_UNITS

SOFTMAX, CROSS_ENTROPY = "softmax", "cross-entropy"

_KEYS = {
    "act": "act|activation|activations|hiddenactivation|hiddenactivations|activationfunction",
    "out": "out|output|outputactivation|lastactivation",
    "err": "err|error|e|cost|c|loss|l|j|errorfunction|costfunction|lossfunction|squarederror",
    "bias": "b|bias|biases",
    "hidden": "hidden|hiddenlayers|hiddenunits|hiddensizes",
    "lr": "lr|eta|η|learningrate|rate|stepsize|alpha|α",
}
KEY = {spelling: key for key, spellings in _KEYS.items() for spelling in spellings.split("|")}
"""The key in a link, by what people call it, without blanks and the like."""

_ALIKE = {
    "logistic": "sigmoid",
    "sigm": "sigmoid",
    "σ": "sigmoid",
    "linear": "identity",
    "id": "identity",
    "none": "identity",
    "hyperbolictangent": "tanh",
    "rectifier": "relu",
}
_ERRORS = {
    "half": "half|½|squarederror|halfsquarederror|se",
    "sum": "sum|sse|sumsquarederror|sumofsquares|sumofsquarederrors",
    "mean": "mean|mse|meansquarederror",
    CROSS_ENTROPY: "crossentropy|ce|bce|binarycrossentropy|logloss|nll",
}
_ERROR = {spelling: error for error, spellings in _ERRORS.items() for spelling in spellings.split("|")}
_BIAS = {"no": "none", "learned": "learned", "learnt": "learned", "trained": "learned", "constant": "fixed"}


def plain(text: str) -> str:
    """Without blanks, hyphens and the like, in small letters."""
    return re.sub(r"[\W_]", "", text).lower() if text.strip() != "½" else "½"


def key_of(statement: Statement) -> str:
    """The setting that a statement is about, if it is one; "" otherwise.

    `bias`, `error` and `output` with numbers are arrays, and `outputs = yes, no` are names.
    """
    key = KEY.get(plain(statement.name), "")
    if key in ("lr", "hidden") or (key and _has_words(statement)):
        return key
    names = [_activation(word) for word in statement.words] if plain(statement.name) == "outputs" else []
    return "out" if names and all(name in (*_activations(), *output_options()) for name in names) else ""


def _has_words(statement: Statement) -> bool:
    return statement.is_words or plain(statement.text) in ("½", "none", "null")


def read_settings(pasted: Pasted, stated: Mapping[str, Statement], depth: int) -> dict[str, str]:
    """All settings as parameters of a link.

    Args:
        pasted: the text.
        stated: statement by key.
        depth: number of layers that have weights; 0 if the weights are not given.

    Raises:
        NotRead: what is wrong, with its lines.
    """
    readers: Mapping[str, Callable[[Statement], str]] = {
        "bias": _bias,
        "hidden": _hidden,
        "lr": lambda statement: _rate(pasted, statement),
    }
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for key, statement in stated.items():
        if key in readers:
            try:
                found[key] = readers[key](statement)
            except NotRead as error:
                problems += error.problems
    if depth == 0 and "hidden" in found:
        depth = 1 + (0 if found["hidden"] == "none" else found["hidden"].count("-") + 1)
    try:
        found |= _functions(stated, depth)
    except NotRead as error:
        problems += error.problems
    if problems:
        raise NotRead(*problems)
    return {key: found[key] for key in LINES if key in found}


# --- one by one --------------------------------------------------------------------------------------


def _rate(pasted: Pasted, statement: Statement) -> str:
    array = pasted.array(statement, is_number=True)
    value = array.rows[0][0].value
    if array.shape != (1, 1) or not 0 <= value <= HIGHEST_RATE:
        raise NotRead(Problem(statement.line, words.rate(HIGHEST_RATE, statement.text)))
    return exact(value).removesuffix(".0")


def _hidden(statement: Statement) -> str:
    if plain(statement.text) in ("none", "0", "no", "null"):
        return "none"
    parts = [part for part in re.split(r"[^\w.]+", statement.text) if part]
    sizes = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 3]
    if not 0 < len(sizes) == len(parts) <= MAX_HIDDEN_LAYERS or not all(
        0 < size <= MAX_UNITS for size in sizes
    ):
        raise NotRead(Problem(statement.line, words.hidden(MAX_HIDDEN_LAYERS, MAX_UNITS, statement.text)))
    return "-".join(map(str, sizes))


def _bias(statement: Statement) -> str:
    text = plain(statement.text)
    if _BIAS.get(text, text) not in BIASES:
        raise NotRead(Problem(statement.line, words.one_of(BIASES, statement.text)))
    return _BIAS.get(text, text)


def _functions(stated: Mapping[str, Statement], depth: int) -> dict[str, str]:
    """Activations and error, which belong together: a sigmoid output has an option for each error."""
    problems: list[Problem] = []
    hidden = _named(stated.get("act"), _activations(), problems)
    output = _named(stated.get("out"), tuple(dict.fromkeys((*_activations(), *output_options()))), problems)
    error = _error_of(stated.get("err"), problems)
    if len(output) > 1:
        problems.append(Problem(stated["out"].line, words.one_output(stated["out"].text)))
    if problems:
        raise NotRead(*problems)
    last = output[0] if output else ""
    if not last and (0 < len(hidden) == depth or (len(hidden) > 1 and hidden[-1] == SOFTMAX)):
        # one for each layer, the last one, too
        *hidden, last = hidden
    if depth and len(hidden) > 1 and len(hidden) != depth - 1:
        raise NotRead(Problem(stated["act"].line, words.as_many_activations(depth - 1, len(hidden))))
    if len(hidden) > MAX_HIDDEN_LAYERS:
        raise NotRead(Problem(stated["act"].line, words.as_many_activations(MAX_HIDDEN_LAYERS, len(hidden))))
    if SOFTMAX in hidden:
        raise NotRead(Problem(stated["act"].line, words.one_of(hidden_activations(), SOFTMAX)))
    found = {}
    if hidden and depth != 1:
        found["act"] = "-".join(hidden if len(set(hidden)) > 1 else hidden[:1])
    if last or error:
        found |= _output(last, error, stated)
    return found


def _named(statement: Statement | None, names: Sequence[str], problems: list[Problem]) -> list[str]:
    """The activations of a statement: a list of them, or an option such as sigmoid-squared."""
    if statement is None:
        return []
    found = []
    for word in statement.words:
        parts = [word] if _activation(word) in names else re.split(r"[\s/+-]+", word)
        found += [_activation(part) for part in parts if part]
    wrong = next((name for name in found if name not in names), None)
    if wrong is not None or not found:
        problems.append(Problem(statement.line, words.one_of(names, statement.text)))
    return found


def _activation(word: str) -> str:
    options = {plain(option): option for option in output_options()}
    return options.get(plain(word)) or _ALIKE.get(plain(word), plain(word))


def _activations() -> tuple[str, ...]:
    return (*hidden_activations(), SOFTMAX)


def _error_of(statement: Statement | None, problems: list[Problem]) -> str:
    if statement is None:
        return ""
    error = _ERROR.get(plain(statement.text), "")
    if not error or error not in (*scale_options(), CROSS_ENTROPY):
        problems.append(
            Problem(statement.line, words.one_of((*scale_options(), CROSS_ENTROPY), statement.text))
        )
    return error


def _output(last: str, error: str, stated: Mapping[str, Statement]) -> dict[str, str]:
    """Option of the output and scale of a squared error."""
    options = output_options()
    if not last:
        return {} if error == CROSS_ENTROPY else {"err": error}
    activation = options[last][0] if last in options else last
    if error:
        squared = error != CROSS_ENTROPY
        fitting = [
            option
            for option, (name, cost) in options.items()
            if name == activation and (not cost_rule(cost).is_bounded) == squared
        ]
        if not fitting:
            line = stated["err"].line
            raise NotRead(Problem(line, words.no_such_pair(activation, error, CROSS_ENTROPY)))
        last = fitting[0]
    if last not in options:
        line = (stated.get("out") or stated["act"]).line
        raise NotRead(Problem(line, words.one_of(tuple(options), last)))
    return {"out": last} | ({"err": error} if error and error != CROSS_ENTROPY else {})


def takes_targets_to_1(option: str) -> tuple[bool, bool]:
    """Whether targets are from 0 to 1, and whether they add up to 1, of an option of the output."""
    activation, cost = output_options()[option]
    return cost_rule(cost).is_bounded, activation_rule(activation).dense[0]
