"""Sections of the page "Derivative paths"."""

import streamlit as st

from backprop.noise import carried
from ui.draw.heatmap import chart_config
from ui.draw.page import show
from ui.draw.prose import heading, page_link, paragraph
from ui.draw.ready import ReadyFigure
from ui.draw.svg import one_element, scripts, tag
from ui.draw.words import heatmap_alt
from ui.names.symbols import symbol
from ui.names.words import TO_WALKTHROUGH
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.choices import ask
from ui.state.data import input_names
from ui.state.parameters import real
from ui.state.recording import recorded_step
from ui.state.settings import Settings, lab_link
from ui.views.paths import words
from ui.views.paths.choice import PathChoice
from ui.views.paths.enumeration import enumeration_markup
from ui.views.paths.figures import gradient_row_figure, path_terms_figure
from ui.views.paths.knock_out import book_of, single_path
from ui.views.paths.ledger_svg import ledger_svg
from ui.views.paths.output import output_markup
from ui.views.paths.rules import numeric_of, rule_cards, unit_table, verdict
from ui.views.paths.scenes import nudge_scene
from ui.views.paths.special_units import cancelling_markup, dead_unit_markup
from ui.views.paths.update import gradient_changes, row_comparison, update_costs, update_sentence

WIDE_FIGURE, TABLES_WIDTH = 640, 460


def ledger_section(choice: PathChoice) -> None:
    """The first screen: the ledger of the unit, the rules side by side; then what is next."""
    st.markdown(kept(_first_screen, choice), unsafe_allow_html=True)


def update_section(choice: PathChoice) -> None:
    """What the knock-out does to the gradients and to the cost after one update."""
    figure, alt = kept(_row_figure, choice)
    name = file_name(choice.settings, f"gradient-W{choice.layer}-row{choice.unit + 1}")
    if figure.to_dict()["layout"]["width"] > WIDE_FIGURE:
        _draw(figure, alt, "paths_row", name)
        st.markdown(kept(_costs_markup, choice), unsafe_allow_html=True)
        return
    with st.container(horizontal=True, gap="medium"):
        _draw(figure, alt, "paths_row", name)
        st.markdown(kept(_costs_markup, choice), unsafe_allow_html=True, width=TABLES_WIDTH)


def units_section(choice: PathChoice) -> None:
    """All units of the layer: path terms with their sums, and the rules unit by unit; then what is next."""
    st.markdown(_units_heading(choice), unsafe_allow_html=True)
    figure, text = kept(_terms_figure, choice.settings, choice.above, choice.activation, choice.unit)
    name = file_name(choice.settings, f"path-terms-{choice.above}-{choice.activation}")
    _draw(figure, text, "paths_terms", name)
    st.markdown(kept(_units_markup, choice), unsafe_allow_html=True)


def nudge_section(choice: PathChoice) -> None:
    """Move the activation and measure."""
    eps = real("eps").place(ask("eps"))
    between = None if eps in real("eps").positions else eps
    show(kept(nudge_scene, _whole(choice), between), "eps")


def other_units_section(choice: PathChoice) -> None:
    """Dead units and cancelling paths, every full path, and softmax: the same thesis at the output."""
    settings = choice.settings
    st.markdown(kept(_other_units_markup, _whole(choice)), unsafe_allow_html=True)
    a, z = f"a{settings.config.depth}", f"z{settings.config.depth}"
    if recorded_step(settings).vjp(a, z).paths > 1:
        figure, text = kept(_terms_figure, settings, a, z, None)
        _draw(figure, text, "paths_softmax", file_name(settings, f"path-terms-{a}-{z}"))
    st.markdown(_output_links(settings), unsafe_allow_html=True)


def _whole(choice: PathChoice) -> PathChoice:
    """The choice without the knock-outs, for sections that do not depend on them."""
    return PathChoice(choice.settings, choice.layer, choice.unit)


def _draw(figure: ReadyFigure, alt: str, key: str, name: str) -> None:
    # app.css lets figures scroll sideways in their own box where the screen is narrow.
    width = figure.to_dict()["layout"]["width"]
    box = "wide_figure" if width > WIDE_FIGURE else "phone_figure"
    config = chart_config(name)
    st.plotly_chart(figure, width=width, theme=None, config=config, alt=alt, key=f"{box}_{key}")


def _first_screen(choice: PathChoice) -> str:
    return one_element(_ledger_markup(choice), _update_markup(choice))


def _ledger_markup(choice: PathChoice) -> str:
    settings = choice.settings
    book = kept(book_of, choice)
    numeric = numeric_of(settings, choice.activation, choice.unit)
    picture = tag("div", ledger_svg(choice, book, numeric), class_="bp-wide")
    text = tag("p", scripts(verdict(choice)), class_="bp-verdict", role="status")
    links = (
        page_link(TO_WALKTHROUGH, settings.step_link(f"{choice.layer}.II")),
        _jacobian_link(settings, choice.above, choice.activation),
        page_link(words.TO_LAB, lab_link(settings, single_path(choice))),
    )
    conclusion = tag("div", text, *links, class_="bp-conclusion")
    return picture + rule_cards(choice) + conclusion


def _update_markup(choice: PathChoice) -> str:
    return heading(words.UPDATE_HEADING) + paragraph(update_sentence(choice))


def _costs_markup(choice: PathChoice) -> str:
    return update_costs(choice) + gradient_changes(choice)


def _row_figure(choice: PathChoice) -> tuple[ReadyFigure, str]:
    """The row as a picture, and as a sentence for people who cannot see it."""
    inputs, (right, yours) = input_names(choice.settings.config), row_comparison(choice)
    figure = gradient_row_figure(choice.layer, choice.unit, right, yours, inputs)
    return ReadyFigure(figure), words.row_alt(choice.layer, choice.unit, right.tolist(), yours.tolist())


def _terms_figure(settings: Settings, output: str, wrt: str, unit: int | None) -> tuple[ReadyFigure, str]:
    step = recorded_step(settings)
    what = words.SOFTMAX_TERMS_ALT if wrt.startswith("z") else words.TERMS_ALT
    text = heatmap_alt(what, carried(step, output, wrt).path_terms)
    return ReadyFigure(path_terms_figure(step, output, wrt, unit)), text


def _units_heading(choice: PathChoice) -> str:
    units = words.units_of(choice.settings.config.layer_sizes[choice.layer], choice.layer)
    return heading(units.capitalize()) + paragraph(words.units_opening(choice.name))


def _units_markup(choice: PathChoice) -> str:
    return one_element(unit_table(choice), _nudge_heading(choice))


def _nudge_heading(choice: PathChoice) -> str:
    return heading(f"Nudge {choice.name} and measure") + paragraph(words.NUDGE_OPENING)


def _other_units_markup(choice: PathChoice) -> str:
    special = (
        heading(words.CANCEL_HEADING),
        cancelling_markup(choice),
        heading(words.OFF_HEADING),
        dead_unit_markup(choice),
    )
    return one_element("".join(special), enumeration_markup(choice), kept(output_markup, choice.settings))


def _output_links(settings: Settings) -> str:
    last = settings.config.depth
    links = (
        page_link(TO_WALKTHROUGH, settings.step_link(f"{last}.IV")),
        _jacobian_link(settings, f"a{last}", f"z{last}"),
    )
    return tag("div", *links, class_="bp-conclusion")


def _jacobian_link(settings: Settings, output: str, wrt: str) -> str:
    return page_link(
        f"The Jacobian ∂{symbol(output)}/∂{symbol(wrt)} →",
        settings.link("jacobians", jacobian=f"{output}-{wrt}"),
    )
