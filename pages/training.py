"""Training: gradient descent on the iris flowers, and every epoch of it to look back at."""

from ui.draw.prose import page_heading
from ui.state.settings import current_settings
from ui.views.training import film, split_section, training_controls, training_lead

settings = current_settings()
page_heading("Training", training_lead(settings))
film(settings, training_controls(settings))
split_section(settings.split)
