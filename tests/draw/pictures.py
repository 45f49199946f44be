"""What stands where in an SVG."""

import re
from xml.etree import ElementTree


def placed(markup):
    """Every text with its place and anchor."""
    return [
        (
            "".join(text.itertext()),
            float(text.attrib["x"]),
            float(text.attrib["y"]),
            text.attrib["text-anchor"],
        )
        for text in ElementTree.fromstring(markup).iter("text")
    ]


def boxes(markup):
    """Every rectangle: its centre, its size, its class."""
    found = []
    for rect in ElementTree.fromstring(markup).iter("rect"):
        x, y, width, height = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        found.append((round(x + width / 2, 1), round(y + height / 2, 1), width, height, rect.attrib["class"]))
    return found


def lines(markup):
    """Every line: first and last place, class."""
    found = []
    for path in ElementTree.fromstring(markup).iter("path"):
        text, (x, y) = path.attrib["d"], re.match(r"M(\S+?) (-?[\d.]+)", path.attrib["d"]).groups()
        letter, *numbers = re.findall(r"[CHVh]|-?[\d.]+", text[len(f"M{x} {y}") :])
        start, last = (float(x), float(y)), float(numbers[-1])
        end = {
            "C": (float(numbers[-2]) if len(numbers) > 1 else 0, last),
            "H": (last, start[1]),
            "V": (start[0], last),
            "h": (start[0] + last, start[1]),
        }[letter]
        found.append((*(round(place, 1) for place in (*start, *end)), path.attrib["class"]))
    return found
