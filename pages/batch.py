"""Batch: the flowers' gradients, their mean, and which index each matrix product sums."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.batch import words
from ui.views.batch.choice import choose_batch
from ui.views.batch.sections import batch_sections, has_flowers

settings = current_settings()
page_heading(TITLES["batch"], words.LEAD)
if has_flowers(settings):
    batch_sections(choose_batch(settings))
