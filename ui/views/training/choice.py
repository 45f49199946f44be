"""What the reader of the page sets: how far to train, and the plane of the decision regions."""

from ui.state.choices import menu, whole_number
from ui.state.settings import MAX_EPOCHS
from ui.views.training import words
from ui.views.training.views import DEFAULT_PLANE, PLANES

DEFAULT_EPOCHS = 100


def choose_epochs() -> int:
    """The number of epochs to train for, in the URL."""
    return whole_number("Epochs", "epochs", 1, MAX_EPOCHS, DEFAULT_EPOCHS, words.EPOCHS, step=50, width=150)


def choose_plane() -> str:
    """The plane on which decision regions are drawn, in the URL."""
    return menu(
        "Decision regions over", "plane", tuple(PLANES), DEFAULT_PLANE, name="Decision regions", width=280
    )
