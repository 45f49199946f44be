"""Jacobians: every Jacobian of the recorded step, and full route against shortcut."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.recording import recorded_step
from ui.state.settings import current_settings
from ui.views.jacobians import words
from ui.views.jacobians.choice import chosen_block, chosen_jacobian
from ui.views.jacobians.sections import large_jacobian, pictures, routes_section, strip

settings = current_settings()
page_heading(TITLES["jacobians"], words.LEAD)
chosen = chosen_jacobian(recorded_step(settings))
block = chosen_block(chosen)
strip(settings, chosen)
large_jacobian(settings, chosen, block)
routes_section(settings, chosen)
pictures(settings, chosen, block)
