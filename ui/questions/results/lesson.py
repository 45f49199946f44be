"""The lesson's result as a short code that can be read back: what became of each stop, and nothing else.

Such as L2-4QZT-18D0-K9: ten results of five kinds, the points ticked at one's own sentence, the two mistakes
made most, and two letters that notice a slip. Codes of before, such as L-4QZT18-D0, had no mistakes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from ui.questions.results.letters import ALPHABET, CHECKS, check_of, grouped, letters_of, number_of, plain
from ui.questions.results.mistakes import MOST, PLACES, is_packed, pack, unpack

RESULTS = ("at_once", "with_help", "not_yet", "skipped", "none")
AT_ONCE, WITH_HELP, NOT_YET, SKIPPED, NO_MEANING = RESULTS
"""Right at once, right at the second try, not right, not answered, nothing to ask in this network."""

STOPS, MOST_POINTS = 10, 3

OLD, NEW = "L", "L2"
LETTERS = {OLD: 6, NEW: 8}
GROUP = 4


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What a code of the lesson holds.

    Attributes:
        results: for each stop one of RESULTS.
        points: of the three, how many the reader has ticked at a sentence of one's own.
        mistakes: names of those made most, the first most often.
    """

    results: tuple[str, ...]
    points: int = 0
    mistakes: tuple[str, ...] = ()


def result_code(results: Sequence[str], points: int = 0, mistakes: Sequence[str] = ()) -> str:
    """The code of the results of all ten stops; arguments as in `LessonResult`.

    Raises:
        ValueError: naming the argument that is wrong.
    """
    if len(results) != STOPS or not set(results) <= set(RESULTS):
        raise ValueError(f"results: expected {STOPS} of {', '.join(RESULTS)}, got {results!r}")
    if not 0 <= points <= MOST_POINTS:
        raise ValueError(f"points: expected 0 to {MOST_POINTS}, got {points!r}")
    number = points
    for result in results:
        number = number * len(RESULTS) + RESULTS.index(result)
    return grouped(NEW, letters_of(number * PLACES**MOST + pack(mistakes), LETTERS[NEW]), GROUP)


def read_result_code(code: str) -> LessonResult:
    """What a code holds, typed or pasted: small letters, other dashes and blanks will do.

    Raises:
        ValueError: in a sentence, if it is no code, or one with a slip in it.
    """
    # "1" is how an L is read; the old code may begin with a 2 of its own, so its length decides.
    text = plain(code)
    is_old = len(text) == len(OLD) + LETTERS[OLD] + CHECKS
    version = OLD if is_old else NEW
    if not text.startswith(plain(version)) or len(text) != len(version) + LETTERS[version] + CHECKS:
        raise ValueError(f"code: expected one such as {result_code([AT_ONCE] * STOPS)}, got {code[:30]!r}")
    body = text[len(version) :]
    letters, check = body[:-CHECKS], body[-CHECKS:]
    if not set(body) <= set(ALPHABET) or check != (_old_check(letters) if is_old else check_of(letters)):
        raise ValueError(f"code: expected one without a slip, got {code[:30]!r}")
    number, packed = number_of(letters), 0
    if not is_old:
        number, packed = divmod(number, PLACES**MOST)
    found = []
    for _ in range(STOPS):
        number, result = divmod(number, len(RESULTS))
        found.append(RESULTS[result])
    if number > MOST_POINTS or not is_packed(packed):
        raise ValueError(f"code: expected one without a slip, got {code[:30]!r}")
    return LessonResult(tuple(reversed(found)), number, unpack(packed))


def _old_check(letters: str) -> str:
    return letters_of(crc32(letters.encode()) % len(ALPHABET) ** CHECKS, CHECKS)
