"""Training: gradient descent on all flowers or on all that is given, every epoch to look back at."""

import streamlit as st

from ui.draw.prose import page_heading
from ui.state.pages import TITLES
from ui.state.settings import current_settings
from ui.views.training.controls import training_controls, training_lead
from ui.views.training.film import film
from ui.views.training.split import data_section

settings = current_settings()
heading = st.container()  # says what the controls have brought about
scene = training_controls(settings)
with heading:
    page_heading(TITLES["training"], training_lead(settings))
film(settings, scene)
data_section(settings.plan)
