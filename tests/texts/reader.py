"""All texts of a page, as a link opens it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from time import sleep
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.expected import DEFAULTS, settings_of
from tests.pages.helpers import open_app, parameter, unpacked
from tests.scenes import scene_of_data
from tests.texts.markup import Text, text_of_label, texts_of_html, texts_of_markdown
from ui.export.notebook import notebook
from ui.export.state import describe_state
from ui.export.worksheet.document import worksheet_html
from ui.names.timeline import timeline
from ui.questions.catalogue import count_of, kinds_of, question_at
from ui.questions.lesson.stops import stops_of
from ui.questions.polls import codes_of, kinds_of_answers, poll_at
from ui.questions.questions import question_for
from ui.questions.quiz import stage_questions
from ui.questions.words.choices import Choice
from ui.state import pages
from ui.state.recording import recorded_step
from ui.state.settings import Settings

PAGES = tuple(page.name for page in pages.PAGES)

SAID = frozenset(("body", "label", "help", "placeholder", "options", "content", "alt", "text", "title"))
"""Fields of Streamlit's messages that people read."""

PATIENCE = 300
"""Tenths of a second to wait for a training."""

UNFOLDED = "pictures"
"""What is drawn only while it is open."""

Link = dict[str, str | int | float]


@dataclass(frozen=True)
class Page:
    """A page as a link opens it, with the settings that its widgets hold."""

    texts: list[Text]
    settings: Settings


def read_page(page: str, dialogs: bool = False, **link: str | int | float) -> Page:
    """Everything that this page says, in order; with the sidebar's dialogs opened one by one if asked."""
    app = open_app(page, **link)
    for _ in range(PATIENCE):
        if not app.get("progress"):
            break
        sleep(0.1)
        app.run()
    if UNFOLDED in app.session_state:
        app.session_state[UNFOLDED] = True
        app.run()
    texts = list(_texts_of_node(app._tree))
    for key in ("edit_numbers", "open_share", "open_export") if dialogs else ():
        app.sidebar.button(key=key).click().run()
        assert not app.exception
        new = [text for text in _texts_of_node(app._tree) if text not in texts]
        texts += [Text(f"dialog {text.kind}", text.text) for text in new]
    return Page(texts, settings_of(**{key: parameter(app, key) for key in DEFAULTS}))


def read_answers(*typed: str, **link: str | int | float) -> Page:
    """What Practice says to these answers, to everyone who asks for hints, and at last of the right one."""
    app = open_app("practice", **link)
    texts: dict[Text, None] = {}
    for answer in typed:
        if not app.main.text_input:  # one of several options: the last is tried
            app.main.radio[0].set_value(app.main.radio[0].options[-1])
        else:
            app.main.text_input[0].set_value(answer)
        _press(app, "practice_submit")
        texts |= dict.fromkeys(_texts_of_node(app._tree))
    for key in ("practice_hint",) * 3 + ("practice_reveal",):
        _press(app, key)
        texts |= dict.fromkeys(_texts_of_node(app._tree))
    return Page([*texts], settings_of(**{key: parameter(app, key) for key in DEFAULTS}))


def read_codes(text: str, **link: str | int | float) -> Page:
    """What the page Class says to result codes that are pasted."""
    app = open_app("class", **link)
    app.text_area(key="codes_text").set_value(text)
    _press(app, "codes_read")
    return Page([*_texts_of_node(app._tree)], settings_of(**{key: parameter(app, key) for key in DEFAULTS}))


def _press(app: AppTest, key: str) -> None:
    """Press a button that may be gone, as that of the last hint is."""
    for button in app.main.button:
        if button.key == key and not button.disabled:
            button.click().run()
            assert not app.exception
            return


def settings_of_link(link: Link) -> Settings:
    """The settings a link asks for, all of which must be right."""
    return settings_of(**{key: value for key, value in link.items() if key in DEFAULTS and key != "step"})


def read_files(settings: Settings) -> list[Text]:
    """What the files of a view say, and the walkthrough's quiz: none of them depends on the page."""
    texts = [Text("export", text) for text in describe_state(settings)]
    texts += texts_of_html(worksheet_html(settings, "link", "A4", True))
    for cell in notebook(settings, "link")["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            # Without the numbers of arrays: how many digits they take depends on the machine.
            said = re.sub(r"np\.array\(.*", "np.array(…", source)
            texts += [Text("code", line[:120]) for line in said.splitlines() if " = np.array(" not in line]
        else:
            texts += texts_of_markdown(re.sub(r"\$\$.*?\$\$", "", source, flags=re.DOTALL), "cell")
    return texts + list(_texts_of_json(json.loads(stage_questions(settings)), "quiz"))


def read_questions(settings: Settings) -> list[Text]:
    """What can be asked of a view, every answer that is known, and what is said to it; each text once."""
    step = recorded_step(settings)
    polls = [poll_at(settings, code) for code in codes_of(settings)]
    asked: list[Any] = [(each.asked, each.context, each.note, kinds_of_answers(each)) for each in polls]
    asked += [each.asked for stop in stops_of(settings) for each in stop.exercises]
    for kind in kinds_of(settings):
        every = [question_at(settings, kind, n + 1) for n in range(count_of(settings, kind))]
        asked += [each for n, each in enumerate(every) if n < 2 or isinstance(each, Choice)]
    asked += [question_for(step, stop) for stop in timeline(step.config)]
    texts: dict[str, Text] = {}
    for each in _texts_within(asked, "context"):
        texts.setdefault(each.text, each)
    return [*texts.values()]


def _texts_within(data: Any, where: str) -> Iterator[Text]:
    """All texts of some words, by the names of their fields."""
    if isinstance(data, str) and " " in data:
        yield Text(where, data)
    elif is_dataclass(data):
        for field in fields(data):
            yield from _texts_within(getattr(data, field.name), field.name)
    elif isinstance(data, list | tuple):
        for each in data:
            yield from _texts_within(each, where)


def _texts_of_node(node: Any) -> Iterator[Text]:
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        yield from _texts_of_proto(node.type, proto)
    for child in getattr(node, "children", {}).values():
        yield from _texts_of_node(child)


def _texts_of_proto(kind: str, proto: Message) -> Iterator[Text]:
    if kind == "bidi_component":
        yield from _texts_of_component(proto)
    elif kind == "plotly_chart":
        yield Text("alt", proto.alt)
        yield from _texts_of_figure(json.loads(proto.spec))
    elif kind == "html" or getattr(proto, "allow_html", False):
        yield from texts_of_html(proto.body)
    else:
        for text in _strings(proto):
            yield from texts_of_markdown(text, kind)


def _strings(message: Message) -> Iterator[str]:
    for field, content in message.ListFields():
        for value in content if field.is_repeated else [content]:
            if field.type == field.TYPE_MESSAGE:
                yield from _strings(value)
            elif field.type == field.TYPE_STRING and field.name in SAID and value:
                yield value


def _texts_of_component(proto: Message) -> Iterator[Text]:
    name = proto.component_name.rpartition(".")[2]
    if name == "library":  # the styles: nobody reads them
        return
    yield from texts_of_html(proto.html_content)
    data = unpacked(proto.bytes) or json.loads(proto.json or "null")
    if name == "markup":
        yield from texts_of_html(data.pop("html"))
    yield from scene_of_data(data).texts() if name == "page" else _texts_of_json(data, name)


MACHINE = {
    "noun",
    *(
        "id",
        "table",
        "cell",
        "net",
        "svg",
        "key",
        "href",
        "class",
        "name",
        "kind",
        "weights",
        "equal",
        "below",
    ),
    *(
        "values",
        "series",
        "confusions",
        "cells",
        "classes",
        "derivatives",
        "present",
        "numeral",
        "sets",
        "link",
    ),
    *("session", "taken", "records", "typed", "version", "styles", "of_document"),
    *("to", "room", "mine", "rounds", "keep"),
}
"""Keys of payloads that hold nothing to read."""

_BASE64 = re.compile(r"[A-Za-z0-9+/=]{24,}")


def _texts_of_json(data: Any, where: str) -> Iterator[Text]:
    if isinstance(data, dict):
        if isinstance(data.get("cell"), list):  # where a number of a written-out result comes from
            yield Text("code", f"{where}: {' '.join(map(str, data['cell']))}")
        if isinstance(data.get("table"), str):
            yield Text("code", f"{where}: {data['table']}{', turned' * bool(data.get('transposed'))}")
        for key, value in data.items():
            if key not in MACHINE:
                yield from _texts_of_json(value, where if key in ("tokens", "then", "else") else key)
    elif isinstance(data, list):
        for value in data:
            yield from _texts_of_json(value, where)
    elif isinstance(data, str) and data.strip() and not _BASE64.fullmatch(data):
        if data.startswith("<"):
            yield from (Text(where, text.text) for text in texts_of_html(data))
        elif where == "numpy":
            yield from (Text("code", line) for line in data.splitlines())
        else:
            yield Text(where, data)


def _texts_of_figure(figure: dict[str, Any]) -> Iterator[Text]:
    layout = figure["layout"]
    titles = [
        layout.get("title", {}),
        *(axis.get("title", {}) for name, axis in layout.items() if "axis" in name),
    ]
    annotations = layout.get("annotations", [])
    for text in [title.get("text") for title in titles] + [note["text"] for note in annotations]:
        yield from _texts_of_label(text, "figure")
    for name, axis in layout.items():
        if "axis" in name:
            for text in axis.get("ticktext") or ():
                yield from _texts_of_label(text, "tick")
    for trace in figure["data"]:
        yield from _texts_of_label(trace.get("name"), "trace")
        yield from _texts_of_label(trace.get("hovertemplate"), "hovertemplate")
        for key in ("hovertext", "text", "customdata"):
            for text in _flat(trace.get(key)):
                yield from _texts_of_label(text, key)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _flat(part)
    else:
        yield value


def _texts_of_label(text: Any, kind: str) -> Iterator[Text]:
    """Plotly's labels are a little HTML."""
    if isinstance(text, str) and text:
        yield Text(kind, text_of_label(text))
