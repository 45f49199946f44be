"""Total derivative: one variable t, several paths to f, and what a rule that knows one path gets wrong."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.total_derivative import words
from ui.views.total_derivative.sections import experiment, preset_links

page_heading(TITLES["total_derivative"], words.LEAD)
preset_links(current_settings())
experiment()
