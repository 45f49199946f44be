"""Walkthrough: the stage, and the same as a file."""

from ui.settings import current_settings
from ui.stage import download_button, stage

settings = current_settings()
stage(settings)
download_button(settings)
