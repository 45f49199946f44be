"""Notation: every symbol, the two layouts, where each formula stands, where we differ from the article."""

from ui.draw.prose import page_heading
from ui.state.data import observation_word
from ui.state.settings import current_settings
from ui.views.notation.sections import (
    contents,
    differences_section,
    forms_section,
    glossary_section,
    sources_section,
)

settings = current_settings()
page_heading(
    "Notation",
    "Look up a symbol, translate a step between indices, vectors and code, or find it in the papers. All "
    f"shapes and numbers are those of the network and {observation_word(settings.config)} in the sidebar.",
)
contents()
glossary_section(settings)
forms_section(settings)
sources_section(settings)
differences_section(settings)
