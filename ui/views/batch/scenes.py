"""The scene of the page: both products of D, a bar an observation, the outer product of one."""

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
from ui.state.data import SPECIES, input_names, named_entries, output_names, word_of_many
from ui.state.settings import Settings
from ui.views.batch import words
from ui.views.batch.choice import columns_of
from ui.views.batch.data import batch_of, cotangents_below, name_of, named, species_of, with_member

KEYS = ("row", "col", "pick")

FEW, ENDS = 8, 3
"""Up to so many observations are all written out; of more, so many of either end of the bars."""

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


def batch_scene(settings: Settings, members: tuple[int, ...], layer: int) -> str:
    """The scene as JSON: all cells and observations that can be chosen."""
    batch, W = kept(batch_of, settings, members, layer), symbol(f"W{layer}")
    units, config, noun = len(batch.weights), settings.config, word_of_many(settings.config)
    parts: list[Part] = [
        products(settings, batch, members, layer),
        columns(settings, batch, members, layer),
        Words(words.colours(noun), "caption"),
        *(Words(note) for note in _notes(settings, members)),
        Words(words.outer_products(len(members), W, noun), "title"),
        Words(words.column_times_row(symbol(f"z{layer}"), symbol(input_of(layer)), config.has_biases, noun)),
        outer(settings, batch, members, layer),
        check(batch, len(members), noun),
    ]
    options = (numbers(units), columns_of(config, layer), [name_of(settings, member) for member in members])
    return written(Scene(Combination(KEYS, options), parts))


def products(settings: Settings, batch: LayerBatch, members: tuple[int, ...], layer: int) -> Products:
    """Down the members, and across the units."""
    below, W, count = symbol(input_of(layer)), symbol(f"W{layer}"), len(members)
    noun = word_of_many(settings.config)
    derivative, value = words.of_one("∂C/∂{0}", noun), words.of_one("{0}", noun)
    units, inputs = unit_names(batch, layer), names_of_inputs(batch, layer)
    columns, from_units = columns_of(settings.config, layer), batch.weights.shape[1]
    is_written = len(units) + len(inputs) + from_units <= MOST_WRITTEN
    over_units, over_inputs = units, inputs
    if not is_written:
        over_units, over_inputs = numbers(len(units)), [*numbers(from_units), *inputs[from_units:]]
    down, across = _totals(settings, batch, count, layer)
    return Products(
        alt=words.matrices(W, below, noun),
        D=Sheet(f"D: ∂C/∂{symbol(f'z{layer}')}", over_units, batch.cotangents, derivative),
        A=Sheet(
            words.inputs_of_layer(below, settings.config.has_biases),
            over_inputs,
            batch.inputs,
            value,
        ),
        gradient=Sheet(
            f"dC/d{W} = Dᵀ A / {count}", columns, batch.gradient, "dC/d{0}", _rows(settings, units, layer)
        ),
        W=Sheet(W, columns[:from_units], batch.weights, "{0}"),
        through=Sheet(
            f"D W = ∂C/∂{below}",
            over_inputs[:from_units],
            cotangents_below(batch),
            derivative,
        ),
        observations=observations(settings, members),
        units=units,
        inputs=inputs,
        unit_notes=_unit_notes(settings, len(units), layer),
        input_notes=_input_notes(settings, layer)[: len(inputs)],
        weights=weight_names(batch, layer),
        down=down,
        across=across,
        more=words.more(count - 2 * ENDS) if count > FEW else "",
        most=FEW,
        ends=ENDS,
        is_written=is_written,
    )


def _totals(settings: Settings, batch: LayerBatch, count: int, layer: int) -> tuple[Total, Total]:
    """The sum over so many members, and the sum over units."""
    noun, W = word_of_many(settings.config), latex(f"W{layer}")
    across = PATH_SUM.replace("{W}", W).replace("{a}", entry(input_of(layer)))
    return (
        Total(
            words.members_summed(count, noun),
            mathml(FLOWER_SUM.replace("{W}", W)),
            "dC/d{0}",
            other=words.OTHERS,
        ),
        Total(
            words.paths_summed(len(batch.weights)),
            mathml(across),
            words.of_one("∂C/∂{0}", noun),
            note=words.TO_X if layer == 1 else "",
            none=words.A_BIAS,
        ),
    )


def columns(settings: Settings, batch: LayerBatch, members: tuple[int, ...], layer: int) -> Columns:
    """Which observations pull a cell up, and which down."""
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
            words.pulls(cell, pulls, mean, rate, settings.config)
            for cell, pulls, mean in zip(cells, terms, means, strict=True)
        ),
        observations=observations(settings, members),
        hrefs=[_walkthrough(settings, member, layer) for member in members],
        mean=words.MEAN_OF_BATCH,
        note=words.a_bar_opens(word_of_many(settings.config)),
        named=NAMED_BARS,
    )


def outer(settings: Settings, batch: LayerBatch, members: tuple[int, ...], layer: int) -> Outer:
    """∂C/∂z ⊗ (a, 1) of the chosen observation."""
    noun, is_written = word_of_many(settings.config), batch.gradient.size <= MOST_IN_OUTER
    inputs = names_of_inputs(batch, layer)
    if not is_written:
        from_units = batch.weights.shape[1]
        inputs = [*numbers(from_units), *inputs[from_units:]]
    return Outer(
        title=words.ALONE[noun],
        D=batch.cotangents,
        A=batch.inputs,
        observations=observations(settings, members),
        units=unit_names(batch, layer),
        inputs=inputs,
        entry=words.of_one("∂C/∂{0}", noun),
        weights=weight_names(batch, layer),
        is_written=is_written,
    )


def check(batch: LayerBatch, count: int, noun: str) -> Words:
    """The mean of single gradients, against one matrix product."""
    difference = batch.difference
    is_right = difference <= MOST_APART * max(1.0, float(abs(batch.gradient).max()))
    rounding = words.ROUNDING if is_right and difference else "."
    number = Number(difference, "cell", "difference", form="short")
    said = f"{'✓' if is_right else '✗'} {words.checked(count, noun)}{{0}}{rounding}"
    return Words(said, numbers=(number,))


def observations(settings: Settings, members: tuple[int, ...]) -> Observations:
    """The flowers of the batch and their species; of other observations all are alike."""
    names = [name_of(settings, member) for member in members]
    if settings.given is not None:
        return Observations(names, [0] * len(members), [""], words.AN_OBSERVATION)
    return Observations(names, [*map(species_of, members)], SPECIES, words.A_FLOWER)


def unit_names(batch: LayerBatch, layer: int) -> list[str]:
    """z²₁, z²₂, …: one for each row of dC/dW."""
    return entries(f"z{layer}", len(batch.weights))


def names_of_inputs(batch: LayerBatch, layer: int) -> list[str]:
    """a¹₁, a¹₂, …, and 1 for a bias: one for each column of A."""
    return [*entries(input_of(layer), batch.weights.shape[1]), "1"][: batch.inputs.shape[1]]


def weight_names(batch: LayerBatch, layer: int) -> list[str]:
    """Such as w²₂₅, and b²₂ at the end of each row of dC/dW."""
    units, inputs = batch.weights.shape
    return [
        symbol(f"b{layer}", k) if j == inputs else entry_symbol(f"W{layer}", (k, j))
        for k in range(units)
        for j in range(batch.gradient.shape[1])
    ]


def _rows(settings: Settings, units: Sequence[str], layer: int) -> Sequence[str]:
    """The rows of dC/dW; those of the output layer have what they stand for, too."""
    if layer < settings.config.depth:
        return units
    return named_entries(settings.config, f"z{layer}")


def _unit_notes(settings: Settings, units: int, layer: int) -> Sequence[str]:
    """What a column of D is."""
    is_output = layer == settings.config.depth
    return output_names(settings.config) if is_output else [words.unit(k) for k in range(units)]


def _input_notes(settings: Settings, layer: int) -> Sequence[str]:
    """What a column of A is, and the one after them."""
    inputs = settings.config.layer_sizes[layer - 1]
    of_units = [words.unit(j, layer - 1) for j in range(inputs)]
    return [*(input_names(settings.config) if layer == 1 else of_units), words.INPUT_OF_BIAS]


def _notes(settings: Settings, members: tuple[int, ...]) -> list[str]:
    """What is special about the sidebar's observation, or the weights."""
    typed, own = typed_note(settings), named(settings, settings.row)
    notes = [words.takes_part(own, typed)] if typed and settings.row in members else []
    return notes + ([words.steps_taken(settings.taken, own)] if settings.taken else [])


def _walkthrough(settings: Settings, member: int, layer: int) -> str:
    """Relative URL of the walkthrough's step where the outer product of this one is formed."""
    step = "V" if layer == settings.config.depth else "VI"
    return with_member(settings, member).step_link(f"{layer}.{step}")
