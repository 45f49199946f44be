"""Where a class stands by its codes: by stop of the lesson, by kind of question, by mistake."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.questions.lesson.stops import COUNT
from ui.questions.results.lesson import AT_ONCE, NO_MEANING, NOT_YET, SKIPPED, WITH_HELP, LessonResult
from ui.questions.results.practice import CODED as KINDS
from ui.questions.results.practice import PracticeResult
from ui.state import marks

COLUMNS = (AT_ONCE, WITH_HELP, NOT_YET, SKIPPED)
"""In which a table counts, best first."""

OF_MARKS = {marks.AT_ONCE: AT_ONCE, marks.HELPED: WITH_HELP, marks.MISSED: NOT_YET}
"""Questions of worked examples are not counted."""

OTHER_NETWORK, AGAIN = "other", "again"


@dataclass(frozen=True, slots=True)
class Row:
    """Of one stop or one kind how many came out how.

    Attributes:
        key: number of the stop, a kind of question, AGAIN or OTHER_NETWORK.
        counts: by COLUMNS.
    """

    key: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many there were."""
        return sum(self.counts)

    @property
    def is_missed(self) -> bool:
        """Whether anybody has missed it."""
        return self.counts[COLUMNS.index(NOT_YET)] > 0

    @property
    def badness(self) -> tuple[float, ...]:
        """To sort by, worst first: the share not yet right, then that with help, then what was skipped."""
        total = self.total or 1
        return tuple(-self.counts[COLUMNS.index(each)] / total for each in (NOT_YET, WITH_HELP, SKIPPED))


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a whole class.

    Attributes:
        lessons: codes of the lesson.
        sequences: codes of Practice.
        stops: the stops that anybody has been asked, worst first.
        kinds: the kinds of question of Practice, worst first.
        special: what was asked again after a miss, and of another network.
        mistakes: (name, how many have made it most or second most), the most frequent first.
    """

    lessons: int
    sequences: int
    stops: tuple[Row, ...]
    kinds: tuple[Row, ...]
    special: tuple[Row, ...]
    mistakes: tuple[tuple[str, int], ...]


def standing_of(results: Iterable[LessonResult | PracticeResult]) -> Standing:
    """Everything counted."""
    found = [*results]
    lessons = [each for each in found if isinstance(each, LessonResult)]
    sequences = [each for each in found if isinstance(each, PracticeResult)]
    stops = {
        str(n + 1): Counter(each.results[n] for each in lessons if each.results[n] != NO_MEANING)
        for n in range(COUNT)
    }
    kinds: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    special: dict[str, Counter[str]] = {AGAIN: Counter(), OTHER_NETWORK: Counter()}
    for each in sequences:
        last = len(each.questions) - 1
        for place, ((kind, mark), is_again) in enumerate(zip(each.questions, each.is_again, strict=True)):
            if mark not in OF_MARKS:
                continue
            kinds[kind][OF_MARKS[mark]] += 1
            if is_again:
                special[AGAIN][OF_MARKS[mark]] += 1
            if place == last and not each.is_set:
                special[OTHER_NETWORK][OF_MARKS[mark]] += 1
    mistakes = Counter(name for each in found for name in each.mistakes)
    return Standing(
        len(lessons), len(sequences), _rows(stops), _rows(kinds), _rows(special), (*mistakes.most_common(),)
    )


def _rows(counted: dict[str, Counter[str]]) -> tuple[Row, ...]:
    rows = [Row(key, tuple(counts[each] for each in COLUMNS)) for key, counts in counted.items() if counts]
    return tuple(sorted(rows, key=lambda row: row.badness))


def most_missed(rows: Sequence[Row], most: int) -> list[str]:
    """The keys of the worst that somebody has missed."""
    return [row.key for row in rows if row.is_missed][:most]
