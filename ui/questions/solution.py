"""A pasted solution: which quantities its lines name, and what can be checked of them.

Names are those of `ui.names.spelled`, and what only a solution has: derivatives of one array by another, and
entries in square brackets, which are counted from 0 as soon as one of them is 0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from backprop import MLPConfig, TrainingStep
from backprop.arrays import FloatArray
from backprop.practice import Answer, Quantity, delta_kind, quantities_of, slope_kind
from ui.names.arrays import Array, Entry, read_pasted
from ui.names.spelled import Spelled, spelled
from ui.names.statements import NotRead
from ui.questions.words import solution as words

_OUTPUT = re.compile(r"ŷ|y_?hat|y_?pred(?:icted)?|prediction|a_?out(?:put)?", re.IGNORECASE)
_STEP = re.compile(r"(?:Δ|Delta_?|step[ _](?:of[ _])?)(?=W)")
_OF_TWO = re.compile(r"[∂d] ?(?P<output>[^/]+?) ?/ ?[∂d] ?(?P<wrt>[^/]+)")
_IN_BRACKETS = re.compile(
    r"(?P<name>[^\[\]]*[\d⁰¹²³⁴⁵⁶⁷⁸⁹][^\[\]]*)\[ *(?P<row>\d+) *(?:(?:,|\] *\[) *(?P<column>\d+) *)?\]"
)
_OF_A_UNIT = re.compile(r"(net|out|delta|δ)_?\{?([ho])_?(\d+)\}?")
"""Names of Mazur's example and those that follow it: net_h1, out_o2."""
_ROUNDED_TO_0 = re.compile(r"[-+]?0*[.,](00+)")
_NEW = re.compile(r"(?P<new>(?:[ _.]?\(?(?:new|after|updated)\)?|\^?\{?\+\}?))$", re.IGNORECASE)

GIVEN, OTHER = "given", "other"
"""What of the lines is no answer: a number of the network itself, as it is or another one."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one statement of the text is.

    Attributes:
        number: of its line, from 1.
        kind, layer: of the quantities; kind is GIVEN or OTHER where there is nothing to check, "" where the
            line cannot be read.
        name: as the reader spelled it.
        answers: its numbers.
        note: what is to say about it, "" for nothing.
        is_whole: whether it names an array and not an entry.
    """

    number: int
    name: str
    kind: str = ""
    layer: int = 0
    answers: tuple[Answer, ...] = ()
    note: str = ""
    is_whole: bool = True


def read_solution(step: TrainingStep, text: str) -> tuple[Line, ...]:
    """Every statement of a text, in its order, and every line that is none.

    Raises:
        ValueError: if it is empty, or longer than anything that could be meant.
    """
    pasted = read_pasted(text)
    is_from_0 = any(
        "0" in (found["row"], found["column"])
        for statement in pasted.statements
        if (found := _IN_BRACKETS.fullmatch(_NEW.sub("", statement.name)))
    )
    lines = [Line(problem.line, "", note=problem.said) for problem in pasted.problems]
    for statement in pasted.statements:
        try:
            array = pasted.array(statement, can_miss=True)
            lines += _lines_of(step, array, is_from_0)
        except NotRead as error:
            lines += [Line(problem.line, statement.name, note=problem.said) for problem in error.problems]
    return tuple(sorted(lines, key=lambda line: line.number))


def _lines_of(step: TrainingStep, array: Array, is_from_0: bool) -> Iterator[Line]:
    """The line of one statement; none where all its numbers are left out."""
    if all(entry.typed is None for entry in array.entries):
        return
    line = Line(array.line, array.name)
    named = _named(step.config, array.name, is_from_0)
    if isinstance(named, str):
        yield replace(line, note=named)
        return
    kind, layer, index = named
    if kind in _PLAIN:
        if _is_given(step, kind, layer, index, array):
            yield replace(line, kind=GIVEN, layer=layer, note=words.AS_GIVEN)
            return
        if kind not in _UPDATED:
            yield replace(line, kind=OTHER, layer=layer, note=words.other_number(array.name))
            return
        kind = _UPDATED[kind]  # of which a solution gives the new ones
    shape = quantities_of(step.config).get((kind, layer))
    if shape is None:
        yield replace(line, note=words.not_there(step.config, kind, layer))
        return
    placed = _placed(shape, index, array)
    if isinstance(placed, str):
        yield replace(line, note=placed)
        return
    entries, note = placed
    answers = tuple(_answer(Quantity(kind, layer, place), entry) for place, entry in entries if entry.typed)
    yield replace(
        line, kind=kind, layer=layer, answers=answers, note=note, is_whole=not index and bool(shape)
    )


def _answer(quantity: Quantity, entry: Entry) -> Answer:
    """A number with its digits; 0.000 has been rounded, where 0 and 0.0 are none at all."""
    assert entry.typed
    value, digits, unit = entry.typed.value, entry.typed.digits, entry.typed.unit
    if rounded := _ROUNDED_TO_0.fullmatch(entry.text.strip()):
        digits, unit = 1, 10.0 ** -len(rounded[1])
    return Answer(quantity, value, digits, unit)


_PLAIN = ("W", "b", "x", "y", "eta")
_UPDATED = {"W": "new_weight", "b": "new_bias"}


def _named(config: MLPConfig, name: str, is_from_0: bool) -> tuple[str, int, tuple[int, ...]] | str:
    """Kind, layer and 0-based entry that a name means; else what is wrong with it."""
    plain = _OF_A_UNIT.sub(lambda found: _unit(config, *found.groups()), name.strip())
    index: tuple[int, ...] = ()
    new = _NEW.search(plain)
    bare = plain[: new.start()] if new else plain
    if found := _IN_BRACKETS.fullmatch(bare):
        index = tuple(int(place) - (not is_from_0) for place in (found["row"], found["column"]) if place)
        plain = found["name"] + (new["new"] if new else "")
    if _OUTPUT.fullmatch(plain):
        return "activation", config.depth, index
    if found := _STEP.match(plain):
        known = spelled(plain[found.end() :])
        return ("weight_step", *_place(config, known, index)) if known else words.unknown(name)
    if (found := _OF_TWO.fullmatch(plain)) and (wrt := spelled(found["wrt"])):
        output = spelled(found["output"])
        if output and output.base != "C":
            return _of_two(config, output, wrt, index) or words.not_checked(name)
    known = spelled(plain)
    if known is None:
        return words.unknown(name)
    layer, index = _place(config, known, index)
    if not layer and known.base in "Wbza":
        return words.no_layer(name)
    if known.is_derivative:
        if known.is_new or known.base not in "Wbza":
            return words.not_checked(name)
        kinds = {"W": "weight_gradient", "b": "bias_gradient"}
        if known.base == "z":
            return delta_kind(config, min(layer, config.depth)), layer, index
        return kinds.get(known.base) or slope_kind(config, layer), layer, index
    if known.is_new:
        new_kinds = {"W": "new_weight", "b": "new_bias"}
        return (new_kinds[known.base], layer, index) if known.base in new_kinds else words.not_checked(name)
    kinds = {"z": "pre_activation", "a": "activation", "C": "cost"}
    return kinds.get(known.base, known.base), config.depth if known.base == "C" else layer, index


def _unit(config: MLPConfig, what: str, layer: str, unit: str) -> str:
    """A hidden unit, or an output, as this app calls it."""
    letter = {"net": "z", "out": "a"}.get(what, what)
    return f"{letter}{config.depth if layer == 'o' else 1}_{unit}"


def _place(config: MLPConfig, known: Spelled, index: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Layer and 0-based entry; a network of one layer need not name it."""
    layer = known.layer or (1 if config.depth == 1 and known.base in "Wbza" else 0)
    return layer, index or tuple(place - 1 for place in known.entry)


def _of_two(
    config: MLPConfig, output: Spelled, wrt: Spelled, index: tuple[int, ...]
) -> tuple[str, int, tuple[int, ...]] | None:
    """∂a/∂z of a layer, or ∂z/∂a of the next one."""
    layer = wrt.layer
    index = index or tuple(place - 1 for place in (*output.entry, *wrt.entry))
    if (output.base, wrt.base, output.layer) == ("a", "z", layer):
        if 1 <= layer <= config.depth and config.is_dense(layer):
            return "jacobian", layer, index
        return "slope", layer, index[:1]
    if (output.base, wrt.base, output.layer) == ("z", "a", layer + 1):
        return "jacobian", layer, index
    return None


def _is_given(step: TrainingStep, base: str, layer: int, index: tuple[int, ...], array: Array) -> bool:
    """Whether a number of the network itself is as it is there, as far as it is written out."""
    if base == "eta":
        known: FloatArray = np.array(step.updates[0].learning_rate)
    else:
        name = f"{base}{layer or ''}"
        found = {variable.name: variable.value for variable in step.tape.variables}.get(name)
        if found is None:
            return False
        known = found
    if index:
        fits = len(index) == known.ndim and all(0 <= i < n for i, n in zip(index, known.shape, strict=True))
        known = known[index] if fits else np.array(np.nan)
    placed = _placed(np.shape(known), (), array)
    if isinstance(placed, str):
        return False
    return all(
        abs(entry.value - known[place]) <= max(entry.typed.unit / 2 * (1 + 1e-9), 1e-9 * abs(known[place]))
        for place, entry in placed[0]
        if entry.typed is not None
    )


def _placed(
    shape: tuple[int, ...], index: tuple[int, ...], array: Array
) -> tuple[list[tuple[tuple[int, ...], Entry]], str] | str:
    """Each entry with its place in an array of this shape, and a note; else what does not fit."""
    rows, columns = array.shape
    if index:
        fits = len(index) == len(shape) and all(0 <= i < n for i, n in zip(index, shape, strict=True))
        if not fits:
            return words.no_such_entry(shape)
        return ([(index, array.rows[0][0])], "") if array.shape == (1, 1) else words.one_number(array.shape)
    size = int(np.prod(shape))
    turned: list[tuple[tuple[int, ...], Entry]]
    if len(shape) < 2 and size == rows * columns and 1 in (rows, columns):
        return [((place,) * len(shape), entry) for place, entry in enumerate(array.entries)], ""
    if len(shape) == 1 and array.shape == (*shape, *shape):  # a diagonal matrix for its diagonal
        if all(entry.value == 0 for i, row in enumerate(array.rows) for j, entry in enumerate(row) if i != j):
            return [((place,), array.rows[place][place]) for place in range(size)], ""
        return words.not_diagonal(shape)
    if len(shape) == 2 and array.shape == shape:
        placed = [((i, j), entry) for i, row in enumerate(array.rows) for j, entry in enumerate(row)]
        return [*placed], ""
    if len(shape) == 2 and array.shape == shape[::-1]:
        turned = [((j, i), entry) for i, row in enumerate(array.rows) for j, entry in enumerate(row)]
        return turned, words.turned(shape, array.shape) if 1 not in shape else ""
    return words.wrong_shape(shape, array.shape)
