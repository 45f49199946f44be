"""An answer of a solution, what became of it, and how near it is to a number.

Near enough depends on the digits that were given: of five or more, two results that differ are told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop.practice.following import Followed, Key
from backprop.practice.formulas import Quantity
from backprop.practice.judging import ALL_DIGITS
from backprop.practice.spans import SHOWN_DIGITS

RIGHT, NEARLY, FOLLOWS, WRONG = "right", "nearly", "follows", "wrong"
FEW_DIGITS, LAST_DIGIT, ROUNDED_BEFORE = "few digits", "last digit", "rounded before"
"""Why a number is nearly right."""

TELLING_DIGITS = 5
"""So many digits tell two results apart that are as near as a mistake is by chance."""

LAST_UNITS = 2.0
"""Units of the last digit that a number may be off by, to be nearly right."""

CLOSE = 0.005
"""Or this part of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One number of a solution.

    Attributes:
        quantity: what it is said to be.
        value: the number.
        digits: how many significant ones it was given with.
        unit: of the last of them; 0 where all digits count. That of a 0 says how far it was rounded.
    """

    quantity: Quantity
    value: float
    digits: int = ALL_DIGITS
    unit: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake that gives a number.

    Attributes:
        mistake: a key of MISTAKES.
        part: the path it is about, or which of its ways, as in WrongValue.
        where: kind and layer of the numbers in which it was made.
        second: another one made in the same number, or "".
    """

    mistake: str
    part: int | None
    where: Key
    second: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an answer.

    Attributes:
        answer: the number.
        right: what it should be.
        verdict: RIGHT, NEARLY, FOLLOWS or WRONG.
        reason: why it is nearly right, or right all the same, else "".
        findings: the mistakes that give it, each by itself; none where it is of no known one.
        sources: the earlier wrong numbers of the reader that it was computed from, or the mistake made on.
    """

    answer: Answer
    right: float
    verdict: str
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    sources: tuple[Quantity, ...] = ()

    @property
    def key(self) -> Key:
        """Kind and layer of what was answered."""
        return self.answer.quantity.kind, self.answer.quantity.layer


def is_same(answer: Answer, value: float) -> bool:
    """Whether a number of three digits or more rounds to the answer; of many, the last may be off."""
    off, units = abs(answer.value - value), LAST_UNITS if answer.digits > TELLING_DIGITS else 0.5 + 1e-9
    return off <= 1e-9 * abs(value) or (answer.digits >= SHOWN_DIGITS and off <= answer.unit * units)


def tells(answer: Answer, value: float) -> bool:
    """Whether an answer of many digits is this number and hardly another."""
    return answer.digits >= TELLING_DIGITS and (
        is_same(answer, value) or abs(answer.value - value) <= 10.0**-TELLING_DIGITS * abs(value)
    )


def is_close(answer: Answer, value: float) -> bool:
    """Whether a number is off by no more than two of its last digit, or by a small part."""
    off = abs(answer.value - value)
    return off <= CLOSE * abs(value) or (answer.digits >= SHOWN_DIGITS and off <= LAST_UNITS * answer.unit)


def is_enough(answers: Sequence[Answer]) -> bool:
    """Whether so many digits fit a mistake hardly by chance; 0 fits many."""
    return sum(answer.digits for answer in answers if answer.value) >= TELLING_DIGITS


def rounds_to(answer: Answer, value: float) -> bool:
    """Whether a number is this one up to its last digit."""
    return abs(answer.value - value) <= answer.unit + 1e-9 * abs(value)


def fits(answer: Answer, followed: Followed, key: Key) -> bool:
    """Whether an answer is what this step reaches."""
    value, slack = (float(each[key][answer.quantity.index]) for each in (followed.reached, followed.slack))
    return abs(answer.value - value) <= answer.unit / 2 + min(slack, CLOSE * abs(value)) + 1e-9 * abs(value)
