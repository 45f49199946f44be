"""Where the reader is in the lesson, and what was answered so far. All of it in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.state.address import asked
from ui.state.choices import ask, switched_out
from ui.state.given_answers import read_answers
from ui.state.parameters import real
from ui.state.settings import Settings
from ui.views.lesson.on_screen import Picture, pictures_of
from ui.views.lesson.progress import Progress, progress_of


@dataclass(frozen=True, slots=True)
class LessonChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        number: of the stop, from 1.
        progress: what became of everything.
        is_slide: whether it is presented: the reveal waits for the key.
        pictures: what the stop shows.
        between: what a link asks for and a slider does not have: a t, an ε.
    """

    settings: Settings
    number: int
    progress: Progress
    is_slide: bool
    pictures: tuple[Picture, ...]
    between: Mapping[str, float]


def choose_stop(settings: Settings) -> LessonChoice:
    """What the address asks for."""
    number = int(ask("stop"))
    progress = progress_of(settings, read_answers(ask("given")))
    placed = {key: real(key).place(ask(key)) for key in ("t", "eps")}
    between = {key: value for key, value in placed.items() if value not in real(key).positions}
    is_slide = asked("present") == "1"
    pictures = pictures_of(progress, number, is_slide)
    switched_out("drop", max((each.switches for each in pictures), default=0))
    return LessonChoice(settings, number, progress, is_slide, pictures, between)
