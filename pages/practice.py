"""Practice: predict the number that is about to appear, then see it."""

import streamlit as st

from ui.chrome import page_heading
from ui.practice.choice import choose_question
from ui.practice.sections import question_section
from ui.settings import current_settings

settings = current_settings()
page_heading(
    "Practice",
    "Work out the number that is missing, type it, press Enter. If it is wrong, you are told which mistake "
    "gives it.",
)
# Laid out by app.css: every column would be a message more.
with st.container(key="practice", horizontal=True):
    question_section(choose_question(settings))
