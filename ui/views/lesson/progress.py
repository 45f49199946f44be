"""What became of the exercises and the stops, from the address alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, overload

from ui.questions.lesson.building import Stop
from ui.questions.lesson.stops import COUNT, again, number_of, stop_at
from ui.questions.results.lesson import AT_ONCE, NO_MEANING, NOT_YET, SKIPPED, WITH_HELP
from ui.questions.results.mistakes import made_most
from ui.questions.tasks import Course, Exercise, course_of
from ui.state.cache import kept
from ui.state.given_answers import Given
from ui.state.settings import Settings

T = TypeVar("T")

END = "end"
"""Key of what is noted when the reader asks for the result."""

POINTS = "10p"
"""Key of the points ticked at the sentence of one's own."""

LATER = 2
"""So many stops later what was known and wrong comes back."""


class _Stops(Sequence[T]):
    """One thing for each stop, made when it is asked for: a page shows one stop, and knows of few others."""

    def __init__(self, build: Callable[[int], T]) -> None:
        """`build` makes that of a stop, by its number from 1."""
        self._build = cache(build)

    def __len__(self) -> int:
        return COUNT

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> list[T]: ...

    def __getitem__(self, place: int | slice) -> T | list[T]:
        numbers = range(1, COUNT + 1)[place]
        return self._build(numbers) if isinstance(numbers, int) else [self._build(n) for n in numbers]


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole lesson as the address has it.

    Attributes:
        stops: all ten.
        courses: of each stop, in order, those that have come back last.
        answers: as in the address.
    """

    stops: Sequence[Stop]
    courses: Sequence[tuple[Course, ...]]
    answers: tuple[Given, ...]

    @property
    def is_ended(self) -> bool:
        """Whether the reader has asked for the result, or nothing is left at the last stop."""
        return any(each.exercise == END for each in self.answers)

    @property
    def points(self) -> tuple[int, ...]:
        """Numbers of the points that are ticked."""
        texts = next((each.texts for each in self.answers if each.exercise == POINTS), ())
        return tuple(int(text) for text in texts if text in ("0", "1", "2"))

    def current(self, number: int) -> Course | None:
        """The first exercise of a stop that is not over."""
        return next((each for each in self.courses[number - 1] if not each.is_over), None)

    def shown(self, number: int, is_slide: bool) -> Course | None:
        """The exercise on the page: the open one, or the last; of a slide the revealed one, until Next."""
        courses, current = self.courses[number - 1], self.current(number)
        if current is None:
            return courses[-1] if courses else None
        over = next(at for at, each in enumerate(courses) if each is current)
        return courses[over - 1] if is_slide and over and current.given is None else current

    def result(self, number: int, here: int) -> str:
        """What became of a stop, by its own exercises; "" where the reader has not been yet.

        Args:
            number: of the stop.
            here: the stop that is shown.
        """
        furthest = max(
            (here, *(number_of(each.exercise) for each in self.answers if each.exercise != POINTS))
        )
        if number > furthest and not self.is_ended:
            return ""
        stop = self.stops[number - 1]
        courses = self.courses[number - 1][: len(stop.exercises)]
        if stop.missing:
            return NO_MEANING
        if all(each.is_at_once for each in courses):
            return AT_ONCE
        if all(each.is_solved and not each.is_shown for each in courses):
            return WITH_HELP
        if any(each.is_begun for each in courses):
            is_open = any(not each.is_over for each in courses)
            return "" if is_open and number == here and not self.is_ended else NOT_YET
        return SKIPPED if number < furthest or self.is_ended else ""

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The names of those made most, in all tries; of as many the one made first."""
        tries = [each for courses in self.courses for course in courses for each in course.tries]
        return made_most(name for each in tries for name in each.mistakes)

    @property
    def results(self) -> tuple[str, ...]:
        """What became of all stops, at the end."""
        return tuple(self.result(number, COUNT) or SKIPPED for number in range(1, COUNT + 1))


def progress_of(settings: Settings, answers: Sequence[Given]) -> Progress:
    """The lesson of this view with these answers."""
    by_key = {each.exercise: each for each in answers}
    stops = _Stops(lambda number: kept(stop_at, settings, number))

    def own(number: int) -> list[Course]:
        return [course_of(each, by_key.get(each.key)) for each in stops[number - 1].exercises]

    def courses_of(number: int) -> tuple[Course, ...]:
        known = sorted({number_of(each.exercise) for each in answers if each.sure == "k"} - {0})
        before = [n for n in known if min(n + LATER, COUNT) == number]
        missed = [each for n in before for each in own(n) if each.is_confident_and_wrong and each.is_over]
        back = [found for each in missed for found in kept(_again, settings, each.exercise.key)]
        return (*own(number), *(course_of(each, by_key.get(each.key)) for each in back))

    return Progress(stops, _Stops(courses_of), tuple(answers))


def _again(settings: Settings, key: str) -> tuple[Exercise, ...]:
    """What comes back for an exercise, if anything does."""
    found = again(settings, key)
    return (found,) if found else ()


def following(progress: Progress, number: int, way: int) -> int:
    """The stop after or before one, without those that have no meaning and nothing that came back."""
    at = number + way
    while 1 < at < COUNT and progress.stops[at - 1].missing and not progress.courses[at - 1]:
        at += way
    return min(max(at, 1), COUNT)
