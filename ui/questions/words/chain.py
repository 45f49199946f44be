"""Texts of questions about the slope of f along its paths from t."""

from collections.abc import Sequence

from ui.names.numbers import count_word, every, short
from ui.names.symbols import circled
from ui.questions.words.wording import Wording


def prompt(names: Sequence[str], row: Sequence[float], column: Sequence[float], t: str) -> str:
    """What is known at this t, and what is asked."""
    local = [
        f"d{u}/dt = {short(dt)} and ∂f/∂{u} = {short(df)}"
        for u, df, dt in zip(names, row, column, strict=True)
    ]
    return f"At t = {t}: {'; '.join(local)}. What is df/dt?"


def wording(names: Sequence[str]) -> Wording:
    formula = " + ".join(f"∂f/∂{u} · d{u}/dt" for u in names)
    if len(names) == 1:
        return Wording("df/dt", "?", f"df/dt = {formula}", "Along one path, derivatives multiply.", "")
    principle = f"t moves {every(len(names), 'variable')}, and each moves f: their products add."
    return Wording("df/dt", "?", f"df/dt = {formula}", principle, "")


def added(names: Sequence[str], _: int | None) -> str:
    if len(names) > 1:
        return "You added the factors. Multiply along each path, then add the products."
    return "You added them. When x moves twice as fast as t, and f half as fast as x, f moves as fast as t: multiply."


def factor_alone(names: Sequence[str], part: int | None) -> str:
    u = names[(part or 0) // 2]
    if (part or 0) % 2:
        return f"That is d{u}/dt alone: how fast {u} moves, not f. Multiply it by ∂f/∂{u}."
    return f"That is ∂f/∂{u} alone: how fast f moves with {u}, not with t. Multiply it by d{u}/dt."


def one_path(names: Sequence[str], part: int | None) -> str:
    k = part or 0
    others = " and ".join(each for each in names if each != names[k])
    return f"That is path {circled(k)} alone, through {names[k]}, as if {others} stood still. It would be right if it did."


def paths_averaged(names: Sequence[str], _: int | None) -> str:
    return f"That is the mean of the {count_word(len(names))} products. Each moves f by all of it: add them."


def paths_multiplied(names: Sequence[str], _: int | None) -> str:
    return "You multiplied the paths with each other. Multiply along a path; add across paths."
