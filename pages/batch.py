"""Batch: the observations' gradients, their mean, and which index each matrix product sums."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.batch.choice import choose_batch
from ui.views.batch.sections import batch_sections, has_batch, lead

settings = current_settings()
page_heading(TITLES["batch"], lead(settings))
if has_batch(settings):
    batch_sections(choose_batch(settings))
