"""Chain-rule lab: iris trained by the right chain rule and by wrong ones, from several seeds."""

from ui.chrome import page_heading
from ui.lab.choice import choose_lab
from ui.lab.sections import lab_sections
from ui.settings import current_settings

settings = current_settings()
page_heading(
    "Chain-rule lab",
    "Train iris by the right chain rule and by wrong ones: predict their order, then run. The dangerous "
    "mistake is the one that still learns. Its curve looks fine; a gradient check catches it at once.",
)
lab_sections(choose_lab(settings))
