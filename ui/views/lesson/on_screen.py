"""Which pictures a stop shows, by what is answered so far."""

from dataclasses import dataclass

from ui.questions.tasks import Course, Exercise, Sentence
from ui.views.lesson.progress import Progress
from ui.views.lesson.scenes import moves


@dataclass(frozen=True, slots=True)
class Picture:
    """One scene.

    Attributes:
        exercise: what it is about.
        is_shown: whether its answer may be seen.
        wrong: the last wrong number.
        key: of its component.
        keys: of the parameters that it moves.
        switches: how many products can be taken out of its sum.
    """

    exercise: Exercise
    is_shown: bool
    wrong: float | None
    key: str
    keys: tuple[str, ...]
    switches: int


def pictures_of(progress: Progress, number: int, is_slide: bool) -> tuple[Picture, ...]:
    """What the exercise shown is about; and what the one before has revealed, if that is another picture."""
    courses, current = progress.courses[number - 1], progress.current(number)
    shown = progress.shown(number, is_slide)
    if shown is None:
        return ()
    over = [each for each in courses if each.is_over]
    drawn = [(_subject(courses, shown), "lesson")]
    if current and over:
        last = _subject(courses, over[-1])
        if last.exercise.picture != drawn[0][0].exercise.picture:
            drawn.insert(0, (last, "lesson_last"))
    return tuple(
        _picture(course, key) for course, key in drawn if not isinstance(course.exercise.asked, Sentence)
    )


def _picture(course: Course, key: str) -> Picture:
    keys, switches = moves(course.exercise, course.is_over)
    return Picture(course.exercise, course.is_over, course.wrong_value, key, keys, switches)


def _subject(courses: tuple[Course, ...], course: Course) -> Course:
    """What the picture is about: a choice beside a number has that one's."""
    if course.exercise.is_number:
        return course
    same = [each for each in courses if each.exercise.picture == course.exercise.picture]
    return next((each for each in same if each.exercise.is_number), course)
