"""What people call the arrays of a network: W1, W^1, W[1], w¹, weights 1 are one, so are ∂C/∂W¹ and dW1."""

import re
from dataclasses import dataclass

MOST_CHARACTERS = 60

_ALIKE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁽⁾₍₎⁺−–Δθ", "01234567890123456789()()+--δW")
_RAISED, _LOWERED = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)"), re.compile("([₀₁₂₃₄₅₆₇₈₉]+(?:,[₀₁₂₃₄₅₆₇₈₉]+)?)")
_BASES = {
    "W": "w|weight|weights|kernel|theta",
    "b": "b|bias|biases",
    "x": "x|input|inputs|feature|features|i",
    "y": "y|t|target|targets|label|labels|expected|desired",
    "out": "output|outputs|prediction|predictions|yhat|ŷ",
    "z": "z|net|preactivation|pre_activation",
    "a": "a|h|act|activation|activations|hidden",
    "C": "c|cost|loss|e|e_total|error|j|l",
    "eta": "eta|η|lr|learning_rate|rate|step_size|alpha|α",
}
_BASE = {spelling: base for base, spellings in _BASES.items() for spelling in spellings.split("|")}
_LETTERS = re.compile(r"(?:learning[ _]rate|step[ _]size|pre_activation|e_total|[^\W\d_]+)", re.IGNORECASE)
_NEW_BEFORE = re.compile(r"(?:new|updated|next)[ _]", re.IGNORECASE)
_NEW_AFTER = re.compile(r"(?:[ _.]?\(?(?:new|after|updated|next|plus)\)?|\^?\{?\+\}?)$", re.IGNORECASE)
_COST = r"(?:C|E|J|L|cost|loss|error)(?:_?total)?"
_DERIVATIVES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[∂d]_?{_COST}[ ]?[/_]?[ ]?[∂d]_?",
        r"(?:grad(?:ient)?(?:[ ]of)?[ _]?|∇_?)",
        r"[∂d]_?",
    )
]
_DERIVATIVE_AFTER = re.compile(r"[_.](?:grad|gradient)$")
_DELTA = re.compile(r"(?:δ|delta)(?=[\d\W_])", re.IGNORECASE)
_INDEX = re.compile(r"([ _^.\[({,]*)(\d{1,4})([ \])}]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name that was understood.

    Attributes:
        base: W, b, x, y, z, a, C or eta; out for the outputs, which are a of the last layer.
        layer: from 1; 0 where none is named, or none can be.
        entry: of one entry, counted from 1: (row, column) of a matrix, (row,) of a vector; () of the whole.
        is_derivative: whether it is ∂C/∂ of it.
        is_new: whether it is what it is after the update.
    """

    base: str
    layer: int = 0
    entry: tuple[int, ...] = ()
    is_derivative: bool = False
    is_new: bool = False

    @property
    def array(self) -> str:
        """As the tape calls it, such as W1, x, C."""
        return f"{self.base}{self.layer or ''}"

    def __str__(self) -> str:
        entry = f"_{'_'.join(map(str, self.entry))}" if self.entry else ""
        return f"{'d' if self.is_derivative else ''}{self.array}{entry}{' new' if self.is_new else ''}"


def spelled(name: str) -> Spelled | None:
    """The array, or the entry, that is called so; None if none is.

    The first number of W, b, z and a is the layer, further ones are the entry, as w¹₁₂ and w1_12 have it; a
    raised one is the layer wherever it stands: w_12^1. One number of x and y is the entry. In square brackets
    after the layer people count from 0 or from 1: not understood.
    """
    text = name.strip(" \"'$*:")
    if len(text) > MOST_CHARACTERS:
        return None
    text = _LOWERED.sub(r"_\1", _RAISED.sub(r"^\1", text)).translate(_ALIKE)
    is_new = False
    if match := _NEW_BEFORE.match(text):
        text, is_new = text[match.end() :], True
    elif match := _NEW_AFTER.search(text):
        text, is_new = text[: match.start()], True
    text, is_derivative, is_delta = _without_derivative(text)
    letters = None if is_delta else _LETTERS.match(text)
    base = "z" if is_delta else _base(letters)
    place = _place(base, text[letters.end() :] if letters else text)
    if not base or place is None:
        return None
    return Spelled(base, *place, is_derivative=is_derivative, is_new=is_new)


def _base(letters: re.Match[str] | None) -> str:
    return _BASE.get(letters[0].lower().replace(" ", "_"), "") if letters else ""


def _without_derivative(text: str) -> tuple[str, bool, bool]:
    """The text without ∂C/∂, d, grad or δ before it; whether it had one; whether that was δ."""
    if match := _DELTA.match(text):
        return text[match.end() :], True, True
    if match := _DERIVATIVE_AFTER.search(text):
        return text[: match.start()], True, False
    for pattern in _DERIVATIVES:
        if (match := pattern.match(text)) and _base(_LETTERS.match(text, match.end())):
            return text[match.end() :], True, False
    return text, False, False


def _place(base: str, rest: str) -> tuple[int, tuple[int, ...]] | None:
    """Layer and entry from what follows the letters."""
    numbers: list[tuple[str, str]] = []
    place = 0
    while match := _INDEX.match(rest, place):
        numbers.append((match[1], match[2]))
        place = match.end()
    if rest[place:].strip(" _") or (numbers and base in ("C", "eta")):
        return None
    layer = 0
    if base in ("W", "b", "z", "a"):
        raised = [number for number, (mark, _) in enumerate(numbers) if "^" in mark]
        if numbers:
            layer = int(numbers.pop(raised[0] if raised else 0)[1])
            if not layer or any("[" in mark for mark, _ in numbers):
                return None
    elif base in ("x", "y", "out") and any("[" in mark for mark, _ in numbers):
        return None
    digits = [number for _, number in numbers]
    if base == "W" and len(digits) == 1 and len(digits[0]) == 2:
        digits = [*digits[0]]
    entry = tuple(map(int, digits))
    fits = not entry or (len(entry) == (2 if base == "W" else 1) and all(entry))
    return (layer, entry) if fits else None
