"""Derivative paths: every route from one hidden activation to the cost, and experiments on them."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.paths.choice import choose_paths
from ui.views.paths.sections import (
    has_sum,
    lead,
    nudge_section,
    other_units_section,
    paths_section,
    update_section,
)

settings = current_settings()
page_heading(TITLES["paths"], lead(settings))
if has_sum(settings):
    choice = choose_paths(settings)
    paths_section(choice)
    update_section(choice)
    nudge_section(choice)
    other_units_section(choice)
