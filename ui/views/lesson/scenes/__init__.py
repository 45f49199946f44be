"""The scene beside each exercise, before its answer is there and with it."""

from collections.abc import Callable

from backprop import TrainingStep
from ui.draw.packing import written
from ui.draw.scenes import Part, Scene
from ui.questions.lesson.own import own_step
from ui.questions.tasks import Exercise
from ui.state.cache import kept
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.lesson.scenes.batch import batch
from ui.views.lesson.scenes.functions import along_t, row_times_column
from ui.views.lesson.scenes.hidden import knock_out, paths
from ui.views.lesson.scenes.output import delta, forward, jacobian
from ui.views.lesson.scenes.own import own
from ui.views.lesson.scenes.parts import question_of
from ui.views.lesson.scenes.step import gradient, new_weight, off, promised


def scene_of(
    settings: Settings, exercise: Exercise, is_shown: bool, wrong: float | None, between: float | None
) -> str:
    """The scene as JSON.

    Args:
        settings: of the view.
        exercise: what is asked.
        is_shown: whether its answer is.
        wrong: a wrong number that was answered.
        between: a number that a link asks for and the slider does not have.
    """
    kind, place = exercise.picture
    if kind == "t":
        return kept(along_t, place, is_shown, wrong, between)  # the same for every observation and seed
    if is_shown and is_of_hidden_unit(exercise):
        return knock_out(recorded_step(settings), exercise, between)
    if kind.startswith("own "):
        parts = own(own_step(settings), kind.removeprefix("own "), place, exercise, is_shown)
    elif kind == "row":
        parts = row_times_column(is_shown)
    elif kind == "batch":
        parts = batch(settings, is_shown)
    else:
        parts = _OF_ONE_STEP[kind](recorded_step(settings), exercise, is_shown)
    return written(Scene(None, tuple(parts)))


def is_of_hidden_unit(exercise: Exercise) -> bool:
    """Whether it asks for the sum over paths of stop 7, or shows it."""
    return exercise.key in ("7a", "7ar")


def moves(exercise: Exercise, is_shown: bool) -> tuple[tuple[str, ...], int]:
    """The parameters that the scene moves, and how many products can be taken out of its sum."""
    kind, place = exercise.picture
    if kind == "t":
        paths = place[0]
        return (("t", "drop"), paths) if paths > 1 else (("t",), 0)
    if is_shown and is_of_hidden_unit(exercise):
        return ("eps", "drop"), len(question_of(exercise).problem.terms)
    return (), 0


_OF_ONE_STEP: dict[str, Callable[[TrainingStep, Exercise, bool], list[Part]]] = {
    "pre_activation": forward,
    "jacobian": jacobian,
    "path_sum": lambda step, exercise, is_shown: (
        delta if exercise.picture[1][0] == step.config.depth else paths
    )(step, exercise, is_shown),
    "through_activation": delta,
    "weight_gradient": gradient,
    "new_weight": new_weight,
    "off": off,
    "promise": promised,
}
