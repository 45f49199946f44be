"""What a view shows, in a sentence, and the name of a file made from it."""

from ui.names.numbers import as_typed, counted
from ui.state.captions import describe_inputs, edits_note, has_textbook_params, standardised
from ui.state.settings import Settings

MOST_LISTED = 12


def describe_state(settings: Settings) -> tuple[str, ...]:
    """The observation, the network with η, where its parameters come from, what was edited: one text each."""
    said = _observation(settings), _network(settings), _parameters(settings)
    return (*said, edits_note(settings, MOST_LISTED)) if settings.edit else said


def _observation(settings: Settings) -> str:
    said, what = describe_inputs(settings), standardised(settings)
    scale = "over the flowers of the training" if settings.is_trained else "over all 150 flowers"
    return f"{said}; {what} is standardised {scale}" if what else said


def _network(settings: Settings) -> str:
    config = settings.config
    sizes = "-".join(map(str, config.layer_sizes))
    return (
        f"Network {sizes}: {config.hidden_activation} hidden units, {config.output_activation} outputs, "
        f"{config.cost.label} cost; learning rate η = {as_typed(settings.learning_rate)}"
    )


def _parameters(settings: Settings) -> str:
    if has_textbook_params(settings):
        start = "Parameters: the textbook's"
    else:
        start = f"Parameters: initial ones of seed {settings.seed}"
    if settings.is_trained:
        start += f", after {counted(settings.epoch, 'epoch')} of training"
        start += f" (split {settings.split}, batch size {settings.batch})"
    if settings.taken:
        start += f", then {counted(settings.taken, 'update step')} on this observation"
    return start
