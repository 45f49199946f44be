"""The walkthrough as one HTML file: same modules, same payload, no server and no network."""

from html import escape
from pathlib import Path

from ui.draw.bundle import bundle
from ui.draw.library import TOKENS
from ui.export import words
from ui.export.state import describe_state
from ui.questions.quiz import stage_questions
from ui.state.cache import kept
from ui.state.settings import Settings
from ui.steps.payload import stage_payload

_FOLDER = Path(__file__).parents[1] / "views" / "walkthrough" / "js"
_STYLES = (TOKENS, TOKENS.with_name("draw.css"), _FOLDER / "stage.css")


def standalone_html(settings: Settings) -> str:
    """The file's text; its fragment can say the step it opens at, and to ask first: #step=13&quiz=1."""
    return _text(_FOLDER / "standalone.html").format(
        title=escape(_title(settings)),
        css="".join(map(_text, _STYLES)),
        js=bundle(_FOLDER / "standalone.js"),
        payload=_in_script(kept(stage_payload, settings)),
        questions=_in_script(kept(stage_questions, settings)),
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _in_script(json_text: str) -> str:
    # "</" would end the script element; in JSON "<\/" is the same text.
    return json_text.replace("</", "<\\/")


def _title(settings: Settings) -> str:
    return ". ".join((words.STEP_BY_STEP, *describe_state(settings)))
