"""What more than one page says, and what is wrong with pasted numbers."""

from collections.abc import Sequence

from ui.names.numbers import counted

TITLE = "Backpropagation, every path of it"
TO_WALKTHROUGH = "This step in the walkthrough →"
TO_CLASS = "Ask the class →"

# --- pasted numbers ----------------------------------------------------------------------------------

POINTS_AND_COMMAS = "Expected either decimal commas, or commas and decimal points as in 0.15, 0.20, got both."
NOTHING = "Expected lines such as W1 = [[0.15, 0.20], [0.25, 0.30]], got nothing."


def in_line(line: int, said: str) -> str:
    return f"Line {line}: {said}"


def too_long(most: int, count: int) -> str:
    return f"Expected at most {most:,} characters, got {count:,}."


def more(count: int) -> str:
    return f"\nAnd {counted(count, 'more problem')}." if count > 0 else ""


def too_nested(most: int) -> str:
    return f"Expected at most {most} brackets inside each other."


def too_many_names(most: int) -> str:
    return f"Expected at most {most} names."


def never_closed(bracket: str) -> str:
    return f"The bracket “{bracket}” is never closed."


def never_opened(bracket: str) -> str:
    return f"The bracket “{bracket}” closes none that is open."


def no_name(line: str) -> str:
    return f"Expected a name before the numbers, such as W1 = …, got {_quoted(line)}."


def cells(columns: int, count: int) -> str:
    return f"Expected {counted(columns, 'number')}, one below every name, got {count}."


def no_statement(line: str) -> str:
    return f"Expected a name, = and what it is, such as W1 = …, got {_quoted(line)}."


def no_numbers(name: str) -> str:
    return f"Expected numbers after {_quoted(name)}, got nothing."


def too_many(name: str, most: int) -> str:
    return f"Expected at most {most:,} numbers after {_quoted(name)}."


def too_deep(name: str) -> str:
    return (
        f"Expected a number, a vector or a matrix after {_quoted(name)}, got more brackets inside each other."
    )


def mixed(name: str) -> str:
    return f"Expected either numbers or rows in brackets after {_quoted(name)}, got both beside each other."


def ragged(name: str, lengths: Sequence[int]) -> str:
    wrong = next(length for length in lengths if length != lengths[0])
    return f"Expected rows of the same length after {_quoted(name)}, got one of {counted(lengths[0], 'number')} and one of {wrong}."


def left_out(text: str) -> str:
    return (
        f"Expected a number, got {_quoted(text)}."
        if text.strip()
        else "Expected a number, got nothing between two separators."
    )


def either_comma(first: str, second: str) -> str:
    return f"“{first},{second}” can be {first}.{second}, or {first} and {second}: write “{first}.{second}”, or “{first}, {second}” with a blank."


def _quoted(text: str) -> str:
    clean = " ".join(text.split())
    return f"“{clean[:30]}…”" if len(clean) > 30 else f"“{clean}”"
