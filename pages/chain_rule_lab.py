"""Chain-rule lab: a network trained by the right chain rule and by wrong ones, from several seeds."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.lab.choice import choose_lab
from ui.views.lab.sections import lab_sections
from ui.views.lab.words import page as words

settings = current_settings()
page_heading(TITLES["chain_rule_lab"], words.lead(len(settings.given.X) if settings.given else 0))
lab_sections(choose_lab(settings))
