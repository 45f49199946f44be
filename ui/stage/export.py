"""The walkthrough as one HTML file: same modules, same payload, no server and no network."""

from html import escape

# The module and not its function: it imports ui.stage.names, and so this package, itself.
from ui import captions
from ui.settings import COST_NAMES, IRIS, Settings
from ui.stage.bundle import asset, bundle
from ui.stage.payload import stage_payload
from ui.stage.quiz import stage_questions


def standalone_html(settings: Settings) -> str:
    """The file's text; its fragment can say the step it opens at, and to ask first: #step=13&quiz=1."""
    return asset("standalone.html").format(
        title=escape(_title(settings)),
        css=asset("stage.css"),
        js=bundle("standalone"),
        payload=_in_script(stage_payload(settings)),
        questions=_in_script(stage_questions(settings)),
    )


def _in_script(json_text: str) -> str:
    # "</" would end the script element; in JSON "<\/" is the same text.
    return json_text.replace("</", "<\\/")


def file_name(settings: Settings) -> str:
    """Such as walkthrough-flower83-seed41-5-relu-softmax.html, walkthrough-textbook-2-sigmoid-….html."""
    hidden = "-".join(map(str, settings.hidden))
    whose = f"flower{settings.flower}-seed{settings.seed}" if settings.data == IRIS else settings.data
    return (
        f"walkthrough-{whose}-{hidden}-{settings.activation}-{settings.output}"
        f"{'-edited' if settings.edit else ''}.html"
    )


def _title(settings: Settings) -> str:
    config = settings.config
    sizes = "-".join(map(str, config.layer_sizes))
    return (
        f"Backpropagation step by step. {captions.describe_observation(settings)}. Network {sizes}, "
        f"{config.hidden_activation}, {config.output_activation}, {COST_NAMES[config.loss]}, "
        f"seed {settings.seed}, η = {settings.learning_rate:g}"
    )
