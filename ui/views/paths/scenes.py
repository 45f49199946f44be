"""The scene of the page: a unit, its paths and their sum, the rules, and all units."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backprop import TrainingStep, VJPStep
from backprop.arrays import FloatArray
from backprop.check import slope_noise
from backprop.differences import STEP, TOLERANCE
from backprop.noise import activation_slopes, derivative_noise, path_noise
from ui.draw import words as drawn_words
from ui.draw.ledgers import Path
from ui.draw.ledgers import ledger as ledger_of
from ui.draw.packing import written
from ui.draw.scenes import (
    Block,
    Card,
    Cards,
    Cases,
    Choice,
    Fold,
    Following,
    Group,
    Judge,
    Ledger,
    Linear,
    Link,
    Matrix,
    Number,
    Part,
    Row,
    Scene,
    Sum,
    Switches,
    Table,
    Words,
    following,
)
from ui.draw.words import heatmap_alt
from ui.names.numbers import as_typed, signed
from ui.names.symbols import circled, entries, symbol
from ui.names.words import TO_WALKTHROUGH
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.choices import numbers
from ui.state.data import named_entries
from ui.state.parameters import AUTO, PARAMETERS
from ui.state.recording import recorded_step
from ui.state.settings import Settings, lab_link
from ui.steps.checks import not_judged, slope_check
from ui.views.paths.choice import PathChoice, told_by_auto
from ui.views.paths.knock_out import paths_into, single_path
from ui.views.paths.rules import judge, numeric_of, said_of_unit, unit_flags, units_sentence
from ui.views.paths.words import page as words

MOST_OPEN = 8
"""Larger matrices are folded away: the page would be too long."""


@dataclass(frozen=True)
class Units:
    """The units of a layer, in the order of the choice: that of auto, then each."""

    settings: Settings
    layer: int

    @cached_property
    def choices(self) -> list[PathChoice]:
        """Each of them, with all its paths."""
        count = self.settings.config.layer_sizes[self.layer]
        order = [told_by_auto(self.settings, self.layer), *range(count)]
        return [PathChoice(self.settings, self.layer, unit) for unit in order]

    @cached_property
    def step(self) -> TrainingStep:
        """The recorded step."""
        return recorded_step(self.settings)

    @cached_property
    def paths(self) -> VJPStep:
        """The paths into the layer, 0 where they are nothing but rounding."""
        return kept(paths_into, self.settings, self.layer)

    @property
    def z(self) -> str:
        """The sums, or the outputs, that the paths go through."""
        return self.choices[0].above

    @property
    def a(self) -> str:
        """The layer's activations, or the output's z."""
        return self.choices[0].start

    @property
    def is_output(self) -> bool:
        """Whether the paths are those of the output's z."""
        return self.choices[0].is_output

    def each(self, values: FloatArray) -> Following[float]:
        """An array's entry for each of them."""
        return following([float(values[choice.unit]) for choice in self.choices])

    def said(self, text: Callable[[PathChoice], str]) -> Following[str]:
        """A text for each of them."""
        return following([text(choice) for choice in self.choices])

    @cached_property
    def numeric(self) -> Following[float | None]:
        """The numeric slope, where it can be judged."""
        return following([numeric_of(self.settings, self.a, choice.unit) for choice in self.choices])

    @cached_property
    def singles(self) -> list[int]:
        """The path of each that stands for the single-variable rule."""
        return [single_path(choice) for choice in self.choices]

    @cached_property
    def sum(self) -> Sum:
        """The products of the chosen unit."""
        noise = path_noise(self.step, self.z, self.a)
        return Sum(
            [self.each(row) for row in self.paths.path_terms],
            [self.each(row) for row in noise],
            self.each(self.paths.cotangent),
            [circled(k) for k in range(len(noise))],
        )


def paths_scene(settings: Settings, layer: int) -> str:
    """The scene as JSON: the ledger, the rules side by side, the verdict, and all units of the layer."""
    units = Units(settings, layer)
    parts = (
        ledger(units),
        cards(units),
        Words(verdict(units), "verdict", "verdict", is_spoken=True),
        Group("line", links(units)),
        *all_units(units),
    )
    count, paths = settings.config.layer_sizes[layer], units.sum.marks
    choice = Choice(
        ("unit",),
        words.unit_label(layer, units.is_output),
        [[text] for text in (AUTO, *numbers(count))],
        (AUTO, *entries(units.a, count)),
        words.DIAGONAL_MISSES if units.is_output else PARAMETERS["unit"].help or "",
    )
    switches = Switches("drop", PARAMETERS["drop"].label, numbers(len(paths)), paths)
    file = file_name(settings, f"derivative-paths-{{picture}}-{units.a}-unit-{{unit}}", "png")
    return written(Scene(choice, parts, switches, file))


# --- the ledger and what it says -----------------------------------------------------------------------


def ledger(units: Units) -> Ledger:
    """Each path of the unit with both its factors, and the sum."""
    z, named = units.z, named_entries(units.settings.config, units.z)
    weights, upstream = units.paths.jacobian, units.paths.upstream.tolist()
    lines = f"{units.z}/{units.a}" if units.is_output else f"W{units.layer + 1}"
    paths = []
    for k, name in enumerate(named):
        name, _, note = name.partition(" ")
        edge = following([f"{lines}:{k}:{choice.unit}" for choice in units.choices])
        path = Path(f"{circled(k)} {name}", upstream[k], units.each(weights[k]), f"path:{k}", note, edge)
        paths.append(path)
    sums = [drawn_words.ledger_sum(choice.name, len(paths)) for choice in units.choices]
    whole, some, none = (following(list(each)) for each in zip(*sums, strict=True))
    alts = zip(units.choices, _all(units, units.numeric), strict=True)
    return ledger_of(
        paths,
        units.sum,
        Cases(units.sum, whole, some, none),
        Number(units.numeric, "ledger", "numeric", before=drawn_words.NUMERIC),
        alt=following([drawn_words.ledger_alt(choice.name, numeric) for choice, numeric in alts]),
        unit=units.said(lambda choice: choice.name),
        unit_link=units.said(lambda choice: f"unit:{choice.unit}"),
        heads=(
            f"∂C/∂{symbol(z)}ₖ",
            units.said(lambda choice: drawn_words.factor(symbol(z), choice.name, units.is_output)),
        ),
        legend=drawn_words.legend(units.is_output),
    )


def _all(units: Units, values: Following[float | None]) -> list[float | None]:
    return values if isinstance(values, list) else [values] * len(units.choices)  # type: ignore[list-item]


def cards(units: Units) -> Cards:
    """The rules side by side, and the slope that tells which is right."""
    noise = derivative_noise(units.step)[units.a]
    slopes = [TOLERANCE * max(1.0, abs(numeric or 0.0)) for numeric in _all(units, units.numeric)]
    judge = Judge(
        units.numeric,
        units.each(units.step.cotangent(units.a)),
        units.each(2 * noise),
        following(slopes),
        units.each(slope_noise(units.step, units.a)),
        words.ERROR,
        words.NOT_JUDGED,
    )
    products = units.paths.path_terms
    single = zip(units.singles, units.choices, strict=True)
    alone = following([float(products[path, choice.unit]) for path, choice in single])
    single_card = words.diagonal_card if units.is_output else words.single_card
    check = kept(slope_check, units.settings, units.a)
    note = units.said(lambda c: not_judged(check, c.unit) or words.moved_by(c.name, as_typed(STEP)))
    return Cards(
        (
            Card("right", words.all_paths_card(len(products)), units.sum.total, judge),
            Card("yours", Cases(units.sum, words.YOURS, words.YOURS_WITHOUT), units.sum, judge),
            Card("single", following([single_card(path) for path in units.singles]), alone, judge),
            Card("numeric", words.NUMERIC_CARD, units.numeric, note=note),
        )
    )


def verdict(units: Units) -> Cases:
    """What the numbers say, in one sentence or two."""
    is_on = (activation_slopes(units.step, units.layer) != 0).tolist()
    totals = units.paths.cotangent.tolist()
    return Cases(
        units.sum,
        units.said(said_of_unit),
        units.said(lambda choice: drawn_words.without(totals[choice.unit] != 0)),
        reversed=units.said(lambda choice: drawn_words.wrong_sign(is_on[choice.unit])),
        cancel=drawn_words.CANCEL,
        idle=drawn_words.IDLE,
        idles=drawn_words.IDLES,
    )


def links(units: Units) -> tuple[Link, ...]:
    """To the same step elsewhere, and where softmax sums over paths."""
    settings, z, a = units.settings, units.z, units.a
    here: tuple[Link, ...] = (
        Link(TO_WALKTHROUGH, settings.step_link(units.choices[0].step_id)),
        Link(words.to_jacobian(symbol(z), symbol(a)), settings.link("jacobians", jacobian=f"{z}-{a}")),
    )
    if units.is_output:
        return (*here, Link(words.TO_LAB_WITH_DIAGONAL, settings.link("chain_rule_lab")))
    if len(units.sum.terms) > 1:
        here += (Link(words.TO_LAB, following([lab_link(settings, path) for path in units.singles])),)
    out, into = (f"{letter}{settings.config.depth}" for letter in "az")
    if units.step.vjp(out, into).paths > 1:
        said = words.at_the_output(symbol(out), symbol(into))
        here += (Link(said, settings.link("jacobians", jacobian=f"{out}-{into}")),)
    return here


# --- every unit of the layer ---------------------------------------------------------------------------


def all_units(units: Units) -> tuple[Part, ...]:
    """All path terms with their sums, and the rules unit by unit."""
    terms, count = terms_matrix(units), len(units.choices) - 1
    title = words.units_of(count, units.layer, units.is_output)
    is_large = max(units.paths.path_terms.shape) > MOST_OPEN
    return (
        Words(title.capitalize(), "title"),
        Words(words.units_opening(units.is_output, count)),
        Fold(words.ALL_TERMS, (terms,)) if is_large else terms,
        Fold(words.UNIT_BY_UNIT, (units_table(units), Words(_judged(units)))),
    )


def _marked(units: Units) -> Following[int]:
    return following([choice.unit for choice in units.choices])


def terms_matrix(units: Units) -> Matrix:
    """A column for each unit, and below it the sum: its total derivative."""
    z, a, terms = units.z, units.a, units.paths.path_terms
    outs, ins = entries(z, len(terms)), entries(a, terms.shape[1])
    title = words.terms_title(symbol(z), symbol(a))
    return Matrix(
        heatmap_alt(words.TERMS_ALT, terms),
        named_entries(units.settings.config, z),
        (Block(title, ins, Linear(terms), "cell=term", entry="{0}"),),
        [[f"∂C/∂{out} · ∂{out}/∂{into}" for into in ins] for out in outs],
        below=Block(f"sum = ∂C/∂{symbol(a)}", ins, Linear(units.paths.cotangent[np.newaxis]), "cell=sum"),
        marked=_marked(units),
        row_links=[f"path:{k}" for k in range(len(outs))],
        column_links=[f"unit:{j}" for j in range(len(ins))],
        options=[j + 1 for j in range(len(ins))],
    )


def units_table(units: Units) -> Table:
    """All paths, one path alone and the numeric slope of every unit, with the errors."""
    settings, a, terms = units.settings, units.a, units.paths.path_terms
    check, flags = kept(slope_check, settings, a), unit_flags(settings, units.layer)
    rows = []
    for unit, (name, total) in enumerate(
        zip(entries(a, terms.shape[1]), units.paths.cotangent.tolist(), strict=True)
    ):
        column, alone = terms[:, unit], [unit] if units.is_output else units.singles
        slope = numeric_of(settings, a, unit)
        judged = [_error(settings, a, unit, float(value)) for value in column]
        cells = (
            Number(total, "cell", f"right:{unit}"),
            _error_cell([_error(settings, a, unit, total)], f"right-error:{unit}"),
            Number(following([float(column[path]) for path in alone]), "cell", f"single:{unit}"),
            _error_cell([judged[path] for path in alone], f"single-error:{unit}"),
            not_judged(check, unit) if slope is None else Number(slope, "cell", f"numeric:{unit}"),
            _largest_path(column),
            flags[unit],
        )
        rows.append(Row(name, cells, link=f"unit:{unit}", option=unit + 1))
    rules = [words.DIAGONAL] if units.is_output else [*map(words.alone, units.singles)]
    heads = zip(*(words.units_head(units.is_output, rule) for rule in rules), strict=True)
    return Table([following(list(head)) for head in heads], rows, _marked(units))


def _error(settings: Settings, name: str, unit: int, value: float) -> tuple[float, str] | None:
    judged = judge(settings, name, unit, value)
    return None if judged is None else (judged.error, judged.text)


def _error_cell(errors: list[tuple[float, str] | None], key: str) -> Number | str:
    told = [error for error in errors if error is not None]
    if not told:
        return "–"
    return Number(
        following([error for error, _ in told]), "cell", key, text=following([text for _, text in told])
    )


def _largest_path(products: FloatArray) -> str:
    largest = int(np.abs(products).argmax())
    return f"{circled(largest)} {signed(products[largest])}" if products[largest] else words.ALL_ARE_0


def _judged(units: Units) -> Following[str]:
    if units.is_output:
        return units_sentence(units.settings, units.layer, None)
    said = {path: units_sentence(units.settings, units.layer, path) for path in set(units.singles)}
    return following([said[path] for path in units.singles])
