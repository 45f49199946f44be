"""What a reader of the lesson has answered, packed into a link."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.state.packed import MOST_CHARACTERS, pack, unpack

SURE = ("g", "t", "k")
"""A guess, a thought, known."""

MOST_EXERCISES, MOST_TRIES = 40, 3
MOST_TYPED, MOST_WRITTEN = 60, 240
"""Characters of an answer, and of a sentence of one's own."""

_KEY, _MARK = re.compile("[0-9a-z]{1,4}"), re.compile("[0-9a-z]{0,4}")


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one exercise.

    Attributes:
        exercise: its key, such as 7a.
        mark: of the question with its numbers: an answer to other numbers is none to these.
        sure: one of SURE, before the first try; empty before it.
        texts: the tries, as typed, in order; of a choice the number of the option.
        is_shown: whether the reader has asked for the answer.
    """

    exercise: str
    mark: str
    sure: str = ""
    texts: tuple[str, ...] = ()
    is_shown: bool = False


def write_answers(answers: Sequence[Given]) -> str:
    """The value of answers=; empty for none. Earlier tries are left out where they do not fit."""
    if not answers:
        return ""
    rows = [[a.exercise, a.mark, a.sure, [*a.texts], int(a.is_shown)] for a in answers]
    value = pack(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    if len(value) <= MOST_CHARACTERS:
        return value
    longest = max(answers, key=lambda each: len("".join(each.texts[:-1])))
    if len(longest.texts) < 2:
        longest = max(answers, key=lambda each: len("".join(each.texts)))
        shorter = replace(longest, texts=tuple(text[: len(text) // 2] for text in longest.texts))
    else:
        shorter = replace(longest, texts=longest.texts[-1:])
    return write_answers([shorter if each is longest else each for each in answers])


def read_answers(value: str) -> tuple[Given, ...]:
    """The answers that `write_answers` has written.

    Raises:
        ValueError: if it is not of our making.
    """
    if not value:
        return ()
    try:
        rows = json.loads(unpack(value))
        found = tuple(_given(*row) for row in rows)
    except (TypeError, ValueError, RecursionError):
        raise ValueError("answers: expected what `write_answers` has written") from None
    keys = [each.exercise for each in found]
    if len(found) > MOST_EXERCISES or len(set(keys)) < len(keys):
        raise ValueError("answers: expected what `write_answers` has written")
    return found


def _given(exercise: object, mark: object, sure: object, texts: object, is_shown: object) -> Given:
    fits = (
        isinstance(exercise, str)
        and _KEY.fullmatch(exercise)
        and isinstance(mark, str)
        and _MARK.fullmatch(mark)
        and sure in ("", *SURE)
        and isinstance(texts, list)
        and len(texts) <= MOST_TRIES
        and all(isinstance(text, str) and len(text) <= MOST_WRITTEN for text in texts)
        and type(is_shown) is int
        and is_shown in (0, 1)
    )
    if not fits:
        raise ValueError("answers: expected what `write_answers` has written")
    for text in texts:  # type: ignore[attr-defined]
        text.encode()  # a lone surrogate cannot be sent
    return Given(exercise, mark, str(sure), tuple(texts), bool(is_shown))  # type: ignore[arg-type]
