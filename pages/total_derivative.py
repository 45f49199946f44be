"""Total derivative: one variable t, several paths to f, and what a rule that knows one path gets wrong."""

from ui.draw.prose import page_heading
from ui.state.settings import current_settings
from ui.views.total_derivative.sections import experiment, preset_links

page_heading(
    "Total derivative",
    "Slide t. Every path from t to f gives one product, and the slope of f is their sum. Where several carry "
    "something, one alone is usually a wrong tangent.",
)
preset_links(current_settings())
experiment()
