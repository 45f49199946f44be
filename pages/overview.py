"""Overview: what this is, the network on one flower, the thesis in one picture, the map of the pass."""

from ui.data import observation_word
from ui.overview import map_and_beginnings, network_picture, opening, thesis_picture
from ui.settings import current_settings

settings = current_settings()
opening(
    settings,
    "Backpropagation, every path of it",
    f"One training step of a small neural network on one {observation_word(settings.config)}, every number "
    "shown. Where a value has one path to the cost, the single-variable chain rule will do; where it has "
    "several, you need their sum, the total derivative.",
)
network_picture(settings)
thesis_picture(settings)
map_and_beginnings(settings)
