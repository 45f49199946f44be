"""The stage: one recorded training step, stepped through in the browser without a server message."""

from ui.stage.component import stage, stage_footer
from ui.stage.payload import stage_payload
from ui.stage.steps import TimelineStep, find_step, timeline

__all__ = ["TimelineStep", "find_step", "stage", "stage_footer", "stage_payload", "timeline"]
