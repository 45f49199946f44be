"""Practice: predict the number that is about to appear, then see it."""

import streamlit as st

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.practice import words
from ui.views.practice.choice import choose_question
from ui.views.practice.sections import question_section

settings = current_settings()
page_heading(TITLES["practice"], words.LEAD)
# Laid out by app.css: every column would be a message more.
with st.container(key="practice", horizontal=True):
    question_section(choose_question(settings))
