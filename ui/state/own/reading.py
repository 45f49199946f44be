"""Pasted text to a checked network."""

import re
import unicodedata
from dataclasses import dataclass, field
from math import isclose

from ui.names.arrays import Array, Pasted, read_pasted
from ui.names.numbers import apart
from ui.names.spelled import Spelled, spelled
from ui.names.statements import NotRead, Problem, Statement
from ui.state.edits import LARGEST
from ui.state.own import words
from ui.state.own.exported import as_lines
from ui.state.own.fitting import Given, fit
from ui.state.own.network import MAX_HIDDEN_LAYERS, MAX_NAME, MAX_UNITS, OwnNetwork
from ui.state.own.settings import key_of, plain, read_settings, takes_targets_to_1

_NAME = re.compile(r"[^\W\d_][\w .()+/°-]*")
_COMPUTED = ("z", "a", "C")
"""What the app computes itself, and a file of its arrays has as well."""


@dataclass(slots=True)
class _Sheet:
    """What a text gives, by what it is."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settings: dict[str, Statement] = field(default_factory=dict)
    arrays: dict[str, Array | None] = field(default_factory=dict)
    entries: dict[str, dict[tuple[int, ...], Array | None]] = field(default_factory=dict)
    lists: dict[str, list[Statement]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def read_network(text: str, is_transposed: bool = False) -> OwnNetwork:
    """The network of lines such as `W1 = [[0.15, 0.20], [0.25, 0.30]]`; see `ui.names.pasted` for spellings.

    Args:
        text: has x (or X, a row for each observation) and y, and perhaps W1, b1, W2, …, names such as
            `inputs = area, age`, and settings such as `activation = sigmoid`.
        is_transposed: whether weights are given as (in, out), and not with a row for every unit.

    Raises:
        ValueError: every problem on a line of its own, with its line number and what was expected.
    """
    pasted = read_pasted(as_lines(text))
    sheet, problems = _Sheet(), list(pasted.problems)
    if single := [each for each in pasted.statements if _is_single_weight(pasted, each)]:
        raise NotRead(Problem(single[0].line, words.single_weights([each.name for each in single])))
    for statement in pasted.statements:
        try:
            _sort(sheet, pasted, statement)
        except NotRead as error:
            problems += error.problems
    problems += _read_lists(sheet, pasted)
    given = Given(_whole_arrays(sheet, problems), sheet.names, sheet.lines, is_transposed)
    fitted = fit(given, problems)
    settings: dict[str, str] = {}
    try:
        settings = read_settings(pasted, sheet.settings, given.depth)
        problems += _contradictions(sheet, given, settings)
    except NotRead as error:
        problems += error.problems
    if problems or not fitted:
        raise NotRead(*sorted(set(problems)))
    names = sheet.names.get("inputs", ()), sheet.names.get("outputs", ())
    network = OwnNetwork(*fitted, *names, settings)
    if problems := _wrong_targets(network, sheet.lines["y"]) + _other_sizes(
        network, sheet.lines.get("hidden", 0)
    ):
        raise NotRead(*problems)
    return network


# --- what a statement is -----------------------------------------------------------------------------


def _sort(sheet: _Sheet, pasted: Pasted, statement: Statement) -> None:
    """Put a statement where it belongs.

    Raises:
        NotRead: if it is not known, or cannot be read.
    """
    name = spelled(statement.name)
    if key := key_of(statement):
        _once(sheet, key, statement)
        sheet.settings[key] = statement
    elif (which := _named(statement)) and statement.is_words:
        _once(sheet, which, statement)
        sheet.names[which] = _read_names(statement)
    elif name is None or name.base == "eta" or not _is_of_a_network(name):
        raise NotRead(Problem(statement.line, words.unknown(statement.name, MAX_HIDDEN_LAYERS + 1)))
    elif name == Spelled(name.base) and name.base in ("W", "b") and (layers := pasted.layers(statement)):
        _once(sheet, str(name), statement)
        sheet.lists[name.base] = [statement, *layers]
    elif not (name.is_derivative or name.is_new or name.base in _COMPUTED):
        _once(sheet, str(name), statement)
        # None for now: what cannot be read is not missing.
        sheet.arrays.setdefault(name.array, None)
        if name.entry:
            entries = sheet.entries.setdefault(name.array, {})
            entries[name.entry] = None
            entries[name.entry] = _in_range(pasted.array(statement))
        else:
            sheet.arrays[name.array] = _in_range(pasted.array(statement))


def _is_single_weight(pasted: Pasted, statement: Statement) -> bool:
    """Whether this is w6 = 0.45 of a book that numbers its weights: there are not so many layers."""
    name = spelled(statement.name)
    if not statement.name.startswith("w") or name is None or name.entry or _is_of_a_network(name):
        return False  # a matrix has a capital letter
    try:
        return pasted.array(statement).ndim == 0
    except NotRead:
        return False


def _named(statement: Statement) -> str:
    """What a list of names would be the names of; "" under a name such as x."""
    name = plain(statement.name)
    return f"{name.removesuffix('s')}s" if name in ("input", "inputs", "output", "outputs") else ""


def _is_of_a_network(name: Spelled) -> bool:
    """Whether there can be such a layer."""
    if not name.layer:
        return name.base in ("x", "y", "W", "b", "C") or (name.base == "out" and name.is_derivative)
    return name.layer <= MAX_HIDDEN_LAYERS + 1


def _once(sheet: _Sheet, name: str, statement: Statement) -> None:
    if name in sheet.lines:
        raise NotRead(Problem(statement.line, words.twice(name, sheet.lines[name])))
    sheet.lines[name] = statement.line


def _in_range(array: Array) -> Array:
    wrong = [entry for entry in array.entries if abs(entry.value) > LARGEST]
    if wrong:
        raise NotRead(*(Problem(entry.line, words.out_of_range(LARGEST, entry.text)) for entry in wrong))
    return array


def _read_names(statement: Statement) -> tuple[str, ...]:
    """Names without what a page could take for markup: letters, digits, and a few signs."""
    problems = []
    names = [
        " ".join(unicodedata.normalize("NFC", name).replace("_", " ").split()) for name in statement.words
    ]
    for name in names:
        if not _NAME.fullmatch(name) or len(name) > MAX_NAME:
            problems.append(Problem(statement.line, words.wrong_name(MAX_NAME, name)))
    if len(set(names)) < len(names):
        problems.append(
            Problem(statement.line, words.same_name(next(n for n in names if names.count(n) > 1)))
        )
    if problems:
        raise NotRead(*problems)
    return tuple(names)


# --- what belongs together ---------------------------------------------------------------------------


def _read_lists(sheet: _Sheet, pasted: Pasted) -> list[Problem]:
    """Take lists of weights and of biases apart: [[[0.15, 0.20]], [[0.40]]] is W1 and W2."""
    problems: list[Problem] = []
    is_of_layers = any(
        token.text == "[" for layer in sheet.lists.get("W", [])[1:] for token in layer.tokens[1:]
    )
    for base, (whole, *layers) in sheet.lists.items():
        parts = [(f"{base}{number}", layer) for number, layer in enumerate(layers, start=1)]
        for name, statement in parts if is_of_layers else [(base, whole)]:
            sheet.lines[name] = statement.line
            sheet.arrays[name] = None
            try:
                sheet.arrays[name] = _in_range(pasted.array(statement))
            except NotRead as error:
                problems += error.problems
    return problems


def _whole_arrays(sheet: _Sheet, problems: list[Problem]) -> dict[str, Array | None]:
    """All arrays by name, those that are given entry by entry, too; None for what could not be read."""
    arrays = dict(sheet.arrays)
    for name, entries in sheet.entries.items():
        line = min(sheet.lines[other] for other in sheet.lines if other.startswith(f"{name}_"))
        sheet.lines.setdefault(name, line)
        if arrays[name] is not None:
            problems.append(Problem(line, words.whole_and_entries(name)))
            continue
        known = {place: array for place, array in entries.items() if array}
        if len(known) == len(entries):
            try:
                arrays[name] = _of_entries(name, line, known)
            except NotRead as error:
                problems += error.problems
    for letter in "Wb":  # of the only layer
        if letter in arrays:
            layers = [name for name in arrays if name[0] == "W" and name[1:]]
            if f"{letter}1" in arrays or len(layers) > 1 or layers not in ([], ["W1"]):
                problems.append(Problem(sheet.lines.get(letter, 0), words.which_layer(letter)))
                arrays[f"{letter}1"] = arrays.get(f"{letter}1")
            else:
                arrays[f"{letter}1"] = arrays[letter]
                sheet.lines[f"{letter}1"] = sheet.lines.get(letter, 0)
            del arrays[letter]
    return arrays


def _of_entries(name: str, line: int, entries: dict[tuple[int, ...], Array]) -> Array:
    """An array whose entries are given one by one, as in x1 = 0.05, x2 = 0.10, or each by a column."""
    rows, columns = (max(index[axis] for index in entries) for axis in (0, -1))
    if max(rows, columns) > MAX_UNITS:
        raise NotRead(Problem(line, words.too_many_entries(name, MAX_UNITS)))
    is_matrix = name[0] == "W"
    places = [
        (i, j) if is_matrix else (i,)
        for i in range(1, rows + 1)
        for j in range(1, columns + 1 if is_matrix else 2)
    ]
    if missing := [place for place in places if place not in entries]:
        raise NotRead(Problem(line, words.entry_missing(name, missing[0])))
    found = [entries[place] for place in places]
    count = found[0].shape[0]
    for array in found:
        if array.shape != (count if name in ("x", "y") else 1, 1):
            raise NotRead(Problem(array.line, words.one_number(array.name)))
    if is_matrix:
        numbers = [array.rows[0][0] for array in found]
        return Array(
            name, line, tuple(tuple(numbers[i : i + columns]) for i in range(0, len(numbers), columns)), 2
        )
    observations = tuple(tuple(array.rows[row][0] for array in found) for row in range(count))
    return Array(name.upper() if count > 1 else name, line, observations, 2 if count > 1 else 1)


def _contradictions(sheet: _Sheet, given: Given, settings: dict[str, str]) -> list[Problem]:
    """What is stated of biases must be so; those that are not given beside weights are none."""
    bias, line = settings.get("bias"), sheet.lines.get("bias", 0)
    if given.has_biases and bias == "none":
        return [Problem(line, words.BIASES_GIVEN)]
    if given.depth and not given.has_biases:
        if bias in ("learned", "fixed"):
            return [Problem(line, words.biases_not_given(bias))]
        settings["bias"] = "none"
    return []


def _other_sizes(network: OwnNetwork, line: int) -> list[Problem]:
    hidden, stated = network.hidden, network.settings.get("hidden")
    if hidden is None or stated is None or stated == ("-".join(map(str, hidden)) or "none"):
        return []
    return [Problem(line, words.other_sizes(stated, hidden))]


def _wrong_targets(network: OwnNetwork, line: int) -> list[Problem]:
    """What is wrong with the targets for the output that is stated."""
    option = network.settings.get("out")
    if option is None:
        return []
    is_bounded, is_dense = takes_targets_to_1(option)
    if is_bounded and (network.Y.min() < 0 or network.Y.max() > 1):
        return [Problem(line, words.targets_to_1(option))]
    for total in network.Y.sum(axis=1).tolist() if is_dense else ():
        if not isclose(total, 1.0, abs_tol=1e-6):
            return [Problem(line, words.targets_add_up(option, apart(total, 1.0)[0]))]
    return []
