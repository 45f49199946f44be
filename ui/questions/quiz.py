"""The questions of the stage's quiz: for each step the number to guess before it is shown."""

import json

from ui.names.timeline import timeline
from ui.questions.questions import question_for
from ui.state.recording import recorded_step
from ui.state.settings import Settings

QUIZ_KEY = "quiz"
"""Parameter of the address: quiz=1 asks before it shows."""


def stage_questions(settings: Settings) -> str:
    """A list as JSON: for each step of the timeline its question, null where there is nothing to ask."""
    step = recorded_step(settings)
    asked = [question_for(step, stop) for stop in timeline(step.config)]
    return json.dumps(
        [question and question.payload() for question in asked],
        allow_nan=False,
        ensure_ascii=False,
        separators=(",", ":"),
    )
