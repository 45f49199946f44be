"""What can be checked of any text, whatever the settings: how numbers are written, plurals, verdicts."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from tests.texts.markup import Text
from ui.names.numbers import MOST_DIGITS, as_typed, percent, short

NOUNS = {
    **{noun: f"{noun}s" for noun in ("path", "unit", "flower", "epoch", "step", "output", "input", "layer")},
    **{noun: f"{noun}s" for noun in ("observation", "seed", "number", "weight", "row", "column", "product")},
    **{
        noun: f"{noun}s"
        for noun in ("gradient", "route", "rule", "pair", "term", "way", "cell", "block", "bias")
    },
    **{
        noun: f"{noun}s"
        for noun in ("set", "probability", "sum", "factor", "parameter", "example", "paragraph")
    },
    **{noun: f"{noun}s" for noun in ("question", "answer", "second", "point", "value", "slope", "Jacobian")},
    **{noun: f"{noun}s" for noun in ("multiplication", "activation", "derivative", "hidden unit", "edit")},
    **{"bias": "biases", "probability": "probabilities", "entry": "entries", "class": "classes"},
    **{"measurement": "measurements", "other": "others", "one": "ones"},
}
MANY = (
    r"(?:[2-9]|[1-9]\d+|[1-9]\d?(?:,\d{3})+"
    r"|two|three|four|five|six|seven|eight|nine|ten|both|several|few)"
)
KIND = (
    r"(?:(?:different|hidden|single|random|wrong|right|other"
    r"|test|training|finished|more|live|whole|further) )?"
)
NAMES = (
    "layer",
    "unit",
    "row",
    "step",
    "class",
    "path",
    "column",
    "seed",
    "flower",
    "epoch",
    "index",
    "hidden",
)
BEFORE = ("of", "is", "=", "-", "from", "to", "and", "→", *NAMES, "Layer", "Unit", "Row")
PLACE = r"(?<!\w)(?<![\d.,:⁻−+×·/^(]\b)" + "".join(rf"(?<!{word} )" for word in BEFORE)
"""Not a name, such as "layer 1", before a plural that begins something else."""

_PLURALS, _SINGULARS = "|".join(sorted(NOUNS.values(), key=len)), "|".join(sorted(NOUNS, key=len))

Check = Callable[[str], str | None]


def pattern(expression: str, flags: int = 0) -> Check:
    """Finds what must not stand in a text."""
    search = re.compile(expression, flags).search

    def find(text: str) -> str | None:
        found = search(text)
        return found[0] if found else None

    return find


CHECKS: dict[str, Check] = {
    "ASCII minus before a digit": pattern(r"(?<![\w.)\]¹²³₁₂₃])-\.?\d"),
    "signed zero": pattern(r"(?<![\d\w)])[+−-]0(?:\.0+)?(?![\d.,\w−])"),
    "power of ten as Python writes it": pattern(r"\de[+-]\d|\de0\d|\de−0"),
    "no number": pattern(r"\b(?:nan|NaN|inf|Inf|Infinity|None(?! of)|undefined|null|True|False)\b"),
    "1 of many": pattern(rf"{PLACE}(?:1|one) {KIND}(?:{_PLURALS})\b(?! (?:off|on)\b)"),
    "many of 1": pattern(rf"{PLACE}{MANY} {KIND}(?:{_SINGULARS})\b(?!-)"),
    "all of one or two": pattern(r"\b(?:[Aa]ll (?:1|2|one|two)(?![\d,.]\d)|[Bb]oth (?:[0-9]|two))\b"),
    "only one different": pattern(r"\b(?:only 1|1) (?:different|other) ones?\b"),
    "none counted": pattern(r"(?<![\d.,−=+/·→] )(?<![\w.,−=+])0 (?:" + _PLURALS + r")\b"),
    "double space": pattern(r"\S {2,}\S"),
    "unfilled": pattern(r"[{}]|\[object|\bfunction\b\(|<\w+[ >]|&\w+;|%\(|%s\b"),
    "punctuation": pattern(r" [,;.](?=\s|$)|,,|;;|(?<!\.)\.\.(?!\.)|\.,|,\."),
    "percent": pattern(r"\d%|\d %(?!\w)"),
    "never beside an exception": pattern(r"never[^.:]*(?:: [^.]*)?\b(?:by|is) 0(?![.\d])"),
    "too many digits": pattern(r"(?<![\w.])\d+\.\d{12,}"),
}
"""Of every text that is neither code nor an address."""

_NOT_READ = re.compile(
    r"`[^`]*`|\$[^$]*\$|\S+\?\S+=\S+|all digits: \S+|1e-3 or 1/3|(?<=[(=\d∞] )\+0(?= [+−)=a])",
)
"""Code, LaTeX, addresses, examples of what may be typed, numbers with every digit, 0 as a term of a sum."""

NO_SENTENCES = frozenset(("code", "href", "hovertemplate"))
NUMBER = re.compile(r"[+−-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[−-]?\d+)?|∞)")


def problems(texts: Iterable[Text]) -> Iterator[str]:
    """What is wrong with how these texts are written."""
    readable = {}
    for text in texts:
        if text.kind not in NO_SENTENCES and not text.name.startswith("term="):
            readable.setdefault(_NOT_READ.sub("…", text.text), text)
    everything = "\n\n".join(readable)
    for name, check in CHECKS.items():
        if check(everything):
            for read, text in readable.items():
                if found := check(read):
                    yield f"{name}: {found!r} in {text.kind}: {text.text[:300]}"
    yield from filter(None, (number_problem(text) for text in texts if text.value is not None))


@lru_cache(maxsize=10000)
def forms(value: float) -> set[str]:
    """All ways to write this number, without its sign."""
    size = abs(value)
    ways = {short(size, digits=digits) for digits in range(3, MOST_DIGITS + 1)}
    ways |= {percent(size, digits) for digits in (0, 1)} | {as_typed(size), f"{size:,.0f}"}
    return ways


SAID_FOR_A_NUMBER = ("?", "off", "on", "unchanged", "not judged", "✓", "✗", "exact", "−", "—", "–", "")


def number_problem(text: Text) -> str | None:
    """An element with data-value must show that value; words such as "down" may stand for its sign."""
    value = float(text.value)
    where = f"{text.text[:80]!r} for {value!r} ({text.name})"
    shown = NUMBER.findall(text.text)
    if not shown:
        return None if text.text in SAID_FOR_A_NUMBER else f"no number: {where}"
    percents = re.findall(r"(?:under |over )?\d[\d.,]*\u00a0%", text.text)
    said = [token.lstrip("+−") for token in shown] + percents
    if not forms(value) & set(said):
        return f"another number: {where}"
    signs = {token[0] for token in shown if token.lstrip("+−") in forms(value)}
    if value == 0 and ("✗" in text.text or re.search(r"\bwrong\b", text.text)):
        return f"nothing is wrong: {where}"
    if (value < 0 and signs == {"+"}) or (value > 0 and signs == {"−"}):
        return f"another sign: {where}"
    return None


TO_COMPARE = re.compile("before|after|cost|change")
"""Of costs, more digits are shown where they tell two apart."""


def written_in_two_ways(texts: Iterable[Text]) -> list[str]:
    """The same number must look the same all over a page, but for its sign and where it is a share."""
    ways = defaultdict(dict)
    for text in texts:
        if text.value is None or "%" in text.text:
            continue
        shown = NUMBER.findall(text.text)
        if len(shown) == 1 and not TO_COMPARE.search(text.name) and float(text.value):
            ways[abs(float(text.value))].setdefault(shown[0].lstrip("+−"), text.name)
    return [f"{value!r} as {found}" for value, found in ways.items() if len(found) > 1]


def all_problems(texts: Sequence[Text]) -> list[str]:
    """Of a page, without repetitions."""
    return list(dict.fromkeys([*problems(texts), *written_in_two_ways(texts)]))
