"""Sums and products written out in texts: the right side must follow from the digits on the left."""

import re
from collections.abc import Iterable, Iterator

from tests.texts.checks import NUMBER
from tests.texts.markup import Text

TERM = rf"\(?{NUMBER.pattern}\)?"
WRITTEN_OUT = re.compile(
    rf"(?<![\w·×+−/^)₀-₉] )(?<![\w.,·×/^−]){TERM}(?: (?:[·×+−/]|times) {TERM})+ = {NUMBER.pattern}"
)
SIGNED_SUM = re.compile(
    rf"(?<![\w·×+−/^)₀-₉] ){NUMBER.pattern}(?: [+−]{NUMBER.pattern[6:]})+ = {NUMBER.pattern}"
)
CHANGE = re.compile(
    rf"from ({NUMBER.pattern}) to ({NUMBER.pattern}) \(({NUMBER.pattern})\)"
    rf"|({NUMBER.pattern}) → ({NUMBER.pattern}), (up|down) ({NUMBER.pattern})"
)
PIECE = re.compile(rf"(?P<number>{NUMBER.pattern})|(?P<sign> [·×+−/] | times )")

Range = tuple[float, float]


def range_of(number: str) -> Range:
    """All that may have been rounded to these digits."""
    plain = number.replace("−", "-").replace(",", "").replace("∞", "inf")
    mantissa, _, power = plain.partition("e")
    decimals = len(mantissa.partition(".")[2])
    half = 0.5000001 * 10.0 ** (int(power or 0) - decimals)
    return float(plain) - half, float(plain) + half


def product(one: Range, other: Range) -> Range:
    ends = [a * b for a in one for b in other]
    return min(ends), max(ends)


def result(expression: str) -> Range:
    """What the left side can be, products before sums."""
    low, high, sign = 0.0, 0.0, 1
    factor: Range = (1.0, 1.0)
    inverse = False
    for piece in PIECE.finditer(expression):
        if piece["number"]:
            number = range_of(piece["number"])
            if inverse:
                if number[0] <= 0 <= number[1]:
                    return float("-inf"), float("inf")
                number = 1 / number[1], 1 / number[0]
            factor = product(factor, number)
        elif piece["sign"].strip() in "+−":
            low, high = (
                low + min(sign * factor[0], sign * factor[1]),
                high + max(sign * factor[0], sign * factor[1]),
            )
            factor, sign = (1.0, 1.0), 1 if piece["sign"].strip() == "+" else -1
        inverse = piece["sign"] == " / "
    return low + min(sign * factor[0], sign * factor[1]), high + max(sign * factor[0], sign * factor[1])


def sums_in(text: str) -> Iterator[tuple[str, bool]]:
    """Each sum, product or change written out, and whether it comes out."""
    if not (" = " in text or "→" in text or " (" in text):
        return
    text = re.sub(r" · 10\^(−?\d+)", r"e\1", text)
    for found in WRITTEN_OUT.finditer(text):
        left, _, right = found[0].rpartition(" = ")
        yield found[0], meet(result(left), range_of(right))
    for found in SIGNED_SUM.finditer(text):
        left, _, right = found[0].rpartition(" = ")
        low, high = zip(*map(range_of, left.split()), strict=True)
        yield found[0], meet((sum(low), sum(high)), range_of(right))
    for found in CHANGE.finditer(text):
        old, new, change = found.group(1, 2, 3) if found[1] else found.group(4, 5, 7)
        before, after = range_of(old), range_of(new)
        difference = after[0] - before[1], after[1] - before[0]
        said = range_of(change)
        yield found[0], meet(difference, (-said[1], -said[0]) if found[6] == "down" else said)


def meet(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def wrong_sums(texts: Iterable[Text]) -> list[str]:
    """The sums, products and changes that do not come out."""
    return [
        f"{said!r} does not come out: {text.kind}: {text.text[:200]}"
        for text in texts
        for said, comes_out in sums_in(text.text)
        if not comes_out
    ]
