"""Numbers as people read them: three significant digits, a real minus. The only place that writes one.

The browser's copy is in `ui/draw/js/text.js`; `tests/golden/numbers.json` is the test of both.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isfinite, isnan

SIGNIFICANT_DIGITS = 3
LOWEST_PLAIN_POWER, HIGHEST_PLAIN_POWER = -3, 5
"""Numbers from 0.001 up to 99,999 are written without a power of ten."""

MOST_DIGITS = 9
"""As many digits as two close numbers are told apart by."""


def short(value: float, plus: bool = False, digits: int = SIGNIFICANT_DIGITS) -> str:
    """Such as 0.214, −1.07, 1234, 2.30e−7; whole numbers below 1000 stay whole: 1, 0.

    Halves are rounded away from zero, as on paper. What is not finite is written ∞, −∞ and "undefined".

    Args:
        value: any number.
        plus: write a plus sign before positive numbers.
        digits: significant digits; before the point all are kept, up to 99,999.
    """
    size = abs(value)
    if size < 1000 and float(value).is_integer():
        text = f"{size:.0f}"
    elif isfinite(value):
        text = _rounded(size, digits)
    elif isnan(value):
        return "undefined"
    else:
        text = "∞"
    if value < 0:
        return f"−{text}"
    return f"+{text}" if plus and value > 0 else text


@lru_cache(maxsize=8192)
def _rounded(size: float, digits: int) -> str:
    """Halves go up, as in the browser; Python's own formats would go to the even digit."""
    finer = f"{size:.{digits}e}"
    is_half = finer[digits + 1] == "5" and Decimal(finer) == Decimal(size)
    number: float | Decimal = size
    if is_half:  # of what is exactly between two numbers a little more is nearer to the upper one
        number = Decimal(size) + Decimal(finer).scaleb(-digits - 1)
    mantissa, exponent = f"{number:.{digits - 1}e}".split("e")
    power = int(exponent)
    # Rounded first: 0.00099996 is 0.00100, and 99999.7 is 1.00e5.
    if LOWEST_PLAIN_POWER <= power < digits - 1:
        return f"{number:.{digits - 1 - power}f}"
    if digits - 1 <= power < HIGHEST_PLAIN_POWER:
        return str(Decimal(size).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{mantissa}e{power}".replace("-", "−")


def signed(value: float) -> str:
    """`short` with a sign on every number but 0."""
    return short(value, plus=True)


def as_typed(value: float) -> str:
    """A number that somebody chose, with up to six digits and no zeros to fill them: 0.05, −1.2, 1e−5."""
    text = f"{value + 0.0:.6g}"  # + 0.0: no −0
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


def apart(*values: float) -> tuple[str, ...]:
    """Numbers to compare, with the fewest digits, three or more, that let different ones look different."""
    for digits in range(SIGNIFICANT_DIGITS, MOST_DIGITS + 1):
        if len({f"{value:.{digits - 1}e}" for value in values}) == len(set(values)):
            break
    return tuple(short(value, digits=digits) for value in values)


def percent(share: float, digits: int = 0) -> str:
    """Such as 92 % for 0.92, with a space that no line breaks at; never all or nothing unless it is.

    0.9996 is "over 99 %" of a whole and 0.0004 "under 1 %": what is not all must not be written as all.
    """
    if abs(share) >= 10 ** (HIGHEST_PLAIN_POWER - 2):
        return f"{short(100 * share)}\u00a0%"
    step = Decimal(1).scaleb(-digits)
    size = Decimal(100 * abs(share)).quantize(step, ROUND_HALF_UP)
    if share and not size:
        return f"under {step:f}\u00a0%"
    if abs(share) < 1 and size == 100:
        return f"over {100 - step:f}\u00a0%"
    return f"{'−' if share < 0 else ''}{size:f}\u00a0%"


def exact(value: float) -> str:
    """Every digit, for data attributes: float(exact(v)) == v."""
    return repr(float(value))


COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count_word(count: int) -> str:
    """Such as three for 3; figures from 11 up."""
    return COUNT_WORDS[count] if count < len(COUNT_WORDS) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: no flowers, 1 flower, 3 flowers, 12,288 paths, 2 entries."""
    return f"{f'{count:,}' if count else 'no'} {noun if count == 1 else plural or f'{noun}s'}"


def listed(parts: Iterable[str], before_last: str = " and ") -> str:
    """Such as x₁, x₃ and y₂; "" without any."""
    *first, last = (*parts,) or ("",)
    return f"{', '.join(first)}{before_last}{last}" if first else last


def every(count: int, noun: str, plural: str = "") -> str:
    """All of so many: the only output, both outputs, all 3 outputs."""
    if count == 1:
        return f"the only {noun}"
    return f"{'both' if count == 2 else f'all {count:,}'} {plural or f'{noun}s'}"
