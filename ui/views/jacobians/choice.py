"""Which Jacobian the reader looks at, and which block of it."""

from backprop import TrainingStep, VJPStep
from ui.state.choices import ask, numbers
from ui.views.jacobians.matrices import fits_all_blocks
from ui.views.jacobians.rules import default_key, key_of


def chosen_jacobian(step: TrainingStep) -> VJPStep:
    """The Jacobian that the URL asks for; a notice and the default where this network has no such one."""
    keys = {key_of(vjp_step): vjp_step for vjp_step in step.vjp_steps}
    return keys[ask("jacobian", options=tuple(keys), default=default_key(step))]


def chosen_block(chosen: VJPStep) -> int:
    """Which block of a 3-index Jacobian is shown, 0-based; where all fit there is nothing to choose."""
    if fits_all_blocks(chosen):
        return 0
    count = len(chosen.jacobian)
    return int(ask("block", options=numbers(count), among=f"a number from 1 to {count}")) - 1
