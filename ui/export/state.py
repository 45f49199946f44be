"""What a view shows, in a sentence, and the name of a file made from it."""

from ui import textbook
from ui.captions import describe_inputs, edits_note, standardised
from ui.numbers import as_typed, counted
from ui.settings import COST_NAMES, DEFAULTS, TEXTBOOK, Settings, number_text

MOST_LISTED = 12


def describe_state(settings: Settings) -> tuple[str, ...]:
    """The observation, the network with η, where its parameters come from, what was edited: one text each."""
    said = _observation(settings), _network(settings), _parameters(settings)
    return (*said, edits_note(settings, MOST_LISTED)) if settings.edit else said


def file_name(settings: Settings, what: str, ending: str = "", data_name: str = "") -> str:
    """Such as worksheet-flower83-seed41-5-relu-softmax-eta0.1-epoch9-taken3.html; of every file we offer.

    Args:
        settings: of the view.
        what: the file is.
        ending: without its dot; none where who saves the file puts it there.
        data_name: in place of the flower, where the file is not about that one.
    """
    own = "textbook" if settings.data == TEXTBOOK else f"flower{settings.flower}"
    data = [data_name or own]
    if not _has_textbook_params(settings):
        data.append(f"seed{settings.seed}")
    hidden = "-".join(map(str, settings.hidden))
    trained = settings.is_trained
    more = {
        f"epoch{settings.epoch}": trained,
        f"split{settings.split}": trained and settings.split != DEFAULTS["split"],
        f"batch{settings.batch}": trained and settings.batch != DEFAULTS["batch"],
        f"taken{settings.taken}": bool(settings.taken),
        "edited": bool(settings.edit),
    }
    network = [hidden, settings.activation, settings.output, f"eta{number_text(settings.learning_rate)}"]
    name = "-".join([what, *data, *network, *(part for part, is_told in more.items() if is_told)])
    return f"{name}.{ending}" if ending else name


def _observation(settings: Settings) -> str:
    said, what = describe_inputs(settings), standardised(settings)
    scale = "over the flowers of the training" if settings.is_trained else "over all 150 flowers"
    return f"{said}; {what} is standardised {scale}" if what else said


def _network(settings: Settings) -> str:
    config = settings.config
    sizes = "-".join(map(str, config.layer_sizes))
    return (
        f"Network {sizes}: {config.hidden_activation} hidden units, {config.output_activation} outputs, "
        f"{COST_NAMES[config.loss]} cost; learning rate η = {as_typed(settings.learning_rate)}"
    )


def _parameters(settings: Settings) -> str:
    if _has_textbook_params(settings):
        start = "Parameters: the textbook's"
    else:
        start = f"Parameters: initial ones of seed {settings.seed}"
    if settings.is_trained:
        start += f", after {counted(settings.epoch, 'epoch')} of training"
        start += f" (split {settings.split}, batch size {settings.batch})"
    if settings.taken:
        start += f", then {counted(settings.taken, 'update step')} on this observation"
    return start


def _has_textbook_params(settings: Settings) -> bool:
    return settings.data == TEXTBOOK and settings.hidden == textbook.HIDDEN
