"""Sections of the page "Notation"."""

import streamlit as st

from ui.draw.markup import show_markup
from ui.draw.prose import link, page_link
from ui.draw.svg import scripts, tag
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.recording import recorded_step
from ui.state.settings import Settings
from ui.views.notation.forms_markup import layer_markup, layout_markup
from ui.views.notation.markup import code, formula, paragraph, rich, table
from ui.views.notation.words import page as words
from ui.views.notation.words.differences import Difference, differences
from ui.views.notation.words.glossary import (
    Term,
    derivative_terms,
    network_terms,
    sign_terms,
    training_terms,
)
from ui.views.notation.words.sources import Source, sources


def contents() -> None:
    """Links to the four parts."""
    links = (tag("a", text, href=f"#{anchor}", class_="bp-chip") for anchor, text in words.ANCHORS.items())
    st.markdown(tag("nav", *links, class_="bp-chips", aria_label=words.PARTS), unsafe_allow_html=True)


def glossary_section(settings: Settings) -> None:
    """Every symbol."""
    show_markup(kept(_glossary_markup, settings), "glossary")


def forms_section(settings: Settings) -> None:
    """The backward pass in three forms, with the switch of the layout."""
    st.markdown(_forms_heading(), unsafe_allow_html=True)
    show_markup(kept(_forms_markup, settings, ask("layout")), "forms")


def sources_section(settings: Settings) -> None:
    """Where each formula stands."""
    show_markup(kept(_sources_markup, settings), "sources")


def differences_section(settings: Settings) -> None:
    """Where we differ from the article."""
    show_markup(kept(_differences_markup, settings), "differences")


def _opening(anchor: str, said: str) -> str:
    # Streamlit gives headings ids of its own, so the link's target is around the heading.
    return tag("div", tag("h2", words.ANCHORS[anchor], class_="bp-heading"), id=anchor) + paragraph(said)


def _glossary_markup(settings: Settings) -> str:
    step = recorded_step(settings)
    parts = (
        ("The network", network_terms(step)),
        ("One backward step", derivative_terms(step)),
        ("Update and batch", training_terms(step)),
        ("Signs", sign_terms(step)),
    )
    tables = (tag("h3", name, class_="bp-subheading") + _terms_table(name, terms) for name, terms in parts)
    return _opening("glossary", words.glossary(settings.config)) + "".join(tables)


def _terms_table(name: str, terms: tuple[Term, ...]) -> str:
    return tag(
        "div", table(name, words.GLOSSARY_COLUMNS, [_term_row(term) for term in terms]), class_="bp-glossary"
    )


def _term_row(term: Term) -> tuple[str, str, str, str]:
    lines = [
        tag("div", code(text), " ", tag("span", str(shape), class_="bp-shape"), data_code=text)
        for text, shape in term.expressions
    ]
    values = tag("div", rich(term.values), class_="bp-value") if term.values else ""
    return (
        formula(term.symbol),
        tag("strong", term.name) + tag("div", rich(term.meaning)),
        "".join(lines) + values,
        rich(term.elsewhere),
    )


def _forms_heading() -> str:
    return _opening("forms", words.FORMS)


def _forms_markup(settings: Settings, layout: str) -> str:
    last = settings.config.depth
    layers = (layer_markup(settings, layer, layout) for layer in range(last, 0, -1))
    return layout_markup(settings, layout) + "".join(layers)


def _sources_markup(settings: Settings) -> str:
    rows = [_source_row(source) for source in sources(settings)]
    content = table("Sources", words.SOURCES_COLUMNS, rows)
    return _opening("sources", words.SOURCES) + tag("div", content, class_="bp-sources")


def _source_row(source: Source) -> tuple[str, str, str, str]:
    titles = "".join(tag("div", title) for title in source.parr_howard) or tag("div", words.NO_TITLE)
    note = tag("div", source.note, class_="bp-remark") if source.note else ""
    label, href = source.see
    return (
        formula(source.latex) + tag("div", scripts(source.what), class_="bp-remark"),
        source.article or words.NO_SECTION,
        titles + note,
        link(scripts(label), href),
    )


def _differences_markup(settings: Settings) -> str:
    points = differences(settings, recorded_step(settings))
    cards = tag("div", *map(_card, points), class_="bp-cards")
    return _opening("differences", words.DIFFERENCES) + cards


def _card(point: Difference) -> str:
    links = (page_link(label, href) for label, href in point.links)
    return tag(
        "section",
        tag("h3", scripts(point.title), class_="bp-subheading"),
        tag("p", tag("strong", "Article: "), rich(point.article)),
        tag("p", tag("strong", "Here: "), rich(point.ours)),
        tag("p", tag("strong", "Why: "), rich(point.why)),
        tag("div", *links, class_="bp-conclusion"),
        class_="bp-card bp-difference",
        data_difference=point.key,
    )
