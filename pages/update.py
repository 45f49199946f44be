"""Weight update: W, its step and the new W, what the step was predicted to bring, and what it brought."""

from ui.draw.prose import page_heading
from ui.state.settings import current_settings
from ui.views.update.sections import cost_and_outputs, layer_updates, verdict_and_buttons

settings = current_settings()
page_heading(
    "Weight update",
    "One step against the gradient. Compare the cost curve with its tangent: the gradient promises no more "
    "than the tangent, and the two part as η grows.",
)
verdict_and_buttons(settings)
cost_and_outputs(settings)
layer_updates(settings)
