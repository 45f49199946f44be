"""Notation: every symbol, the two layouts, where each formula stands, where we differ from the article."""

from ui.draw.prose import page_heading
from ui.state.data import observation_word
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.notation.sections import (
    contents,
    differences_section,
    forms_section,
    glossary_section,
    sources_section,
)
from ui.views.notation.words import page as words

settings = current_settings()
page_heading(TITLES["notation"], words.lead(observation_word(settings.config)))
contents()
glossary_section(settings)
forms_section(settings)
sources_section(settings)
differences_section(settings)
