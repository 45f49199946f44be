"""Walkthrough: the stage, the same as a file, and where its steps are taken apart."""

from ui.settings import current_settings
from ui.stage.component import stage, stage_footer

settings = current_settings()
stage(settings)
stage_footer(settings)
