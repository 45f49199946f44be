import numpy as np
import pytest

from backprop import Params, TrainingStep
from tests.backprop.networks import FIGURE_1, random_batch, random_params, random_step


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def params(rng) -> Params:
    """Of figure 1's network."""
    return random_params(FIGURE_1, rng)


@pytest.fixture
def batch(rng) -> tuple[np.ndarray, np.ndarray]:
    """Seven observations for figure 1's network."""
    return random_batch(FIGURE_1, rng, 7)


@pytest.fixture
def step() -> TrainingStep:
    """A step of figure 1's network."""
    return random_step(FIGURE_1)
