"""The flowers of a batch and what the core says about them. No Streamlit."""

from dataclasses import replace
from random import Random

from backprop.layer_batch import LayerBatch, layer_batch
from ui.caching import kept_by_view
from ui.data import FLOWERS, SPECIES, load_iris
from ui.edits import format_edits, parse_edits
from ui.recording import all_flowers, current_params, observation
from ui.settings import Settings

ALL, RANDOM = "all", "random"
OWN = ("x", "y")


def species_of(flower: int) -> int:
    """Number of a flower's species, in the order of SPECIES."""
    return load_iris().species[flower]


def chosen_flowers(kind: str, count: int, draw: int) -> tuple[int, ...]:
    """The flowers of a batch, ascending.

    Args:
        kind: "all", "random" or the name of a species.
        count: how many random ones.
        draw: seed of the random ones; with the same seed a larger batch keeps the flowers of a smaller one.
    """
    if kind == ALL:
        return tuple(range(FLOWERS))
    if kind == RANDOM:
        # random() of the standard library gives the same numbers in every version; sample() need not.
        random = Random(draw)
        shuffled = sorted(range(FLOWERS), key=lambda _: random.random())
        return tuple(sorted(shuffled[:count]))
    return tuple(flower for flower in range(FLOWERS) if SPECIES[species_of(flower)] == kind)


@kept_by_view()
def batch_of(settings: Settings, flowers: tuple[int, ...], layer: int) -> LayerBatch:
    """One layer of the batch, with the current weights; edits of x and y belong to the sidebar's flower."""
    rows = list(flowers)
    X, Y = (array[rows] for array in all_flowers(settings))
    if settings.flower in flowers:
        row = flowers.index(settings.flower)
        X[row], Y[row] = observation(settings)
    return layer_batch(settings.config, current_params(settings), X, Y, layer)


def edits_of_observation(settings: Settings) -> bool:
    """Whether x or y of the sidebar's flower have been edited."""
    return any(edit.name in OWN for edit in parse_edits(settings.edit))


def with_flower(settings: Settings, flower: int) -> Settings:
    """The settings with this flower; another one leaves behind what belongs to the sidebar's alone."""
    if flower == settings.flower:
        return settings
    kept = (edit for edit in parse_edits(settings.edit) if edit.name not in OWN)
    return replace(settings, flower=flower, taken=0, edit=format_edits(kept))
