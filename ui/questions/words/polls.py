"""What answers of a class are called."""

from ui.names.numbers import short

NEARLY = "nearly: too few digits"
OTHER = "other"
OR = "Or:"
NOT_OFFERED = "Choose one of the answers."


def name_of(value: float, sentence: str) -> str:
    """A wrong number with its mistake, without what to do instead."""
    return f"{short(value)}: {sentence.partition('. ')[0].removesuffix('.')}"
