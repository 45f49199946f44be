"""What became of the questions of a sequence of Practice as a short code that can be read back.

Such as P-P2W2W-2W2W2-W2W-F8: how many questions, then a letter for the kind and the mark of each, and two
letters that notice a slip. The mistakes made most, where there were any with a name, are in three letters
more, as in P2-P2W2W-2W2W2-W2W02-Y-KD; codes of before never had them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.questions.results.letters import ALPHABET, CHECKS, check_of, grouped, letters_of, number_of, plain
from ui.questions.results.mistakes import is_packed, pack, unpack
from ui.state.marks import MARKS, MISSED
from ui.state.parsing import MOST_IN_SEQUENCE

PREFIX, WITH_MISTAKES, GROUP = "P", "P2", 5
LETTERS_OF_MISTAKES = 3
CODED = ("sum", "path", "slope", "gradient", "update", "forward", "mean", "rule")
"""Kinds by their number in codes. With four marks they fill a letter: a ninth kind needs a new version."""

APART = 3
"""A missed kind is asked again, once, so many places later: after two other questions."""


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """What a code of Practice holds.

    Attributes:
        questions: the kind of each, and its mark.
        is_set: whether a lecturer has put them together; else the last is of another network.
        mistakes: names of those made most, the first most often.
    """

    questions: tuple[tuple[str, str], ...]
    is_set: bool = False
    mistakes: tuple[str, ...] = ()

    @property
    def is_again(self) -> tuple[bool, ...]:
        """Of each whether it was asked since one of its kind was missed before."""
        owed: list[str] = []
        found: list[bool] = []
        for place, (kind, _) in enumerate(self.questions):
            before = place - APART
            if before >= 0 and self.questions[before][1] == MISSED and not found[before]:
                owed.append(self.questions[before][0])
            found.append(kind in owed and not self.is_set)
            if found[-1]:
                owed.remove(kind)
        return tuple(found)


def practice_code(
    questions: Sequence[tuple[str, str]], is_set: bool = False, mistakes: Sequence[str] = ()
) -> str:
    """The code of up to twelve questions; arguments as in `PracticeResult`.

    Raises:
        ValueError: naming the argument that is wrong.
    """
    fits = all(kind in CODED and mark in MARKS for kind, mark in questions)
    if not fits or not 1 <= len(questions) <= MOST_IN_SEQUENCE:
        raise ValueError(
            f"questions: expected 1 to {MOST_IN_SEQUENCE} kinds with their marks, got {questions!r}"
        )
    number = (len(questions) - 1) * 2 + is_set
    for kind, mark in questions:
        number = number * len(ALPHABET) + CODED.index(kind) * len(MARKS) + MARKS.index(mark)
    letters = letters_of(number, len(questions) + 1)
    if not mistakes:
        return grouped(PREFIX, letters, GROUP)
    return grouped(WITH_MISTAKES, letters + letters_of(pack(mistakes), LETTERS_OF_MISTAKES), GROUP)


def read_practice_code(code: str) -> PracticeResult:
    """What a code holds, typed or pasted: small letters, other dashes and blanks will do.

    Raises:
        ValueError: in a sentence, if it is no code, or one with a slip in it.
    """
    text = plain(code)
    version = version_of(text)
    body = text.removeprefix(version)
    if not version or not set(body) <= set(ALPHABET):
        example = practice_code([("sum", MISSED)] * MOST_IN_SEQUENCE)
        raise ValueError(f"code: expected one such as {example}, got {code[:30]!r}")
    letters = body[:-CHECKS]
    end = len(letters) - (LETTERS_OF_MISTAKES if version == WITH_MISTAKES else 0)
    packed = number_of(letters[end:])
    if body[-CHECKS:] != check_of(letters) or not is_packed(packed):
        raise ValueError(f"code: expected one without a slip, got {code[:30]!r}")
    places = [divmod(number_of(letter), len(MARKS)) for letter in letters[1:end]]
    questions = tuple((CODED[kind], MARKS[mark]) for kind, mark in places)
    return PracticeResult(questions, number_of(body[0]) % 2 == 1, unpack(packed))


def version_of(text: str) -> str:
    """How a code begins, of which only letters and digits are left; empty for what is none."""
    versions = (WITH_MISTAKES, PREFIX)  # P and two questions of a set may begin alike, but are shorter
    return next((each for each in versions if 0 < len(text) - len(each) == length_of(text, each)), "")


def length_of(text: str, version: str) -> int:
    """How many letters come after the beginning of a code, by the first of them; 0 for what is none."""
    body = text.removeprefix(version)
    first = number_of(body[0]) if body and body[0] in ALPHABET else 2 * MOST_IN_SEQUENCE
    if not text.startswith(version) or first >= 2 * MOST_IN_SEQUENCE:
        return 0
    return first // 2 + 2 + CHECKS + (LETTERS_OF_MISTAKES if version == WITH_MISTAKES else 0)
