"""Lesson: ten stops from one path to a network not seen before, each with a prediction."""

from ui.state.settings import current_settings
from ui.views.lesson.choice import choose_stop
from ui.views.lesson.sections import lesson

lesson(choose_stop(current_settings()))
