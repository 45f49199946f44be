"""Overview: what this is, the network on one flower, the thesis in one picture, the map of the pass."""

from ui.state.captions import word_for
from ui.state.settings import current_settings
from ui.views.overview.sections import map_and_beginnings, network_picture, opening, thesis_picture

settings = current_settings()
opening(
    settings,
    "Backpropagation, every path of it",
    f"One training step of a small neural network on one {word_for(settings)}, every number "
    "shown. Where a value has one path to the cost, the single-variable chain rule will do; where it has "
    "several, you need their sum, the total derivative.",
)
network_picture(settings)
thesis_picture(settings)
map_and_beginnings(settings)
