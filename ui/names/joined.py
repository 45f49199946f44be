"""One token for every number: calls such as np.array( … ) dropped, decimal commas and expressions joined."""

import re
from collections.abc import Sequence

from ui.names.statements import Token
from ui.names.typed import MOST_CHARACTERS

_CALL = re.compile(
    r"(?:\w+\.)*(?:as)?(?:array|matrix|mat|tensor|constant|vector|list|tuple|float\d*|double|c)",
    re.ASCII | re.IGNORECASE,
)
_OPERATORS = "*/^%"


def without_calls(tokens: Sequence[Token]) -> list[Token]:
    """Without np.array( … ) and its like around a list or a single number."""
    ends = _ends(tokens)
    dropped = set()
    for place, token in enumerate(tokens[:-1]):
        is_call = token.is_word and tokens[place + 1].text == "(" and _CALL.fullmatch(token.text)
        if is_call and (place == 0 or not tokens[place - 1].is_word) and place + 1 in ends:
            end = ends[place + 1]
            within = [other for other in tokens[place + 2 : min(end, place + 6)] if other.text not in " \n"]
            is_list = bool(within) and within[0].text in ("[", "(")
            is_number = sum(1 for other in tokens[place + 2 : min(end, place + 6)] if other.is_word) == 1
            if is_list or is_number or (within and _CALL.fullmatch(within[0].text)):
                dropped |= {place, place + 1, end}
    return [token for place, token in enumerate(tokens) if place not in dropped]


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Where every parenthesis is closed."""
    ends, opened = {}, []
    for place, token in enumerate(tokens):
        if token.text == "(" and not token.is_quoted:
            opened.append(place)
        elif token.text == ")" and not token.is_quoted and opened:
            ends[opened.pop()] = place
    return ends


def joined(tokens: Sequence[Token], is_decimal_comma: bool, can_miss: bool) -> list[Token]:
    """One token for every number: with its decimal comma, its parentheses, and blanks about its operators."""
    ends = _ends(tokens)
    items: list[Token] = []
    place, depth = 0, 0
    while place < len(tokens):
        token = tokens[place]
        if (
            token.text == "("
            and not token.is_quoted
            and _is_expression(tokens[place + 1 : ends.get(place, 0)])
        ):
            end = ends[place]
            text = "".join(each.text for each in tokens[place : end + 1])
            _append(items, Token(text if len(text) < 300 else text[:300], token.line))
            place = end + 1
            continue
        if token.is_word:
            _append(items, token)
        elif is_decimal_comma and token.text == "," and _is_decimal(tokens, place):
            last = items.pop() if items and items[-1].is_word else Token("", token.line)
            items.append(Token(f"{last.text},{tokens[place + 1].text}", last.line))
            place += 1
        elif token.text == " " and _is_inside(items, tokens, place, can_miss and depth > 0):
            items.append(Token(" ", token.line))
            items[-2:] = [Token(items[-2].text + " ", items[-2].line)]
        else:
            depth += (token.text in "[(") - (token.text in "])")
            items.append(token)
        place += 1
    return items


def _append(items: list[Token], token: Token) -> None:
    """Add a word; one that follows another without a separator goes on with it."""
    if items and items[-1].is_word:
        items[-1] = Token(items[-1].text + token.text, items[-1].line)
    else:
        items.append(token)


def _is_expression(tokens: Sequence[Token]) -> bool:
    """Whether what stands in parentheses is one number and not a vector."""
    texts = [token.text for token in tokens if token.text != " "]
    if not texts or any(text in texts for text in ("[", ",", ";", "\t", "\n")):
        return False
    words_in = sum(token.is_word for token in tokens)
    return words_in == 1 or any(set(text[1:] if len(text) > 1 else text) & set("+-*/") for text in texts)


def _is_decimal(tokens: Sequence[Token], place: int) -> bool:
    """Whether a digit follows this comma, and a digit or nothing of a number stands before it."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_word or not after.text[:1].isdigit():
        return False
    return before is None or not before.is_word or before.text[-1:].isdigit() or before.text in "+-"


def _is_inside(items: Sequence[Token], tokens: Sequence[Token], place: int, dash_is_missing: bool) -> bool:
    """Whether the number goes on after this blank: an operator stands on one of its sides."""
    if (
        not items
        or not items[-1].is_word
        or place + 1 >= len(tokens)
        or len(items[-1].text) > MOST_CHARACTERS
    ):
        return False
    last, following = items[-1].text, tokens[place + 1]
    if not (following.is_word or following.text == "("):
        return False
    if last[-1:] in _OPERATORS or following.text[:1] in _OPERATORS:
        return True
    if dash_is_missing:
        return False
    if following.text in ("+", "-"):  # a - b; but a -b are two numbers
        return place + 2 < len(tokens) and tokens[place + 2].text == " "
    return last.rstrip(" ")[-1:] in ("+", "-")
