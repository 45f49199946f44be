"""Where the numbers of a view come from, which its recorded step does not know."""

from dataclasses import dataclass

from ui.state.captions import edited_names, edits_note, typed_entries, typed_note
from ui.state.data import load_iris
from ui.state.parameters import IRIS, OWN
from ui.state.presets import PRESETS
from ui.state.settings import Settings
from ui.state.training_runs import split_iris
from ui.steps.words import forward as words

Column = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What was measured, and what the reader has put in.

    Attributes:
        measured: centimetres of the flower; None where the reader typed x instead. Empty where nothing of x
            is measured: numbers of a book or one's own, and where all of x is typed.
        mean, deviation: of that measurement over the flowers of `scale`; None and empty alike.
        scale: whose mean it is: "all 150 flowers".
        whose: in a sentence, whose inputs are not measured: "your example".
        inputs: which inputs are: "x₁ as typed"; empty if none.
        targets: which targets are: "y₂ as typed"; empty if none.
        parameters: the edits, where a weight or a bias is among them: "Edited: w¹₂₃ = 0.5".
    """

    measured: Column
    mean: Column
    deviation: Column
    scale: str
    whose: str
    inputs: str
    targets: str
    parameters: str


def given_of(settings: Settings) -> Given:
    """Where the numbers of these settings come from."""
    names = edited_names(settings)
    typed = typed_entries(settings, "x")
    iris = load_iris()
    centimetres = iris.centimetres[settings.flower]
    if settings.is_trained:
        split = split_iris(settings.split)
        mean, deviation = split.mean, split.deviation
        scale = words.over_the_training(len(split.training))
    else:
        mean, deviation = iris.centimetres.mean(axis=0), iris.centimetres.std(axis=0)
        scale = words.over_all(len(iris.species))
    is_any_measured = settings.data == IRIS and len(typed) < len(centimetres)

    def column(values: list[float]) -> Column:
        shown = tuple(None if place in typed else value for place, value in enumerate(values))
        return shown if is_any_measured else ()

    return Given(
        measured=column(centimetres.tolist()),
        mean=column(mean.tolist()),
        deviation=column(deviation.tolist()),
        scale=scale,
        whose=_whose(settings),
        inputs=typed_note(settings, "x"),
        targets=typed_note(settings, "y"),
        parameters="" if names <= {"x", "y"} else edits_note(settings),
    )


def _whose(settings: Settings) -> str:
    """Whose inputs those are that are no flower's."""
    if settings.data != OWN or settings.given is None:
        return words.OF_THE_TEXTBOOK
    is_from_book = any(preset.source and preset.settings.own == settings.own for preset in PRESETS)
    return words.of_an_example(settings.row + 1, len(settings.given.X), is_from_book)
