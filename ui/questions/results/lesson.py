"""The lesson's result as a short code that can be read back: what became of each stop, and nothing else.

Such as L2-4QZT-18D0-K9: ten results of five kinds, the points ticked at one's own sentence, the two mistakes
made most, and two letters that notice a slip. Codes of before, such as L-4QZT18-D0, had no mistakes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from ui.questions.results.letters import ALPHABET, CHECKS, check_of, grouped, letters_of, number_of, plain

RESULTS = ("at_once", "with_help", "not_yet", "skipped", "none")
AT_ONCE, WITH_HELP, NOT_YET, SKIPPED, NO_MEANING = RESULTS
"""Right at once, right at the second try, not right, not answered, nothing to ask in this network."""

STOPS, MOST_POINTS, MOST_MISTAKES = 10, 3, 2
CODED = (
    *("one_path", "missing_path", "paths_averaged", "one_observation", "softmax_diagonal"),
    *("slope_forgotten", "wrong_slope", "target_forgotten", "factor_forgotten", "other_logarithm"),
    *("transposed", "transposed_step", "wrong_sign", "new_weights", "rate_forgotten", "step_alone"),
    *("gradient_alone", "mean_forgotten", "z_for_a_below", "z_for_a", "other_activation", "a_for_z"),
    *("bias_forgotten", "not_normalised", "upstream_forgotten", "input_forgotten", "weight_for_input"),
    *("weights_forgotten", "activation_for_weight", "added", "factor_alone", "paths_multiplied"),
)
"""All mistakes by their number in codes, from 1; new ones go to the end. A wrong option has no name."""

_PLACES = 64
"""For a mistake: 0 is none."""

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
    if len(mistakes) > MOST_MISTAKES or len(set(mistakes)) < len(mistakes) or not set(mistakes) <= set(CODED):
        raise ValueError(f"mistakes: expected up to {MOST_MISTAKES} names of mistakes, got {mistakes!r}")
    number = points
    for result in results:
        number = number * len(RESULTS) + RESULTS.index(result)
    for place in range(MOST_MISTAKES):
        number = number * _PLACES + (CODED.index(mistakes[place]) + 1 if place < len(mistakes) else 0)
    return grouped(NEW, letters_of(number, LETTERS[NEW]), GROUP)


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
    number = number_of(letters)
    places = []
    for _ in range(0 if is_old else MOST_MISTAKES):
        number, place = divmod(number, _PLACES)
        places.append(place)
    found = []
    for _ in range(STOPS):
        number, result = divmod(number, len(RESULTS))
        found.append(RESULTS[result])
    if number > MOST_POINTS or max(places, default=0) > len(CODED):
        raise ValueError(f"code: expected one without a slip, got {code[:30]!r}")
    mistakes = (CODED[place - 1] for place in reversed(places) if place)
    return LessonResult(tuple(reversed(found)), number, tuple(mistakes))


def _old_check(letters: str) -> str:
    return letters_of(crc32(letters.encode()) % len(ALPHABET) ** CHECKS, CHECKS)
