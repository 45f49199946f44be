"""Which flowers pull the chosen entry up, and which down: a bar a flower, each a link. No Streamlit."""

from ui.draw.prose import heading, paragraph
from ui.draw.svg import scripts, tag
from ui.names.numbers import counted, every, exact, short, signed
from ui.state.caching import kept_by_view
from ui.state.captions import typed_note
from ui.state.data import SPECIES
from ui.views.batch.choice import BatchChoice, species_class
from ui.views.batch.data import species_of
from ui.views.batch.tables import swatch

NAMED_BARS = 16
"""Up to so many bars have room for a number each."""

STRONGEST_LINKS = 3
HEADROOM = 1.08


@kept_by_view()
def bars_markup(choice: BatchChoice) -> str:
    """Heading, sentence, bars, and links to the flowers."""
    pulls = sorted(zip(choice.terms, choice.flowers, strict=True), key=lambda pull: (-pull[0], pull[1]))
    mean = float(choice.batch.gradient[choice.row, choice.column])
    return (
        heading(f"Who pulls dC/d{choice.cell} up, who down?")
        + paragraph(_sentence(choice, pulls, mean), "bp-note bp-pulls")
        + _legend(choice)
        + _chart(choice, pulls, mean)
        + _links(choice, pulls)
    )


def _sentence(choice: BatchChoice, pulls: list[tuple[float, int]], mean: float) -> str:
    up, down = sum(value > 0 for value, _ in pulls), sum(value < 0 for value, _ in pulls)
    said = _counts(up, down, len(pulls) - up - down)
    stays = f"the step leaves {choice.cell} where it is."
    if mean == 0:
        return f"{said} {'They cancel: the' if up else 'So the'} mean is 0, and {stays}"
    rate = choice.settings.learning_rate
    if rate == 0:
        return f"{said} The mean is {signed(mean)}, but with η = 0 {stays}"
    step = -rate * mean
    what = "bias" if choice.column == choice.inputs else "weight"
    said += (
        f" The mean is {signed(mean)}, so the step −η · mean = {signed(step)} "
        f"{'raises' if step > 0 else 'lowers'} {choice.cell}: a positive derivative pushes the {what} down, "
        "a negative one up."
    )
    size = sum(abs(value) for value, _ in pulls) / len(pulls)
    if abs(mean) < size / 2:
        said += f" They disagree: without their signs the mean would be {short(size)}."
    return said


def _counts(up: int, down: int, none: int) -> str:
    """Such as "3 flowers pull up, 2 down, 1 leaves it alone (0)."."""
    first = True
    parts = []
    for count, way in ((up, "up"), (down, "down"), (none, "")):
        if not count:
            continue
        one = count == 1
        verb = f"pull{'s' if one else ''} {way}" if way else f"{'leaves' if one else 'leave'} it alone (0)"
        if count == up + down + none:
            who = every(count, "flower")
            parts.append(f"{who[0].upper()}{who[1:]} {verb}")
        elif first:
            parts.append(f"{counted(count, 'flower')} {verb}")
        else:
            parts.append(f"{count} {way or verb}")
        first = False
    return f"{', '.join(parts)}."


def _legend(choice: BatchChoice) -> str:
    here = sorted({species_of(flower) for flower in choice.flowers})
    keys = [
        tag("span", tag("span", class_=f"bp-swatch bp-species-{k}"), SPECIES[k], class_="bp-key")
        for k in here
    ]
    mean = tag("span", tag("span", class_="bp-mean-key"), "mean of the batch", class_="bp-key")
    said = tag("span", "A bar opens its flower in the walkthrough.")
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
    return tag(
        "a",
        fill,
        href=choice.walkthrough(flower),
        data_app_link="",
        target="_self",
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
    summary = tag(
        "summary", f"Open any of the {len(pulls)} in the walkthrough" if len(pulls) > 1 else "Open it"
    )
    note = ""
    typed = typed_note(choice.settings)
    if typed and choice.settings.flower in choice.flowers:
        note += paragraph(f"Flower {choice.settings.flower} takes part with {typed}.", "bp-note")
    if choice.settings.taken:
        note += paragraph(
            f"These weights come after {counted(choice.settings.taken, 'step')} taken on flower "
            f"{choice.settings.flower}. Another flower opens with the weights from before "
            f"{'that step' if choice.settings.taken == 1 else 'those steps'}, so its numbers differ from "
            "those here.",
            "bp-note",
        )
    return strongest + tag("details", summary, everyone, class_="bp-more") + note


def _flower_link(choice: BatchChoice, value: float, flower: int) -> str:
    return tag(
        "a",
        swatch(flower),
        scripts(f" {signed(value)}"),
        href=choice.walkthrough(flower),
        data_app_link="",
        target="_self",
        class_="bp-chip",
        title=SPECIES[species_of(flower)],
    )
