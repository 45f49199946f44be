"""The stage: one recorded training step, stepped through in the browser without a server message."""

from ui.stage.component import download_button, stage
from ui.stage.payload import stage_payload
from ui.stage.steps import TimelineStep, find_step, timeline

__all__ = ["TimelineStep", "download_button", "find_step", "stage", "stage_payload", "timeline"]
