"""What the pictures of a total derivative say, also to people who cannot see them. No HTML."""

from backprop.total_derivative import OUTERS, TotalDerivative
from ui.draw.along_t.rules import lone_error, lone_path, names_of, numeric_slope, slope
from ui.names.numbers import as_typed, count_word, signed
from ui.names.symbols import circled

RUNNING_TOTAL = "One product a path, and their running total"
NUMERIC_SLOPE = "numeric slope, for comparison"
TOTAL = "sum df/dt"
CURVE, TANGENT = "f(t)", "tangent "
ONLY, SUM_LEFT, NO_SUM_LEFT = "The only path: df/dt", "Without {out}", "Nothing moves"
OUT = "frozen"
FACTORS = ("∂f/∂u", "du/dt")


def alone(path: int) -> str:
    return f"{circled(path)} alone, "


def paths_from(count: int) -> str:
    return f"{count_word(count).capitalize()} {'paths' if count > 1 else 'path'} from t to f"


def graph_alt(result: TotalDerivative) -> str:
    names = OUTERS[result.outer].variables
    derivatives = zip(names, result.du_dt, result.df_du, strict=True)
    said = "; ".join(f"through {u}: d{u}/dt {signed(du)}, ∂f/∂{u} {signed(df)}" for u, du, df in derivatives)
    return f"{paths_from(len(names))}: {said}."


def bars_alt(result: TotalDerivative) -> str:
    products = zip(OUTERS[result.outer].variables, result.terms, strict=True)
    terms = "; ".join(f"via {name} {signed(term)}" for name, term in products)
    return f"Products: {terms}. Sum: {signed(slope(result))}. Numeric slope: {signed(numeric_slope(result))}."


def ledger_alt(result: TotalDerivative) -> str:
    return f"The paths from t to f: {{terms}}. Sum {{sum}}. The numeric slope is {signed(numeric_slope(result))}."


def curve_alt(result: TotalDerivative, start: float, end: float) -> str:
    t, lone, total = as_typed(float(result.t)), lone_path(result), signed(slope(result))
    alone = ""
    if lone_error(result):
        alone = f"; the path through {names_of(result, [lone])} alone would give {signed(float(result.terms[lone]))}"
    return f"Curve of f from t = {as_typed(start)} to {as_typed(end)}. At t = {t} its tangent has slope {total}{alone}."
