"""Weight update: W, its step and the new W, what the step was predicted to bring, and what it brought."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.update.sections import buttons, experiment
from ui.views.update.words import page as words

settings = current_settings()
page_heading(TITLES["update"], words.LEAD)
buttons(settings)
experiment(settings)
