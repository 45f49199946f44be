"""Numbers as people read them: three significant digits, a real minus sign."""

from math import floor, log10

SIGNIFICANT_DIGITS = 3


def short(value: float, plus: bool = False) -> str:
    """Such as 0.214, −1.07, 2.30e−7; whole numbers stay whole: 1, 0.

    Args:
        value: any finite number.
        plus: write a plus sign before positive numbers.
    """
    size = abs(value)
    if size < 1000 and float(value).is_integer():
        text = f"{size:.0f}"
    elif 1e-3 <= size < 1e5:
        text = f"{size:.{max(0, SIGNIFICANT_DIGITS - 1 - floor(log10(size)))}f}"
    else:
        mantissa, exponent = f"{size:.2e}".split("e")
        text = f"{mantissa}e{int(exponent)}".replace("-", "−")
    if value < 0:
        return f"−{text}"
    return f"+{text}" if plus and value > 0 else text


def as_typed(value: float) -> str:
    """A number that somebody chose, with up to six digits and no zeros to fill them: 0.05, −1.2."""
    return f"{value:.6g}".replace("-", "−")


def signed(value: float) -> str:
    """`short` with a sign on every number but 0."""
    return short(value, plus=True)


def percent(share: float, digits: int = 0) -> str:
    """Such as 92 % for 0.92, with a space that no line breaks at."""
    return f"{100 * share:.{digits}f}\u00a0%"


def exact(value: float) -> str:
    """Every digit, for data attributes: float(exact(v)) == v."""
    return repr(float(value))


COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count_word(count: int) -> str:
    """Such as three for 3; figures from 11 up."""
    return COUNT_WORDS[count] if count < len(COUNT_WORDS) else str(count)
