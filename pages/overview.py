"""Overview: what this is, the network on one flower, the thesis in one picture, the map of the pass."""

from ui.state.settings import current_settings
from ui.views.overview.sections import map_and_beginnings, network_picture, opening, thesis_picture

settings = current_settings()
opening(settings)
network_picture(settings)
thesis_picture(settings)
map_and_beginnings(settings)
