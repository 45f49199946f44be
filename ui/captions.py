"""What the shown observation is called, with the numbers that the reader has put in. No Streamlit."""

from ui.data import describe_flower
from ui.edits import parse_edits
from ui.numbers import as_typed
from ui.recording import observation
from ui.settings import IRIS, Settings
from ui.stage.names import entry_symbol

MOST_LISTED = 4


def describe_observation(settings: Settings) -> str:
    """Such as "Flower 70, versicolor: sepal 5.9 × 3.2 cm, petal 4.8 × 1.8 cm. Edited: x₁ = −1.2"."""
    if settings.data == IRIS:
        said = describe_flower(settings.flower)
    else:
        x, y = (", ".join(as_typed(value) for value in array.tolist()) for array in observation(settings))
        said = f"Textbook example: x = ({x}), targets y = ({y})"
    return f"{said}. Edited: {list_edits(settings)}" if settings.edit else said


def list_edits(settings: Settings) -> str:
    """The first few edits: "w¹₂₃ = 0.5, x₁ = −1.2 and 3 more"."""
    edits = parse_edits(settings.edit)
    shown = ", ".join(
        f"{entry_symbol(edit.name, edit.index)} = {as_typed(edit.value)}" for edit in edits[:MOST_LISTED]
    )
    more = len(edits) - MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown
