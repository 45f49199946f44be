"""What is wrong with a network of one's own, one sentence to a line."""

from collections.abc import Sequence

from ui.names.numbers import as_typed, counted, listed
from ui.names.symbols import entry_symbol
from ui.names.typed import quoted

BROKEN_LINK = "Expected own numbers as this app writes them into a link, got something else: the link may have been cut."
MOST_NAMED = 3
BIASES_GIVEN = "Expected no b1, b2, … beside bias = none."


def too_long_for_a_link(most: int, count: int) -> str:
    return f"These numbers need {count:,} characters, and a link holds {most:,}: save them as a file, and paste its text."


def unknown(name: str, layers: int) -> str:
    return f"Expected x, y, a matrix W1 to W{layers} for each layer, b1 to b{layers}, inputs, outputs, activation, output, error, bias or eta, got {quoted(name)}."


def single_weights(names: Sequence[str]) -> str:
    """Of a text that gives its weights one by one, as many books do."""
    are = "is a single weight" if len(names) == 1 else "are single weights"
    named = names if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], "others"]
    return f"Expected a matrix for each layer, such as W1 = [[0.15, 0.20], [0.25, 0.30]] with a row for every unit, or each weight with layer, row and column, such as w1_12 = 0.20: {listed(named)} {are}."


def broken_row(head: Sequence[str], row: str) -> str:
    """Of the CSV file of a view's arrays."""
    return f"Expected {len(head)} cells, {', '.join(head)}, got {quoted(row)}."


def twice(name: str, line: int) -> str:
    return f"Expected {name} once, got it in line {line}, too."


def whole_and_entries(name: str) -> str:
    return f"Expected {name} either as a whole or entry by entry, got both."


def which_layer(letter: str) -> str:
    return f"Expected {letter}1, {letter}2, … with the number of the layer, got {letter}."


def too_many_entries(name: str, most: int) -> str:
    return f"Expected at most {most} rows and {most} columns of {name}."


def entry_missing(name: str, place: Sequence[int]) -> str:
    return f"Expected all entries of {name}, got none for {entry_symbol(name, [number - 1 for number in place])}."


def one_number(name: str) -> str:
    return f"Expected one number for {quoted(name)}, got several."


def out_of_range(largest: float, text: str) -> str:
    return f"Expected values from {as_typed(-largest)} to {as_typed(largest)}, got {quoted(text)}."


def wrong_name(most: int, name: str) -> str:
    return f"Expected names of letters, digits and blanks, up to {most} characters each, got {quoted(name)}."


def same_name(name: str) -> str:
    return f"Expected every name once, got {quoted(name)} twice."


# --- sizes -------------------------------------------------------------------------------------------


def missing(name: str) -> str:
    what = {"x": "the inputs, such as x = 0.05 0.10", "y": "the targets, such as y = 0.01 0.99"}[name]
    return f"Expected {what}, got none."


def weights_missing(layer: int, depth: int) -> str:
    return f"Expected W1 to W{depth}, got no W{layer}."


def biases_alone(layer: int) -> str:
    return f"Expected weights beside b{layer}, got none: without weights, leave the biases to the seed, too."


def bias_of_no_layer(layer: int, depth: int) -> str:
    return f"Expected biases of {'layer 1' if depth == 1 else f'layers 1 to {depth}'}, which have weights, got b{layer}."


def all_or_no_biases(layers: Sequence[int]) -> str:
    return f"Expected biases for all layers or for none, got no {listed([f'b{layer}' for layer in layers], ' and no ')}."


def as_many_targets(count: int, targets: int) -> str:
    return f"Expected y for {counted(count, 'observation')}, as many as x has, got {targets}. A row is one observation."


def too_many(what: str, most: int, count: int) -> str:
    return f"Expected at most {counted(most, what)}{' a layer' if what == 'unit' else ''}, got {count}."


def as_many_names(what: str, size: int, count: int) -> str:
    noun = what.removesuffix("s")
    return f"Expected {counted(size, 'name')} for {counted(size, noun)}, got {count}."


def wrong_columns(
    layer: int, before: int, shape: Sequence[int], fits_turned: bool, is_transposed: bool
) -> str:
    of = "input" if layer == 1 else f"unit of layer {layer - 1}"
    got = (
        f"{shape[0]} × {shape[1]}"
        if max(shape) > 1
        else f"a single number: W{layer} has all weights of layer {layer}"
    )
    hint = (
        " Transposed it fits: switch “(in, out)” off."
        if is_transposed
        else " Transposed it fits: switch “(in, out)” on."
    )
    return f"Expected W{layer} with {counted(before, 'column')}, one for every {of}, got {got}.{hint if fits_turned else ''}"


def wrong_rows(layer: int, outputs: int, units: int, is_transposed: bool) -> str:
    line = "column" if is_transposed else "row"
    return f"Expected W{layer} with {counted(outputs, line)}, one for every output of y, got {units}."


def wrong_bias(layer: int, units: int, shape: Sequence[int]) -> str:
    got = " × ".join(str(size) for size in shape if size > 1 or min(shape) > 1)
    return f"Expected b{layer} with {counted(units, 'number')}, one for every unit, or one for all of them, got {got}."


# --- settings ----------------------------------------------------------------------------------------


def rate(highest: float, text: str) -> str:
    return f"Expected a learning rate from 0 to {as_typed(highest)}, got {quoted(text)}."


def hidden(layers: int, units: int, text: str) -> str:
    return (
        f"Expected none, or 1 to {layers} layers of 1 to {units} units, such as 5 or 6-5, got {quoted(text)}."
    )


def one_of(options: Sequence[str], text: str) -> str:
    return f"Expected one of {', '.join(options)}, got {quoted(text)}."


def one_output(text: str) -> str:
    return f"Expected one activation for all outputs, got {quoted(text)}."


def as_many_activations(layers: int, count: int) -> str:
    more = f", or one for each of {layers} hidden layers" if layers > 1 else ""
    return f"Expected one activation{more}, got {count}."


def no_such_pair(activation: str, error: str, cross_entropy: str) -> str:
    goes = f"error = {cross_entropy}" if error != cross_entropy else "error = half, sum or mean"
    return f"Expected {goes} with output = {activation}, got error = {error}."


def biases_not_given(bias: str) -> str:
    return f"Expected b1, b2, … beside bias = {bias}, got none: write bias = none, or b1 = 0 for biases of 0."


def other_sizes(stated: str, hidden: Sequence[int]) -> str:
    return f"Expected hidden = {'-'.join(map(str, hidden)) or 'none'}, as the weights have it, got {stated}."


def targets_to_1(option: str) -> str:
    return f"Expected targets from 0 to 1 with output = {option}."


def targets_add_up(option: str, total: str) -> str:
    return f"Expected targets that add up to 1 with output = {option}, got {total}."
