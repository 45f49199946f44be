"""Walkthrough: the stage, the same as a file, and where its steps are taken apart."""

from ui.export.walkthrough import standalone_html
from ui.state.settings import current_settings
from ui.views.walkthrough.component import show_stop, stage, stage_footer

settings = current_settings()
stage(settings)
show_stop(settings)
stage_footer(settings, lambda: standalone_html(settings))
