"""Every page with the question it answers. No Streamlit."""

from ui.draw.prose import page_link
from ui.draw.svg import scripts, tag
from ui.state.settings import Settings

QUESTIONS = {
    "One step, taken apart": {
        "Walkthrough": ("walkthrough", "What is computed, in which order, from which numbers?"),
        "Jacobians": ("jacobians", "What does each derivative look like, and what may be left out of it?"),
        "Derivative paths": ("paths", "Where does the sum over k come from, and what if a path is missing?"),
        "Weight update": ("update", "What does the step do to the weights, and to the cost?"),
        "Total derivative": ("total_derivative", "How does it work for two variables, without a network?"),
    },
    "Beyond one step": {
        "Batch": ("batch", "Which sum is over paths, and which over a batch? Who pulls a weight which way?"),
        "Training": ("training", "Do these steps learn? Train, and scrub through the epochs."),
        "Chain-rule lab": ("chain_rule_lab", "What does a wrong rule cost? Predict, then train with it."),
    },
    "Teach": {
        "Practice": ("practice", "Can you do it yourself? Predict a number before it is shown."),
        "Notation": ("notation", "What is it called, which shape has it, and where is it in the sources?"),
    },
}
"""Heading: page title: URL path and question."""


def page_map(settings: Settings) -> str:
    """HTML: links to all pages, this view kept, each with its question."""
    groups = (_group(settings, heading, pages) for heading, pages in QUESTIONS.items())
    return tag("h2", "Every page", class_="bp-heading") + tag("div", *groups, class_="bp-pages")


def _group(settings: Settings, heading: str, pages: dict[str, tuple[str, str]]) -> str:
    items = (
        tag("li", page_link(title, settings.link(path)), tag("span", scripts(question)))
        for title, (path, question) in pages.items()
    )
    return tag("section", tag("h3", heading), tag("ul", *items, class_="bp-begin"))
