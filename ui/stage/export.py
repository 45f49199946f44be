"""The walkthrough as one HTML file: same modules, same payload, no server and no network."""

from html import escape

from ui.export import state
from ui.settings import Settings
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
    """Such as walkthrough-flower83-seed41-5-relu-softmax.html, as the other files of a view are called."""
    return state.file_name(settings, "walkthrough", "html")


def _title(settings: Settings) -> str:
    return ". ".join(("Backpropagation step by step", *state.describe_state(settings)))
