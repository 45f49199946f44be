"""Chain-rule lab: iris trained by the right chain rule and by wrong ones, from several seeds."""

from ui.draw.prose import page_heading
from ui.state.settings import current_settings
from ui.views.lab.choice import choose_lab
from ui.views.lab.sections import lab_sections

settings = current_settings()
page_heading(
    "Chain-rule lab",
    "Train iris by the right chain rule and by wrong ones: predict their order, then run. The dangerous "
    "mistake is the one that still learns. Its curve looks fine; a gradient check catches it at once.",
)
lab_sections(choose_lab(settings))
