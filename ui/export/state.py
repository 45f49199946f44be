"""What a view shows, in a sentence, and the name of a file made from it."""

from ui.export import words
from ui.state.captions import describe_inputs, edits_note, standardised
from ui.state.parameters import TEXTBOOK
from ui.state.settings import Settings

MOST_LISTED = 12


def describe_state(settings: Settings) -> tuple[str, ...]:
    """The observation, the network with η, where its parameters come from, what was edited: one text each."""
    network = words.network(settings.config, settings.learning_rate)
    said = _observation(settings), network, _parameters(settings)
    return (*said, edits_note(settings, MOST_LISTED)) if settings.edit else said


def _observation(settings: Settings) -> str:
    said, what = describe_inputs(settings), standardised(settings)
    return f"{said}; {words.standardised(what, settings.is_trained)}" if what else said


def _parameters(settings: Settings) -> str:
    said = _given_parameters(settings) if settings.has_given_params else words.parameters(settings.seed)
    if settings.is_trained:
        said += words.after_training(
            settings.epoch, None if settings.given else settings.split, settings.plan.batch_size
        )
    return said + words.after_steps(settings.taken) if settings.taken else said


def _given_parameters(settings: Settings) -> str:
    if settings.data == TEXTBOOK:
        return words.TEXTBOOK_PARAMETERS
    given = settings.given and settings.given.params
    return words.given_parameters(has_zeros=bool(given and not given.biases) and settings.config.has_biases)
