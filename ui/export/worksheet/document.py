"""The whole worksheet as one HTML file: no script, no request; the browser prints it or makes the PDF."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from backprop import TrainingStep
from ui.draw.prose import paragraph
from ui.draw.svg import tag
from ui.export.state import describe_state
from ui.export.worksheet import words
from ui.export.worksheet.backward import backward_section
from ui.export.worksheet.forward import forward_section, given_section
from ui.export.worksheet.parts import Pen, blocks
from ui.export.worksheet.picture import network_picture
from ui.export.worksheet.plan import ABSOLUTE, RELATIVE, Plan, left_out, plan_of
from ui.export.worksheet.update import update_section
from ui.state.captions import typed_entries
from ui.state.recording import recorded_step
from ui.state.settings import Settings

PAPERS: Mapping[str, str] = {"A4": "A4", "Letter": "letter"}
"""Option of the paper menu: size in CSS."""

_STYLES = (Path(__file__).parent / "worksheet.css").read_text(encoding="utf-8")


def worksheet_html(settings: Settings, link: str, paper: str = "A4", key: bool = True) -> str:
    """The file's text.

    Args:
        settings: the view.
        link: its address, printed in the head.
        paper: one of PAPERS.
        key: whether the answers follow, beginning on a page of their own.
    """
    size = f"@page {{ size: {PAPERS[paper]}; }}"
    title = escape(_title(settings))
    sheet = _sheet(settings, link) + (_key(settings) if key else "")
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_STYLES}{size}\n</style>\n</head>\n<body>\n{sheet}\n</body>\n</html>\n"
    )


def _title(settings: Settings) -> str:
    return f"{words.TITLE}. {describe_state(settings)[0]}"


def _sheet(settings: Settings, link: str) -> str:
    step = recorded_step(settings)
    plan, pen = plan_of(step), Pen(filled=False)
    return tag(
        "main",
        tag("h1", words.TITLE),
        '<p class="who"><span>Name</span><span>Date</span></p>',
        _facts(settings, link),
        network_picture(step.config),
        paragraph(words.instructions(_tolerance())),
        *map(paragraph, left_out(step, plan)),
        tag("h2", words.GIVEN),
        blocks(given_section(step, plan, typed_entries(settings, "x"))),
        _passes(step, plan, pen),
    )


def _key(settings: Settings) -> str:
    step = recorded_step(settings)
    plan, pen = plan_of(step), Pen(filled=True)
    return tag(
        "main",
        tag("h1", words.KEY_TITLE),
        _facts(settings),
        paragraph(_tolerance()),
        _passes(step, plan, pen),
        class_="answers",
    )


def _passes(step: TrainingStep, plan: Plan, pen: Pen) -> str:
    """What is asked on the sheet, and answered in the key."""
    sections = {
        words.FORWARD: forward_section,
        words.BACKWARD: backward_section,
        words.UPDATE: update_section,
    }
    return "".join(tag("h2", title) + blocks(section(step, plan, pen)) for title, section in sections.items())


def _facts(settings: Settings, link: str = "") -> str:
    lines = [escape(text) for text in describe_state(settings)]
    if link:
        lines.append(f'{words.CHECK_YOURSELF} <a href="{escape(link)}">{escape(link)}</a>')
    return tag("p", "<br>".join(lines), class_="facts")


def _tolerance() -> str:
    return words.tolerance(RELATIVE, ABSOLUTE)
