"""Every sentence of the page "Total derivative". No HTML."""

from backprop.total_derivative import TotalDerivative
from ui.draw.along_t.rules import (
    carrying,
    lone_error,
    lone_path,
    moving,
    names_of,
    numeric_slope,
    quotient_agrees,
    slope,
)
from ui.names.numbers import as_typed, count_word, percent, signed
from ui.names.symbols import circled

LEAD = "Slide t. Every path from t to f gives one product, and the slope of f is their sum. Where several carry something, one alone is usually a wrong tangent."

IN_THE_NETWORK = "The same sum in the network →"

SUM, ROW_TIMES_COLUMN = "The sum over paths", "The same as row × column"
LEDGER = ("path", "∂f/∂u", "du/dt", "product", "running total")


def shapes(paths: int) -> str:
    if paths == 1:
        return "One path: both Jacobians are (1, 1), and the single-variable rule is all there is."
    return f"Jacobians ∂f/∂u, shape (1, {paths}), and ∂u/∂t, shape ({paths}, 1): their product, shape (1, 1), is the sum. It looks like the single-variable rule, and that is where the misconception comes from."


def colours(result: TotalDerivative) -> str:
    products = "its product" if len(result.terms) == 1 else "the product"
    return f"Colour of a path and of its bar: blue where {products} is positive, orange where it is negative."


def verdict(result: TotalDerivative) -> str:
    """The point: what one path alone says, what all sum to, and whether one was enough."""
    agrees = "agrees" if quotient_agrees(result) else "disagrees"
    numeric = f"the numeric slope {agrees}, {signed(numeric_slope(result))}"
    count, moved, carried, lone = len(result.terms), moving(result), carrying(result), lone_path(result)
    name, path, alone = names_of(result, [lone]), circled(lone), signed(float(result.terms[lone]))
    still, others = ([i for i in range(count) if i not in chosen] for chosen in (moved, [lone]))
    constant = f"{names_of(result, still)} {'is' if len(still) == 1 else 'are'} constant"
    t = as_typed(float(result.t))
    paths = "both paths" if count == 2 else f"all {count_word(count)} paths"
    if not moved:
        return f"Nothing moves: {constant}, so df/dt is 0 at every t, and {numeric}."
    if count == 1:
        return f"One path: the single-variable rule says {alone}, and {numeric}."
    if len(moved) == 1:
        return f"Only {name} moves, {constant}: back to one path. The single-variable rule is right, through {name}: it says {alone}, and {numeric}."
    if not carried:
        return f"At t = {t} {paths} carry 0, so df/dt is 0, and {numeric}."
    if len(carried) == 1:
        elsewhere = names_of(result, others, "or")
        return f"At t = {t} only path {path} carries anything: the single-variable rule through {name} says {alone}, and {numeric}. Here one path happens to be enough, but not the one through {elsewhere}."
    error, total = lone_error(result), slope(result)
    said = f"The single-variable rule knows path {path} only and says {alone}. {paths.capitalize()} sum to {signed(total)}, and {numeric}."
    if error == 0:
        return f"{said} Here the other paths cancel each other, so one path happens to be enough."
    if total == 0:
        return f"{said} The paths cancel: one alone is off by {signed(error)}."
    share = percent(abs(error / total))
    return f"{said} One path alone is off by {signed(error)}, {share} of the true slope."
