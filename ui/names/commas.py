"""Whether a comma between two digits is a decimal one, or parts two numbers: "0,15" or "0, 15".

Only commas without blanks are in question; any other parts numbers. It is told by what stands beside them:

- Numbers are parted where one of them has a decimal point, where more than two follow each other (1,2,3), or
  where the second has a sign (1,-2).
- A comma is decimal where the numbers of its row are parted by blanks or tabs (0,15 0,20), and in 0,05 or ,5.
- What a statement does not tell is told by the others. Without any, numbers such as 0,15 or 3,125 tell, two
  or more, or one without brackets; single digits are parted in [[1,2],[3,4]], 0 and 1 in any brackets.
- What could be either is refused, such as [0,15], or x = 1,2, also beside decimal points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.names import words
from ui.names.statements import NotRead, Problem, Statement, Token

_NUMERIC = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:/\d+\.?\d*)?", re.ASCII)
_UNITS = ("0", "1")


@dataclass(slots=True)
class _Signs:
    """What a statement, or all of them, tell.

    Attributes:
        parts: the first sign that commas part numbers.
        has_point: whether a decimal point is among them.
        decimal: the first sign that they are decimal.
        pairs: all "0,15", as (first, second) and line.
        is_bare: whether one such pair, without brackets, is all there is.
        is_nested: whether there are commas in brackets in brackets.
        is_mixed: whether other numbers are parted by a comma and a blank.
    """

    parts: Token | None = None
    has_point: bool = False
    decimal: Token | None = None
    pairs: list[tuple[str, str, int]] = field(default_factory=list)
    is_bare: bool = False
    is_nested: bool = False
    is_mixed: bool = False

    @property
    def looks_decimal(self) -> bool:
        """Whether there is a pair such as 0,15 or 3,125."""
        first, second, _ = self.pairs[0] if self.pairs else ("", "", 0)
        is_part = self.is_bare and first.lstrip("+-") == "0" and second not in _UNITS  # 0,5
        return is_part or any(_looks_decimal(a, b) for a, b, _ in self.pairs)

    @property
    def are_units(self) -> bool:
        """Whether all pairs are of 0 and 1, as in [[0,1],[1,0]]."""
        return all(a in _UNITS and b in _UNITS for a, b, _ in self.pairs)

    @property
    def look_parted(self) -> bool:
        """Whether all pairs are of single digits, as in [[1,2],[0,4]], and not all begin with 0."""
        digits = [(a.lstrip("+-"), b) for a, b, _ in self.pairs]
        are_small = all(len(a) == len(b) == 1 for a, b in digits) and any(a != "0" for a, _ in digits)
        return (are_small or self.are_units) and not (self.is_bare or self.is_mixed)


def _looks_decimal(first: str, second: str) -> bool:
    return (first.lstrip("+-") == "0" and len(second) > 1) or len(second) > 2


def decimal_commas(statements: Sequence[Statement]) -> list[bool | NotRead]:
    """For every statement, whether its commas between digits are decimal ones, or why that is not known."""
    signs = [_signs_of(statement.tokens) for statement in statements]
    points = next((each.parts for each in signs if each.parts), None)
    commas = next((each.decimal for each in signs if each.decimal), None)
    looks_decimal = any(each.looks_decimal for each in signs)
    if (points is None) != (commas is None):
        verdict, is_sure = commas is not None, True  # type: bool | None, bool
    elif points is None and looks_decimal != any(each.is_nested for each in signs):
        pairs = sum(len(each.pairs) for each in signs)
        is_decimal = looks_decimal and (pairs > 1 or any(each.is_bare for each in signs))
        verdict, is_sure = True if is_decimal else None if looks_decimal else False, False
    else:
        verdict, is_sure = None, False
    if commas:
        for each in signs:
            if each.parts and not each.has_point:  # 1,2,3 among decimal commas
                each.decimal = each.decimal or commas
    return [_is_decimal(each, verdict, is_sure, looks_decimal) for each in signs]


def _is_decimal(signs: _Signs, verdict: bool | None, is_sure: bool, looks_decimal: bool) -> bool | NotRead:
    """Of one statement.

    Args:
        signs: what the statement tells.
        verdict: what all statements together tell; None if they do not.
        is_sure: whether one of them leaves no doubt.
        looks_decimal: whether any looks like decimal commas.
    """
    if signs.parts and signs.decimal:
        return NotRead(Problem(signs.parts.line, words.POINTS_AND_COMMAS))
    if signs.parts or signs.decimal or not signs.pairs:
        return signs.decimal is not None
    if verdict is True and (signs.is_bare or not signs.are_units):
        return True
    is_alone = signs.is_bare and not signs.are_units  # -8,8 beside 0.74 may be a slip for -8.8
    if verdict is False and not (signs.looks_decimal or is_alone) and (is_sure or signs.look_parted):
        return False
    if verdict is None and signs.is_bare and signs.looks_decimal:
        return True
    if verdict is None and signs.are_units and not signs.is_bare and not looks_decimal:
        return False
    first, second, line = signs.pairs[0]
    return NotRead(Problem(line, words.either_comma(first, second)))


def _signs_of(tokens: Sequence[Token]) -> _Signs:
    signs, inner = _Signs(), None
    place, count, depth = 0, 0, 0
    while place < len(tokens):
        token = tokens[place]
        if not token.is_word:
            depth += (token.text in "[(") - (token.text in "])")
            if token.text == ",":
                signs.is_nested |= depth > 1
                signs.is_mixed |= place > 0 and tokens[place - 1].is_word
            if token.text == ";" and depth > 1:  # which part numbers there, so that commas do not
                inner = inner or token
            if token.text == "," and _leads(tokens, place):
                signs.decimal = signs.decimal or token
            place += 1
            continue
        run = _run(tokens, place)
        count += 1
        if run:
            signs.is_nested |= depth > 1 and len(run) > 1
            _read_run(signs, tokens, place, run)
        place += max(2 * len(run) - 1, 1)
    if inner and signs.pairs:
        signs.decimal = signs.decimal or inner
    signs.is_bare = count == len(signs.pairs) == 1 and not any(token.text in "[(" for token in tokens)
    return signs


def _run(tokens: Sequence[Token], place: int) -> list[str]:
    """The numbers from this place on with nothing but a comma between them."""
    run = []
    while place < len(tokens) and tokens[place].is_word and _NUMERIC.fullmatch(tokens[place].text):
        run.append(tokens[place].text)
        if place + 1 == len(tokens) or tokens[place + 1].text != ",":
            break
        place += 2
    return run


def _read_run(signs: _Signs, tokens: Sequence[Token], place: int, run: list[str]) -> None:
    first, second = run[0], run[1] if len(run) > 1 else ""
    are_parted = len(run) > 2 or second[:1] in ("-", "+") or "e" in first.lower() or "/" in first
    has_point = any("." in number for number in run)
    signs.has_point |= has_point
    if has_point or (len(run) > 1 and are_parted):
        signs.parts = signs.parts or tokens[place]
        if "-0" in run:
            signs.decimal = signs.decimal or tokens[place]
    elif len(run) > 1:
        signs.pairs.append((first, second, tokens[place].line))
        is_padded = len(second) > 1 and second.startswith("0") and second[1].isdigit()
        if is_padded or first == "-0" or _stands_by_blank(tokens, place, place + 2 * len(run) - 1):
            signs.decimal = signs.decimal or tokens[place]


def _stands_by_blank(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether only blanks or a tab part these tokens from another number."""
    before = start > 1 and tokens[start - 1].text in " \t" and tokens[start - 2]
    after = end + 1 < len(tokens) and tokens[end].text in " \t" and tokens[end + 1]
    return any(other and other.is_word and other.text[:1] not in "*/" for other in (before, after))


def _leads(tokens: Sequence[Token], place: int) -> bool:
    """Whether this comma begins a number, as in [,5 ,25]."""
    is_first = place == 0 or (not tokens[place - 1].is_word and tokens[place - 1].text in "[(;\t\n")
    return is_first and place + 1 < len(tokens) and tokens[place + 1].text[:1].isdigit()
