"""What the pictures of all pages say, also to people who cannot see them, one sentence to a line. No HTML."""

from backprop.arrays import FloatArray
from ui.names.numbers import every, short

# --- a heatmap ---------------------------------------------------------------------------------------


def heatmap_alt(title: str, values: FloatArray) -> str:
    shape, low, high = " by ".join(map(str, values.shape)), short(values.min()), short(values.max())
    if values.size == 1:
        return f"Heatmap of {title}, {shape}, its only value {low}."
    if values.min() == values.max():
        return f"Heatmap of {title}, {shape}, {every(values.size, 'value')} {low}."
    return f"Heatmap of {title}, {shape}, values from {low} to {high}."


COLOURS = "Blue is positive, orange negative; stronger is larger, within one matrix."


def all_digits(digits: str) -> str:
    return f"all digits: {digits}"
