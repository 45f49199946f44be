"""What a view shows, in a sentence, and the name of a file made from it."""

from ui import textbook
from ui.data import describe_flower
from ui.settings import COST_NAMES, TEXTBOOK, Settings


def describe_state(settings: Settings) -> tuple[str, ...]:
    """The observation, the network, where its parameters come from, and η: one text each."""
    return _observation(settings), _network(settings), _parameters(settings)


def file_name(settings: Settings, what: str, ending: str) -> str:
    """Such as worksheet-flower83-seed41-5-relu-softmax-taken3.html."""
    data = ["textbook"] if settings.data == TEXTBOOK else [f"flower{settings.flower}"]
    if not _has_textbook_params(settings):
        data.append(f"seed{settings.seed}")
    hidden = "-".join(map(str, settings.hidden))
    more = {
        f"epoch{settings.epoch}": settings.is_trained,
        f"taken{settings.taken}": bool(settings.taken),
        "edited": bool(settings.edit),
    }
    parts = [what, *data, hidden, settings.activation, settings.output, *(k for k, v in more.items() if v)]
    return f"{'-'.join(parts)}.{ending}"


def _observation(settings: Settings) -> str:
    if settings.data == TEXTBOOK:
        return "The textbook's observation, with 2 inputs and 2 outputs"
    scale = "over the flowers of the training" if settings.is_trained else "over all 150 flowers"
    return f"{describe_flower(settings.flower)}; x is standardised {scale}"


def _network(settings: Settings) -> str:
    config = settings.config
    sizes = "-".join(map(str, config.layer_sizes))
    return (
        f"Network {sizes}: {config.hidden_activation} hidden units, {config.output_activation} outputs, "
        f"{COST_NAMES[config.loss]} cost; learning rate η = {settings.learning_rate!r}"
    )


def _parameters(settings: Settings) -> str:
    if _has_textbook_params(settings):
        start = "Parameters: the textbook's"
    else:
        start = f"Parameters: initial ones of seed {settings.seed}"
    if settings.is_trained:
        start += f", after {_count(settings.epoch, 'epoch')} of training"
        start += f" (split {settings.split}, batch size {settings.batch})"
    if settings.taken:
        start += f", then {_count(settings.taken, 'update step')} on this observation"
    return f"{start}; some numbers are edited" if settings.edit else start


def _has_textbook_params(settings: Settings) -> bool:
    return settings.data == TEXTBOOK and settings.hidden == textbook.HIDDEN


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
