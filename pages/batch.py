"""Batch: the flowers' gradients, their mean, and which index each matrix product sums."""

from ui.draw.prose import page_heading
from ui.state.settings import current_settings
from ui.views.batch.choice import choose_batch
from ui.views.batch.sections import batch_sections, has_flowers

settings = current_settings()
page_heading(
    "Batch",
    "The same D in two matrix products: left you add down the flowers, right across the units. Only the "
    "right sum is the total derivative. Choose a cell.",
)
if has_flowers(settings):
    batch_sections(choose_batch(settings))
