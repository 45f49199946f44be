"""Which flowers pull the chosen entry up, and which down: a bar a flower, each a link. No Streamlit."""

from ui.draw.prose import heading, link, paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import exact, signed
from ui.state.captions import typed_note
from ui.state.data import SPECIES
from ui.views.batch import words
from ui.views.batch.choice import BatchChoice, species_class
from ui.views.batch.data import species_of
from ui.views.batch.tables import swatch

NAMED_BARS = 16
"""Up to so many bars have room for a number each."""

STRONGEST_LINKS = 3
HEADROOM = 1.08


def bars_markup(choice: BatchChoice) -> str:
    """Heading, sentence, bars, and links to the flowers."""
    pulls = sorted(zip(choice.terms, choice.flowers, strict=True), key=lambda pull: (-pull[0], pull[1]))
    mean = float(choice.batch.gradient[choice.row, choice.column])
    said = words.pulls(choice.cell, [value for value, _ in pulls], mean, choice.settings.learning_rate)
    return (
        heading(words.who_pulls(choice.cell))
        + paragraph(said, "bp-note bp-pulls")
        + _legend(choice)
        + _chart(choice, pulls, mean)
        + _links(choice, pulls)
    )


def _legend(choice: BatchChoice) -> str:
    here = sorted({species_of(flower) for flower in choice.flowers})
    keys = [
        tag("span", tag("span", class_=f"bp-swatch bp-species-{k}"), SPECIES[k], class_="bp-key")
        for k in here
    ]
    mean = tag("span", tag("span", class_="bp-mean-key"), words.MEAN_OF_BATCH, class_="bp-key")
    said = tag("span", words.A_BAR_OPENS)
    return tag("div", *keys, mean, said, class_="bp-caption")


def _chart(choice: BatchChoice, pulls: list[tuple[float, int]], mean: float) -> str:
    highest = HEADROOM * max(pulls[0][0], mean, 0.0)
    lowest = HEADROOM * min(pulls[-1][0], mean, 0.0)
    extent = (highest - lowest) or 1.0
    zero = 100 * -lowest / extent
    bars = (_bar(choice, value, flower, zero, 100 / extent) for value, flower in pulls)
    lines = (
        tag("span", class_="bp-bars-zero", style=f"bottom:{zero:.3f}%"),
        tag(
            "span",
            class_="bp-bars-mean",
            style=f"bottom:{zero + 100 * mean / extent:.3f}%",
            data_bar_mean="",
            data_value=exact(mean),
        ),
    )
    plot = tag("div", *bars, *lines, class_="bp-bars-plot")
    parts = [plot]
    if len(pulls) <= NAMED_BARS:
        names = (
            tag("span", swatch(flower), tag("br"), signed(value), class_="bp-bar-name")
            for value, flower in pulls
        )
        parts.append(tag("div", *names, class_="bp-bars-names"))
    axis = tag(
        "div",
        tag("span", signed(pulls[0][0]), class_="bp-axis-top"),
        " ",  # for who copies them
        tag("span", "0", style=f"bottom:{zero:.3f}%", class_="bp-axis-zero") if 12 < zero < 88 else "",
        " ",
        tag("span", signed(pulls[-1][0]), class_="bp-axis-bottom") if len(pulls) > 1 else "",
        class_="bp-bars-axis",
        aria_hidden="true",
    )
    many = " bp-bars-many" if len(pulls) > NAMED_BARS else ""
    content = tag("div", axis, tag("div", *parts, class_="bp-bars-body"), class_=f"bp-bars{many}")
    return tag("div", content, class_="bp-scroll")


def _bar(choice: BatchChoice, value: float, flower: int, zero: float, unit: float) -> str:
    height = abs(value) * unit
    bottom = zero if value >= 0 else zero - height
    fill = tag(
        "span",
        class_=f"bp-bars-fill {species_class(flower)}",
        style=f"bottom:{bottom:.3f}%;height:{height:.3f}%",
    )
    said = f"Flower {flower}, {SPECIES[species_of(flower)]}: {signed(value)}"
    return link(
        fill,
        choice.walkthrough(flower),
        title=said,
        aria_label=said,
        # The links below the chart lead to the same places: 150 stops of the Tab key would be in the way.
        tabindex="-1",
        data_bar=str(flower),
        data_value=exact(value),
    )


def _links(choice: BatchChoice, pulls: list[tuple[float, int]]) -> str:
    """The strongest flowers on either side, and all of them folded."""
    up = [pull for pull in pulls[:STRONGEST_LINKS] if pull[0] > 0]
    down = [pull for pull in reversed(pulls[-STRONGEST_LINKS:]) if pull[0] < 0]
    row = [
        part
        for text, chosen in (("Up most:", up), ("Down most:", down))
        if chosen
        for part in (tag("span", text), *(_flower_link(choice, *pull) for pull in chosen))
    ]
    strongest = tag("nav", *row, class_="bp-chips", aria_label="Strongest flowers")
    everyone = tag(
        "nav", *(_flower_link(choice, *pull) for pull in pulls), class_="bp-chips", aria_label="All"
    )
    summary = tag("summary", words.open_any(len(pulls)))
    note, flower = "", choice.settings.flower
    typed = typed_note(choice.settings)
    if typed and flower in choice.flowers:
        note += paragraph(words.takes_part(flower, typed), "bp-note")
    if choice.settings.taken:
        note += paragraph(words.steps_taken(choice.settings.taken, flower), "bp-note")
    return strongest + tag("details", summary, everyone, class_="bp-more") + note


def _flower_link(choice: BatchChoice, value: float, flower: int) -> str:
    name, species = swatch(flower) + scripts(f" {signed(value)}"), SPECIES[species_of(flower)]
    return link(name, choice.walkthrough(flower), class_="bp-chip", title=species)
