"""Batch: the flowers' gradients, their mean, and which index each matrix product sums."""

from ui.batch.choice import choose_batch
from ui.batch.sections import batch_sections, has_flowers
from ui.chrome import page_heading
from ui.settings import current_settings

settings = current_settings()
page_heading(
    "Batch",
    "The same D in two matrix products: left you add down the flowers, right across the units. Only the "
    "right sum is the total derivative. Choose a cell.",
)
if has_flowers(settings):
    batch_sections(choose_batch(settings))
