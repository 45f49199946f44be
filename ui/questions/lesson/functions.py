"""Stops 1 to 3: a function of t by one path, by two, and as a row times a column."""

from collections.abc import Callable

from backprop.total_derivative import TotalDerivative, evaluate
from ui.questions.chain import chain_question
from ui.questions.lesson.building import Stop, choice
from ui.questions.tasks import Exercise
from ui.questions.words import lesson as words
from ui.state.settings import Settings

AT = 1.0
"""The t of the first stops, where their parameter begins."""

ONE_PATH = (("sin", ("t2",)), ("square", ("decay",)))
TWO_PATHS = (("2xy3", ("t2", "sin")), ("product", ("t2", "decay")))
"""The functions of stops 1 and 2, and those that come back."""


def example(number: int, variant: int) -> TotalDerivative:
    """The function of stop 1 or 2 at its t."""
    outer, inners = (ONE_PATH, TWO_PATHS)[number - 1][variant]
    return evaluate(outer, inners, AT)


def chain(number: int) -> Callable[[Settings, int], Exercise]:
    """df/dt of stop 1 or 2."""

    def build(_: Settings, variant: int) -> Exercise:
        result = example(number, variant)
        link = ("total_derivative", ()) if number == 2 and not variant else None
        return Exercise(
            f"{number}a", chain_question(result), ("t", (number, variant)), float(result.numeric), link
        )

    return build


def one_path(settings: Settings) -> Stop:
    """Stop 1."""
    return Stop(1, (chain(1)(settings, 0),), words.SAY_ONE_PATH)


def two_paths(settings: Settings) -> Stop:
    """Stop 2."""
    return Stop(2, (chain(2)(settings, 0),), words.SAY_TWO_PATHS)


def row_times_column(settings: Settings) -> Stop:
    """Stop 3."""
    result = example(2, 0)
    shapes = choice(
        settings,
        words.SHAPE,
        words.SHAPE_RIGHT,
        {
            words.SHAPE_TWO: words.two_numbers(result.terms.tolist(), float(result.numeric)),
            words.SHAPE_ONE: words.SHAPE_ONE_REMARK,
            words.SHAPE_T: words.SHAPE_T_REMARK,
        },
        words.SHAPE_PRINCIPLE,
    )
    reason = choice(
        settings,
        words.REASON,
        words.REASON_RIGHT,
        {
            words.REASON_SMALL: words.REASON_SMALL_REMARK,
            words.REASON_SAME: words.REASON_SAME_REMARK,
            words.REASON_ORDER: words.REASON_ORDER_REMARK,
        },
        words.REASON_PRINCIPLE,
    )
    picture = ("row", ())
    return Stop(
        3, (Exercise("3a", shapes, picture), Exercise("3b", reason, picture)), words.SAY_ROW_TIMES_COLUMN
    )
