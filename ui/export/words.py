"""Every sentence of a view's files, one to a line. No HTML; the worksheet has its own."""

from collections.abc import Sequence

from backprop import MLPConfig
from ui.names.numbers import as_typed, counted
from ui.names.words import TITLE

# --- what a view shows -------------------------------------------------------------------------------


def standardised(what: str, is_trained: bool) -> str:
    return f"{what} is standardised over {'the flowers of the training' if is_trained else 'all 150 flowers'}"


def network(config: MLPConfig, rate: float) -> str:
    named = config.hidden_activations
    kinds = named if len(set(named)) > 1 else named[:1]
    units = "units" if sum(config.layer_sizes[1:-1]) > 1 else "unit"
    hidden = f"{' then '.join(kinds)} hidden {units}, " if kinds else ""
    outputs = "outputs" if config.layer_sizes[-1] > 1 else "output"
    biases = {"learned": "", "fixed": ", fixed biases", "none": ", no biases"}[config.bias]
    return f"Network {'-'.join(map(str, config.layer_sizes))}: {hidden}{config.output_activation} {outputs}{biases}, {config.cost.label} cost; learning rate η = {as_typed(rate)}"


TEXTBOOK_PARAMETERS = "Parameters: the textbook's"


def given_parameters(has_zeros: bool) -> str:
    """`has_zeros`: there are biases, and none are given."""
    return "Parameters: weights as given, biases 0" if has_zeros else "Parameters: as given"


def parameters(seed: int) -> str:
    return f"Parameters: initial ones of seed {seed}"


def after_training(epochs: int, split: int | None, batch: int | None) -> str:
    of_split = "" if split is None else f"split {split}, "
    return f", after {counted(epochs, 'epoch')} of training ({of_split}batch size {batch or 'full'})"


def after_steps(taken: int) -> str:
    return f", then {counted(taken, 'update step')} on this observation"


# --- the walkthrough and the notebook ----------------------------------------------------------------

STEP_BY_STEP = "Backpropagation step by step"
RUN_THE_CELLS = "Run the cells from top to bottom; they need NumPy and nothing else. After the two that define the check and what is given, each computes one step of the app's timeline and compares it with the numbers the app showed: no message means they agree. `dC_dz2` is ∂C/∂z², `dz2_da1` the Jacobian ∂z²/∂a¹."
GIVEN = "## What is given\n\nThe observation, its target, and all parameters, with every digit."

CHECK = '''\
import numpy as np


def same(name, computed, shown, scale=0.0, rounding=0.0):
    """Fail unless these are the numbers that the app showed, up to rounding in the last digits."""
    size = max(scale, np.abs(shown).max(initial=0.0))
    np.testing.assert_allclose(
        computed, shown, rtol=1e-9, atol=1e-10 * size + rounding + 1e-300, err_msg=name
    )'''
"""The cell that every comparison needs."""

# In lines of NumPy.
FINITE = "so that ln a and y / a stay finite"
ROWS = "one row for each path"
SUM = "the sum over paths"


def introduction(facts: Sequence[str], link: str) -> str:
    """Markdown; `facts` is what the view shows."""
    items = "\n".join(f"- {text}" for text in [*facts, f"[This view in the app]({link})"])
    return f"# {TITLE}\n\n{items}\n\n{RUN_THE_CELLS}"


def blocks(shape: str, below: str) -> str:
    """Of a Jacobian towards weights that is too large to write out."""
    return f"{shape} entries: block k has {below} in row k, and zeros elsewhere."
