"""The reader's place in the pass, kept by its meaning when the network changes: ∂C/∂a¹ stays ∂C/∂a¹."""

import streamlit as st

from backprop import MLPConfig
from ui.names.timeline import TimelineStep, find_step, timeline
from ui.state.address import asked, put

_PLACE = "place"


def keep_place(config: MLPConfig) -> None:
    """Move the step if the reader has changed the network since the last run; a link asks for both."""
    position = int(asked("step") or 0)
    last = st.session_state.get(_PLACE)
    if last is not None and last[0] != config and last[1] == position:
        position = same_place(last[0], config, position)
        put("step", position or None)
    st.session_state[_PLACE] = (config, position)


def same_place(old: MLPConfig, new: MLPConfig, position: int) -> int:
    """The step of the new network's timeline that means what this one of the old network's means.

    The output layer stays the output layer; of hidden layers that are not there any more, the last is taken,
    or the output layer where there is none. What only biases have is found at the weights.
    """
    stops = timeline(old)
    stop = stops[min(position, len(stops) - 1)]
    layer = new.depth if stop.layer == old.depth else min(stop.layer, new.depth - 1) or new.depth
    step_id = _id_in_layer(stop, layer)
    known = {step.id for step in timeline(new)}
    return find_step(new, step_id if step_id in known else f"{layer}.V")


def _id_in_layer(stop: TimelineStep, layer: int) -> str:
    return stop.id if stop.id in ("x", "C", "after") else stop.id.replace(str(stop.layer), str(layer), 1)
