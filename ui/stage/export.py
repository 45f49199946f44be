"""The walkthrough as one HTML file: same modules, same payload, no server and no network."""

from html import escape

from ui.data import describe_flower
from ui.settings import COST_NAMES, Settings
from ui.stage.bundle import asset, bundle
from ui.stage.payload import stage_payload


def standalone_html(settings: Settings) -> str:
    """The file's text; the step it opens at can be given as its fragment, #step=13."""
    # "</" would end the script element that holds the payload; in JSON "<\/" is the same text.
    payload = stage_payload(settings).replace("</", "<\\/")
    return asset("standalone.html").format(
        title=escape(_title(settings)), css=asset("stage.css"), js=bundle("standalone"), payload=payload
    )


def file_name(settings: Settings) -> str:
    """Such as walkthrough-flower83-seed41-5-relu-softmax.html."""
    hidden = "-".join(map(str, settings.hidden))
    return (
        f"walkthrough-flower{settings.flower}-seed{settings.seed}-{hidden}-"
        f"{settings.activation}-{settings.output}.html"
    )


def _title(settings: Settings) -> str:
    config = settings.config
    sizes = "-".join(map(str, config.layer_sizes))
    return (
        f"Backpropagation step by step. {describe_flower(settings.flower)}. Network {sizes}, "
        f"{config.hidden_activation}, {config.output_activation}, {COST_NAMES[config.loss]}, "
        f"seed {settings.seed}, η = {settings.learning_rate:g}"
    )
