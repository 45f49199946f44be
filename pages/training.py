"""Training: gradient descent on the iris flowers, and every epoch of it to look back at."""

from ui.chrome import page_heading
from ui.settings import current_settings
from ui.training import film, split_section, training_controls

settings = current_settings()
page_heading(
    "Training",
    "Press Start to train the network on 105 flowers. Then drag the slider, or press ← and →, to see what "
    "each epoch changed.",
)
film(settings, training_controls(settings))
split_section(settings.split)
