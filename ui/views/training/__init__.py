"""The training page: a job a session, and its epochs as a film."""

from ui.views.training.controls import training_controls, training_lead
from ui.views.training.film import film
from ui.views.training.split import split_section

__all__ = ["film", "split_section", "training_controls", "training_lead"]
