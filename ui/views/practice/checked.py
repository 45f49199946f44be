"""The section "Check my answers": pasted answers, and a verdict on each line.

What was pasted is in the address, or in the session where it is too long for a link.
"""

from hashlib import blake2b

import streamlit as st

from backprop.check import slope_noise
from backprop.noise import beyond
from backprop.practice import Batch, Checked, batch_of, delta_kind
from ui.draw.prose import number_cell, page_link, paragraph, row_head, table
from ui.draw.svg import scripts, tag
from ui.names.numbers import as_typed, exact
from ui.questions.verdicts import Verdict, first_wrong, verdicts_of
from ui.questions.words import solution, wording
from ui.questions.words.wording import network
from ui.state.address import put
from ui.state.cache import kept
from ui.state.captions import describe_observation
from ui.state.choices import ask
from ui.state.packed import MOST_CHARACTERS, pack, unpack
from ui.state.recording import all_observations, gradient_checks, recorded_step
from ui.state.settings import Settings
from ui.views.practice import words
from ui.views.practice.feedback import error_markup

MOST_PASTED = 20_000
"""Characters of the field."""

MOST_NUMBERS = 24
"""Right numbers that are listed."""

_LONG = "answers_too_long_for_a_link"


def check_section(settings: Settings) -> None:
    """The field, and what there is to say to each of its lines."""
    packed = ask("answers")
    text = unpack(packed) if packed else st.session_state.get(_LONG, "")
    field = f"answers:{blake2b(text.encode(), digest_size=8).hexdigest()}"  # a link has its own text
    with st.container(key="check", horizontal=True):
        with st.form("check_form", border=False):
            st.text_area(
                words.YOUR_ANSWERS,
                text,
                height=300,
                max_chars=MOST_PASTED,
                key=field,
                placeholder=solution.example(settings.config),
            )
            st.form_submit_button("Check", key="check_submit", type="primary", on_click=submit, args=(field,))
            observation = describe_observation(settings)
            subject = words.against(observation, network(settings.config), settings.learning_rate)
            st.markdown(
                paragraph(words.SPELLINGS, "bp-note") + paragraph(subject, "bp-note"), unsafe_allow_html=True
            )
        said = kept(verdicts_markup, settings, text) if text.strip() else ""
        note = _where_kept(packed, text) if text.strip() else ""
        # Also there while empty, so that screen readers hear what comes in.
        st.markdown(tag("div", said + note, role="status", class_="bp-said"), unsafe_allow_html=True)


def submit(field: str) -> None:
    """Keep what was pasted: in the address if it is short enough, else in the session."""
    text = str(st.session_state[field] or "")
    packed = pack(text) if text.strip() else None
    st.session_state.pop(_LONG, None)
    if packed and len(packed) > MOST_CHARACTERS:
        st.session_state[_LONG], packed = text, None
    put("answers", packed)


def _where_kept(packed: str, text: str) -> str:
    said = words.IN_THE_LINK if packed else words.too_long(MOST_CHARACTERS, len(pack(text)))
    return paragraph(said, "bp-note")


def verdicts_markup(settings: Settings, text: str) -> str:
    """The verdicts as HTML: how many there are of each, where to begin, one to a line, the right numbers."""
    observations = _observations(settings)
    batch = _batch(settings) if observations else None
    try:
        verdicts = verdicts_of(recorded_step(settings), text, batch, observations)
    except ValueError as error:
        return error_markup(str(error))
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.mark] = counts.get(verdict.mark, 0) + 1
    rows = [_row(settings, verdict) for verdict in verdicts]
    return (
        paragraph(solution.summary(counts), "bp-verdict")
        + _beginning(settings, first_wrong(verdicts))
        + table(words.VERDICTS, rows, "bp-verdicts")
        + _right_numbers(settings, [each for verdict in verdicts for each in verdict.checked])
    )


def _observations(settings: Settings) -> list[str]:
    """Names of the observations, where several are given."""
    count = len(settings.given.X) if settings.given is not None else 1
    return [f"observation {number + 1}" for number in range(count)] if count > 1 else []


def _batch(settings: Settings) -> Batch:
    return batch_of(recorded_step(settings), *all_observations(settings))


def _beginning(settings: Settings, first: Verdict | None) -> str:
    """The first wrong line: what follows from it may be right."""
    if first is None:
        return ""
    lead = tag("strong", words.BEGIN_HERE)
    said = tag("p", lead, ": ", scripts(words.here(first.line, first.name)))
    said += "".join(paragraph(each) for each in first.said)
    link = page_link(words.EXPLAINED, settings.step_link(first.stop))
    return tag("div", said, tag("p", link), class_="bp-answer bp-is-wrong")


def _row(settings: Settings, verdict: Verdict) -> list[str]:
    mark = tag("span", solution.MARKS[verdict.mark], class_=f"bp-mark bp-mark-{verdict.mark or 'unread'}")
    name = scripts(verdict.name)
    if verdict.stop:
        href = settings.step_link(verdict.stop)
        name = tag("a", name, data_app_link="", href=href, target="_self")
    return [
        row_head(str(verdict.line)),
        tag("td", name),
        tag("td", mark, data_verdict=verdict.mark or "unread", data_line=str(verdict.line)),
        tag("td", *(tag("p", scripts(each)) for each in verdict.said)),
    ]


def _right_numbers(settings: Settings, checked: list[Checked]) -> str:
    """What it should be, beside the reader's own numbers, and the measured slope; folded."""
    off = [each for each in checked if each.verdict != "right"]
    if not off:
        return ""
    rows = [_numbers(settings, each) for each in off[:MOST_NUMBERS]]
    more = paragraph(words.more_numbers(len(off) - MOST_NUMBERS)) if len(off) > MOST_NUMBERS else ""
    return tag(
        "details", tag("summary", words.RIGHT_NUMBERS), table(words.NUMBERS, rows), more, class_="bp-more"
    )


def _numbers(settings: Settings, checked: Checked) -> list[str]:
    quantity = checked.answer.quantity
    name = wording(settings.config, quantity).name
    variable = _variable(settings, checked)
    measured = tag("td")
    if variable:
        check = gradient_checks(settings)[variable]
        if not check.why_not(quantity.index):
            noise = slope_noise(recorded_step(settings), variable)
            slope = float(beyond(check.numeric, noise)[quantity.index])
            measured = number_cell(slope, f"measured:{variable}", text=as_typed(slope))
    return [
        row_head(name),
        tag("td", as_typed(checked.answer.value), data_value=exact(checked.answer.value)),
        number_cell(checked.right, f"right:{quantity.kind}:{quantity.layer}", text=as_typed(checked.right)),
        measured,
    ]


def _variable(settings: Settings, checked: Checked) -> str:
    """Of what the number is ∂C/∂; "" where it is no derivative of the cost."""
    kind, layer = checked.answer.quantity.kind, checked.answer.quantity.layer
    letters = {"cost_slope": "a", "weight_gradient": "W", "bias_gradient": "b", "through_activation": "z"}
    if kind == "path_sum":
        return f"{'z' if delta_kind(settings.config, layer) == kind else 'a'}{layer}"
    return f"{letters[kind]}{layer}" if kind in letters else ""
