"""The recorded training step again, with paths left out. No Streamlit."""

from backprop import TrainingStep
from backprop.paths import knock_out_mask, single_path_mask, step_with_paths
from ui.caching import LARGE, USUAL, kept_by_view
from ui.paths.choice import PathChoice
from ui.recording import recorded_step
from ui.settings import Settings


@kept_by_view(2 * USUAL, 2 * LARGE)  # the reader's and the single path's
def knocked_out_step(choice: PathChoice) -> TrainingStep:
    """The training step without the knocked-out paths."""
    step = recorded_step(choice.settings)
    if not choice.dropped:
        return step
    mask = knock_out_mask(step.config, choice.layer, choice.unit, choice.dropped)
    return step_with_paths(step, mask)


@kept_by_view()
def single_path_step(settings: Settings, layer: int) -> TrainingStep:
    """The training step in which every unit of the layer keeps path ① alone."""
    step = recorded_step(settings)
    return step_with_paths(step, single_path_mask(step.config, layer))
