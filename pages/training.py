"""Training: gradient descent on all flowers or on all that is given, every epoch to look back at."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.training.controls import training_controls, training_lead
from ui.views.training.film import film
from ui.views.training.split import data_section

settings = current_settings()
page_heading(TITLES["training"], training_lead(settings))
film(settings, training_controls(settings))
data_section(settings.plan)
