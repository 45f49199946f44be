"""The scene of the page: both products of D, a bar a flower, and the outer product of one. No Streamlit."""

from collections.abc import Sequence

from backprop.network import input_of
from backprop.study.layer_batch import LayerBatch
from ui.draw.packing import written
from ui.draw.scenes import (
    Columns,
    Combination,
    Each,
    Number,
    Observations,
    Outer,
    Part,
    Products,
    Scene,
    Sheet,
    Total,
    Words,
)
from ui.names.equations import entry, mathml
from ui.names.equations import symbol as latex
from ui.names.symbols import entries, entry_symbol, symbol
from ui.state.cache import kept
from ui.state.captions import typed_note
from ui.state.choices import numbers
from ui.state.data import FEATURES, SPECIES
from ui.state.settings import Settings
from ui.views.batch import words
from ui.views.batch.choice import columns_of
from ui.views.batch.data import batch_of, cotangents_below, species_of, with_flower

KEYS = ("row", "col", "pick")

FEW, ENDS = 8, 3
"""Up to so many flowers are all written out; of more, so many of either end of the bars."""

NAMED_BARS = 16
"""Up to so many bars have room for a name each."""

MOST_WRITTEN = 16
"""Columns beside each other that have room for their numbers, on the smallest desktop screen."""

MOST_IN_OUTER = 120
"""Outer products of more entries are drawn without numbers."""

MOST_APART = 1e-9
"""Of two ways to the same mean, as a share of the largest derivative, or of 1."""

FLOWER_SUM = r"\frac{dC}{d{W}}[k,j]=\frac{1}{N}\sum_{n} D[n,k]\;A[n,j]"
PATH_SUM = r"\frac{\partial C}{\partial {a}}[j]=\sum_{k} D[n,k]\;{W}[k,j]"


def batch_scene(settings: Settings, flowers: tuple[int, ...], layer: int) -> str:
    """The scene as JSON: all cells and flowers that can be chosen."""
    batch, W = kept(batch_of, settings, flowers, layer), symbol(f"W{layer}")
    units, inputs = batch.weights.shape
    parts: list[Part] = [
        products(settings, batch, flowers, layer),
        columns(settings, batch, flowers, layer),
        Words(words.COLOURS, "caption"),
        *(Words(note) for note in _notes(settings, flowers)),
        Words(words.outer_products(len(flowers), W), "title"),
        Words(words.column_times_row(symbol(f"z{layer}"), symbol(input_of(layer)))),
        outer(batch, flowers, layer),
        check(batch, len(flowers)),
    ]
    options = (numbers(units), columns_of(inputs), [*map(str, flowers)])
    return written(Scene(Combination(KEYS, options), parts))


def products(settings: Settings, batch: LayerBatch, flowers: tuple[int, ...], layer: int) -> Products:
    """Down the flowers, and across the units."""
    below, W, count = symbol(input_of(layer)), symbol(f"W{layer}"), len(flowers)
    derivative = words.of_flower("∂C/∂{0}")
    units, inputs = unit_names(batch, layer), input_names(batch, layer)
    columns, is_written = [*numbers(len(inputs) - 1), "b"], len(units) + 2 * len(inputs) - 1 <= MOST_WRITTEN
    over_units, over_inputs = (units, inputs) if is_written else (numbers(len(units)), [*columns[:-1], "1"])
    down = FLOWER_SUM.replace("{W}", latex(f"W{layer}"))
    across = PATH_SUM.replace("{W}", latex(f"W{layer}")).replace("{a}", entry(input_of(layer)))
    return Products(
        alt=words.matrices(W, below),
        D=Sheet(f"D: ∂C/∂{symbol(f'z{layer}')}", over_units, batch.cotangents, derivative),
        A=Sheet(f"A: {below}, and 1", over_inputs, batch.inputs, words.of_flower("{0}")),
        gradient=Sheet(
            f"dC/d{W} = Dᵀ A / {count}", columns, batch.gradient, "dC/d{0}", _rows(settings, units, layer)
        ),
        W=Sheet(W, columns[:-1], batch.weights, "{0}"),
        through=Sheet(
            f"D W = ∂C/∂{below}", over_inputs[:-1], cotangents_below(batch), words.of_flower("∂C/∂{0}")
        ),
        observations=observations(flowers),
        units=units,
        inputs=inputs,
        unit_notes=_unit_notes(settings, len(units), layer),
        input_notes=_input_notes(len(inputs) - 1, layer),
        weights=weight_names(batch, layer),
        down=Total(words.flowers_summed(count), mathml(down), "dC/d{0}", other=words.OTHERS),
        across=Total(
            words.paths_summed(len(units)),
            mathml(across),
            derivative,
            note=words.TO_X if layer == 1 else "",
            none=words.A_BIAS,
        ),
        more=words.more_flowers(count - 2 * ENDS) if count > FEW else "",
        most=FEW,
        ends=ENDS,
        is_written=is_written,
    )


def columns(settings: Settings, batch: LayerBatch, flowers: tuple[int, ...], layer: int) -> Columns:
    """Which flowers pull a cell up, and which down."""
    cells, inputs = weight_names(batch, layer), batch.gradient.shape[1]
    terms = [batch.observation_terms(*divmod(place, inputs)).tolist() for place in range(batch.gradient.size)]
    means = batch.gradient.ravel().tolist()
    rate = settings.learning_rate
    return Columns(
        D=batch.cotangents,
        A=batch.inputs,
        gradient=batch.gradient,
        titles=Each(map(words.who_pulls, cells)),
        sentences=Each(
            words.pulls(cell, pulls, mean, rate)
            for cell, pulls, mean in zip(cells, terms, means, strict=True)
        ),
        observations=observations(flowers),
        hrefs=[_walkthrough(settings, flower, layer) for flower in flowers],
        mean=words.MEAN_OF_BATCH,
        note=words.A_BAR_OPENS,
        named=NAMED_BARS,
    )


def outer(batch: LayerBatch, flowers: tuple[int, ...], layer: int) -> Outer:
    """∂C/∂z ⊗ (a, 1) of the chosen flower."""
    return Outer(
        title=words.ALONE,
        D=batch.cotangents,
        A=batch.inputs,
        observations=observations(flowers),
        units=unit_names(batch, layer),
        inputs=input_names(batch, layer),
        entry=words.of_flower("∂C/∂{0}"),
        weights=weight_names(batch, layer),
        is_written=batch.gradient.size <= MOST_IN_OUTER,
    )


def check(batch: LayerBatch, flowers: int) -> Words:
    """The mean of single gradients, against one matrix product."""
    difference = batch.difference
    is_right = difference <= MOST_APART * max(1.0, float(abs(batch.gradient).max()))
    rounding = words.ROUNDING if is_right and difference else "."
    number = Number(difference, "cell", "difference", form="short")
    said = f"{'✓' if is_right else '✗'} {words.checked(flowers)}{{0}}{rounding}"
    return Words(said, numbers=(number,))


def observations(flowers: tuple[int, ...]) -> Observations:
    """The flowers of the batch and their species."""
    return Observations([*map(str, flowers)], [*map(species_of, flowers)], SPECIES, words.A_FLOWER)


def unit_names(batch: LayerBatch, layer: int) -> list[str]:
    """z²₁, z²₂, …: one for each row of dC/dW."""
    return entries(f"z{layer}", len(batch.weights))


def input_names(batch: LayerBatch, layer: int) -> list[str]:
    """a¹₁, a¹₂, …, 1: one for each column of A."""
    return [*entries(input_of(layer), batch.weights.shape[1]), "1"]


def weight_names(batch: LayerBatch, layer: int) -> list[str]:
    """Such as w²₂₅, and b²₂ at the end of each row of dC/dW."""
    units, inputs = batch.weights.shape
    return [
        symbol(f"b{layer}", k) if j == inputs else entry_symbol(f"W{layer}", (k, j))
        for k in range(units)
        for j in range(inputs + 1)
    ]


def _rows(settings: Settings, units: Sequence[str], layer: int) -> Sequence[str]:
    """The rows of dC/dW; those of the output layer have their species, too."""
    if layer < settings.config.depth:
        return units
    return [f"{unit} {species}" for unit, species in zip(units, SPECIES, strict=True)]


def _unit_notes(settings: Settings, units: int, layer: int) -> Sequence[str]:
    """What a column of D is."""
    return SPECIES if layer == settings.config.depth else [words.unit(k) for k in range(units)]


def _input_notes(inputs: int, layer: int) -> Sequence[str]:
    """What a column of A is."""
    names = FEATURES if layer == 1 else [words.unit(j, layer - 1) for j in range(inputs)]
    return [*names, words.INPUT_OF_BIAS]


def _notes(settings: Settings, flowers: tuple[int, ...]) -> list[str]:
    """What is special about the sidebar's flower, or the weights."""
    typed = typed_note(settings)
    notes = [words.takes_part(settings.flower, typed)] if typed and settings.flower in flowers else []
    return notes + ([words.steps_taken(settings.taken, settings.flower)] if settings.taken else [])


def _walkthrough(settings: Settings, flower: int, layer: int) -> str:
    """Relative URL of the walkthrough's step where this flower's outer product is formed."""
    step = "V" if layer == settings.config.depth else "VI"
    return with_flower(settings, flower).step_link(f"{layer}.{step}")
