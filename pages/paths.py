"""Derivative paths: every route from one hidden activation to the cost, and experiments on them."""

from ui.chrome import page_heading
from ui.paths.choice import choose_paths
from ui.paths.sections import (
    ledger_section,
    nudge_section,
    other_units_section,
    units_section,
    update_section,
)
from ui.settings import current_settings

settings = current_settings()
page_heading(
    "Derivative paths",
    "A hidden unit reaches the cost through every unit of the next layer: one path a row. Their sum is its "
    "derivative; a dashed line marks the slope measured by differences, where it can be judged.",
)
choice = choose_paths(settings)
ledger_section(choice)
update_section(choice)
units_section(choice)
nudge_section(choice)
other_units_section(choice)
