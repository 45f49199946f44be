"""Overview: what this is, the network on one flower, one unit's paths and their sum, the map."""

from ui.state.settings import current_settings
from ui.views.overview.sections import map_and_beginnings, opening, paths_through_the_network

settings = current_settings()
opening(settings)
paths_through_the_network(settings)
map_and_beginnings(settings)
