"""Numbers as people type them: with point or comma, any minus sign, fractions, products and sums.

The browser's copy is in `ui/views/walkthrough/js/judge.js`; `tests/golden/typed.json` is the test of both. A
comma is always a decimal one, and thousands are parted by spaces: 1,234 is a little more than 1.
"""

import re
from dataclasses import dataclass
from math import isfinite

from ui.names.numbers import short

MOST_CHARACTERS = 200
MOST_NESTED = 10
MOST_QUOTED = 30

ALL_DIGITS = 17
"""Digits of what was computed, or is exactly 0."""

_SPACES = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_SIGNS = str.maketrans("\u2010\u2011\u2013\u2014\u2212\ufe63\uff0d·∙⋅×÷∕⁄", "-------****///")
_NUMBER = r"(?:(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_POWER = r"10\^[+-]?[0-9]+"
_TOKEN = re.compile(rf" ?({_POWER}|{_NUMBER}|[-+*/()]) ?")
_ALONE = re.compile(rf"[+-]? ?({_NUMBER})")
_TWO_MARKS = re.compile("[0-9][.,][0-9]*[.,]|[.,][0-9]+[.,]")
_EXAMPLES = "such as 0.25, −0,25, 1e−3 or 1/3"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed.

    Attributes:
        value: the number.
        digits: how many significant digits it was given with.
        unit: of the last of them, 0 of an expression.
        is_expression: whether there was anything to compute.
    """

    value: float
    digits: int = ALL_DIGITS
    unit: float = 0.0
    is_expression: bool = False


def parse_number(text: str) -> float:
    """The number that was typed; see `read_number`."""
    return read_number(text).value


def read_number(text: str) -> Typed:
    """The number that was typed, or that an expression of + − · / and parentheses gives.

    Raises:
        ValueError: one sentence of plain text that says what was expected and what came.
    """
    plain = with_plain_signs(text)
    if not plain:
        raise ValueError(f"Type a number, {_EXAMPLES}.")
    if len(plain) > MOST_CHARACTERS:
        raise ValueError(f"Expected at most {MOST_CHARACTERS} characters, got {len(plain)}.")
    if "%" in plain:
        raise ValueError(f"Expected a number without a percent sign, 0.25 for 25 %, got {quoted(text)}.")
    if _TWO_MARKS.search(plain):
        raise ValueError(
            f"Expected one decimal point or comma, and spaces between thousands, got {quoted(text)}."
        )
    value = _Expression(text, plain).value + 0.0  # no −0
    if not isfinite(value):
        raise ValueError(f"Expected a number of ordinary size, got {quoted(text)}.")
    alone = _ALONE.fullmatch(plain)
    if not alone:
        return Typed(value, is_expression=True)
    mantissa, _, exponent = alone[1].lower().replace(" ", "").replace(",", ".").partition("e")
    digits = len(mantissa.replace(".", "").lstrip("0"))
    if not digits:
        return Typed(value)
    decimals = len(mantissa.partition(".")[2])
    return Typed(value, digits, float(f"1e{int(exponent or 0) - decimals}"))


def with_plain_signs(text: str) -> str:
    """The text with - for every minus and dash, * and / for their relatives, and one space between words."""
    return _SPACES.sub(" ", text).strip(" ").translate(_SIGNS)


def quoted(text: str) -> str:
    """As much of what was typed as a sentence takes."""
    clean = _SPACES.sub(" ", text).strip(" ")
    return f"“{clean[:MOST_QUOTED]}…”" if len(clean) > MOST_QUOTED else f"“{clean}”"


def reading(text: str, value: float) -> str:
    """How an expression was read: "0.5*0.578 = 0.289"."""
    return f"{_SPACES.sub(' ', text).strip(' ')} = {short(value)}"


class _Expression:
    """A sum of products of numbers and parentheses, read from left to right."""

    def __init__(self, text: str, plain: str) -> None:
        self.text = text
        self.tokens = [match[1] for match in _TOKEN.finditer(plain)]
        if _TOKEN.sub("", plain):
            raise self.error()
        self.tokens.append("")
        self.place = 0
        self.value = self.sum(0)
        if self.next:
            raise self.error()

    @property
    def next(self) -> str:
        return self.tokens[self.place]

    def take(self) -> str:
        self.place += 1
        return self.tokens[self.place - 1]

    def error(self) -> ValueError:
        return ValueError(f"Expected a number, {_EXAMPLES}, got {quoted(self.text)}.")

    def sum(self, nested: int) -> float:
        if nested > MOST_NESTED:
            raise ValueError(
                f"Expected at most {MOST_NESTED} parentheses inside each other, got {quoted(self.text)}."
            )
        value = self.product(nested)
        while self.next in ("+", "-"):
            value = value + self.product(nested) if self.take() == "+" else value - self.product(nested)
        return value

    def product(self, nested: int) -> float:
        value = self.factor(nested)
        while self.next in ("*", "/"):
            if self.take() == "*":
                value *= self.factor(nested)
            elif divisor := self.factor(nested):
                value /= divisor
            else:
                raise ValueError(f"Expected a number, got a division by zero in {quoted(self.text)}.")
        return value

    def factor(self, nested: int) -> float:
        sign = -1.0 if self.next == "-" else 1.0
        if self.next in ("+", "-"):
            self.take()
        token = self.take()
        if token == "(":
            value = self.sum(nested + 1)
            if self.take() != ")":
                raise self.error()
            return sign * value
        if token[:1] in ("", "+", "-", "*", "/", ")"):
            raise self.error()
        return sign * float(token.replace("10^", "1e").replace(" ", "").replace(",", "."))
