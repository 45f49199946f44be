"""What became of the exercises and the stops, from the address alone. No Streamlit."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.questions.result_code import AT_ONCE, NO_MEANING, NOT_YET, SKIPPED, WITH_HELP
from ui.state.cache import kept
from ui.state.given_answers import Given
from ui.state.settings import Settings
from ui.views.lesson.stops import COUNT, Stop, again, stops_of
from ui.views.lesson.tasks import Course, course_of

END = "end"
"""Key of what is noted when the reader asks for the result."""

POINTS = "10p"
"""Key of the points ticked at the sentence of one's own."""

LATER = 2
"""So many stops later what was known and wrong comes back."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole lesson as the address has it.

    Attributes:
        stops: all ten.
        courses: of each stop, in order, those that have come back among them.
        answers: as in the address.
    """

    stops: tuple[Stop, ...]
    courses: tuple[tuple[Course, ...], ...]
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

    def result(self, number: int, here: int) -> str:
        """What became of a stop, by its own exercises; "" where the reader has not been yet.

        Args:
            number: of the stop.
            here: the stop that is shown.
        """
        stop = self.stops[number - 1]
        courses = self.courses[number - 1][: len(stop.exercises)]
        if stop.missing:
            return NO_MEANING
        if courses and all(each.is_at_once for each in courses):
            return AT_ONCE
        if courses and all(each.is_solved and not each.is_shown for each in courses):
            return WITH_HELP
        if any(each.is_begun for each in courses):
            is_open = any(not each.is_over for each in courses)
            return "" if is_open and number == here and not self.is_ended else NOT_YET
        begun = [n + 1 for n in range(COUNT) if any(course.is_begun for course in self.courses[n])]
        reached = max([here, *begun])
        return SKIPPED if number < reached or self.is_ended else ""

    @property
    def results(self) -> tuple[str, ...]:
        """What became of all stops, at the end."""
        return tuple(self.result(number, COUNT) or SKIPPED for number in range(1, COUNT + 1))


def progress_of(settings: Settings, answers: Sequence[Given]) -> Progress:
    """The lesson of this view with these answers."""
    stops = kept(stops_of, settings)
    by_key = {each.exercise: each for each in answers}
    courses: list[list[Course]] = []
    for stop in stops:
        courses.append([course_of(each, by_key.get(each.key)) for each in stop.exercises])
    for stop in stops:
        for course in courses[stop.number - 1][: len(stop.exercises)]:
            if not (course.is_confident_and_wrong and course.is_over):
                continue
            later = min(stop.number + LATER, COUNT)
            if found := again(settings, course.exercise.key):
                courses[later - 1].append(course_of(found, by_key.get(found.key)))
    return Progress(stops, tuple(map(tuple, courses)), tuple(answers))


def following(progress: Progress, number: int, way: int) -> int:
    """The stop after or before one, without those that have no meaning and nothing that came back."""
    at = number + way
    while 1 < at < COUNT and progress.stops[at - 1].missing and not progress.courses[at - 1]:
        at += way
    return min(max(at, 1), COUNT)
