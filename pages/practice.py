"""Practice: predict the number that is about to appear, then see it; or check a solution of one's own."""

import streamlit as st

from ui.draw.prose import page_heading, page_link
from ui.state.choices import ask
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.practice import words
from ui.views.practice.checked import check_section
from ui.views.practice.choice import SequenceEnd, choose_question
from ui.views.practice.end import end_section
from ui.views.practice.sections import question_section

settings = current_settings()
if ask("check") == "1":
    to_questions = page_link(words.TO_QUESTIONS, settings.link("practice"))
    page_heading(words.CHECK, words.CHECK_LEAD, to_questions)
    check_section(settings)
else:
    to_check = page_link(words.TO_CHECK, settings.link("practice", check=1))
    page_heading(TITLES["practice"], words.LEAD, to_check)
    # Laid out by app.css: every column would be a message more.
    with st.container(key="practice", horizontal=True):
        chosen = choose_question(settings)
        if isinstance(chosen, SequenceEnd):
            end_section(chosen)
        else:
            question_section(chosen)
