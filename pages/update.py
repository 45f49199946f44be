"""Weight update: W, its step and the new W, what the step was predicted to bring, and what it brought."""

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.update import words
from ui.views.update.sections import cost_and_outputs, layer_updates, verdict_and_buttons

settings = current_settings()
page_heading(TITLES["update"], words.LEAD)
verdict_and_buttons(settings)
cost_and_outputs(settings)
layer_updates(settings)
