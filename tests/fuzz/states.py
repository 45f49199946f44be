"""Widget states and messages: of the wrong type, out of range, of widgets that do not exist."""

import random
from collections.abc import Callable, Sequence

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.fuzz.texts import odd_text

WHOLE = (0, 1, -1, 2, 5, 149, 150, 10**6, 2**31, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63))
REAL = (0.0, -0.0, 0.5, 1.0, 10.0, 1e9, 1e300, -1e300, 5e-324, float("nan"), float("inf"), float("-inf"))
JSON = (
    *(
        "",
        "{",
        "null",
        "[]",
        "{}",
        "1",
        "nan",
        "NaN",
        '"a"',
        "[" * 5000,
        '{"place": {"step": 5, "quiz": true, "present": false}}',
        '{"place": {"step": -1, "quiz": true, "present": true}}',
        '{"place": {"step": 1e99, "quiz": false, "present": true}}',
    ),
    *(
        '{"place": {"step": "<script>", "quiz": true, "present": true}}',
        '{"place": null}',
        '{"place": {"step": true, "quiz": 1, "present": null}}',
        '{"place": {"step": NaN}}',
        '{"place": {"step": 99999999999999999999, "quiz": false, "present": false}}',
    ),
    *(
        '{"place": {"step": 3.5, "quiz": false, "present": false}}',
        '{"place": [1]}',
        '{"epoch": [1, 1]}',
        '{"epoch": {"a": []}}',
        '{"__proto__": 1}',
        '{"value": "\\ud800"}',
    ),
    *(
        '[{"event": "address", "value": {"query": "?flower=inf&step=<", "session": "a", "question": {}}}]',
        '[{"event": "address", "value": 3}]',
        '[{"event": "address"}]',
        '[{"event": "nothing", "value": {}}]',
        "[1, null]",
    ),
)

Setter = Callable[[WidgetState, random.Random], None]


def _set(field: str, values: Callable[[random.Random], object]) -> Setter:
    return lambda state, rng: setattr(state, field, values(rng))


def _extend(field: str, values: Callable[[random.Random], object]) -> Setter:
    def extend(state: WidgetState, rng: random.Random) -> None:
        array = getattr(state, field)
        array.SetInParent()
        array.data.extend(values(rng) for _ in range(rng.choice((0, 1, 2, 3, 1000))))

    return extend


def _string_trigger(state: WidgetState, rng: random.Random) -> None:
    state.string_trigger_value.data = odd_text(rng)


def _chat(state: WidgetState, rng: random.Random) -> None:
    state.chat_input_value.data = odd_text(rng)


def _files(state: WidgetState, rng: random.Random) -> None:
    file = state.file_uploader_state_value.uploaded_file_info.add()
    file.file_id = file.name = odd_text(rng)[:1000]


def _arrow(state: WidgetState, rng: random.Random) -> None:
    state.arrow_value.data = rng.randbytes(rng.choice((0, 1, 1000)))


TYPES: tuple[Setter, ...] = (
    _set("trigger_value", lambda rng: rng.random() < 0.8),
    _set("bool_value", lambda rng: rng.random() < 0.5),
    _set("double_value", lambda rng: rng.choice(REAL)),
    _set("int_value", lambda rng: rng.choice(WHOLE)),
    _set("string_value", odd_text),
    _extend("double_array_value", lambda rng: rng.choice(REAL)),
    _extend("int_array_value", lambda rng: rng.choice(WHOLE)),
    _extend("string_array_value", lambda rng: odd_text(rng)[:300]),
    _set("json_value", lambda rng: rng.choice(JSON) if rng.random() < 0.8 else odd_text(rng)),
    _set("json_trigger_value", lambda rng: rng.choice(JSON) if rng.random() < 0.8 else odd_text(rng)),
    _set("bytes_value", lambda rng: rng.randbytes(rng.choice((0, 1, 1000, 100_000)))),
    _string_trigger,
    _chat,
    _files,
    _arrow,
    lambda state, rng: None,  # an id without a value
)
LIKELY: dict[str, tuple[Setter, ...]] = {
    "number_input": TYPES[2:4],
    "slider": (TYPES[5],),
    "text_input": (TYPES[4],),
    "text_area": (TYPES[4],),
    "selectbox": TYPES[3:5],
    "radio": TYPES[3:5],
    "button_group": (TYPES[6], TYPES[7]),
    "button": (TYPES[0],),
    "checkbox": (TYPES[1],),
    "bidi_component": TYPES[8:10],
}
"""What widgets of a kind send, so that half the tries get past the first check."""


def widget_states(rng: random.Random, widgets: Sequence[tuple[str, str]]) -> list[WidgetState]:
    """States of some of these (id, kind of widget), and of some that are not there."""
    states = []
    for _ in range(rng.choice((1, 1, 1, 2, 3, 10))):
        known = widgets and rng.random() < 0.93
        identity, kind = rng.choice(widgets) if known else (_stray(rng), "")
        setters = LIKELY.get(kind, TYPES) if rng.random() < 0.6 else TYPES
        states.append(WidgetState(id=identity))
        rng.choice(setters)(states[-1], rng)
    return states


def _stray(rng: random.Random) -> str:
    return rng.choice(
        ("", "$$ID-x-flower", "$$GENERATED", "$$WIDGET_ID-1-None", "flower", odd_text(rng)[:300])
    )


def odd_message(rng: random.Random) -> bytes:
    """A message that a page would not send now, or that is none."""
    kind = rng.randrange(11)
    message = BackMsg()
    if kind == 0:
        return rng.randbytes(rng.choice((0, 1, 10, 1000)))
    if kind == 1:
        message.stop_script = True
    elif kind == 2:
        message.set_run_on_save = True
    elif kind == 3:
        message.load_git_info = True
    elif kind == 4:
        message.app_heartbeat = True
    elif kind == 5:
        message.clear_cache = True
    elif kind == 6:
        message.debug_disconnect_websocket = True
    elif kind == 7:
        message.debug_shutdown_runtime = True
    elif kind == 8:
        message.file_urls_request.request_id = odd_text(rng)[:100]
        message.file_urls_request.file_names.extend(odd_text(rng)[:1000] for _ in range(rng.randrange(4)))
    elif kind == 9:
        _backend_operation(message, rng)
    else:
        message.rerun_script.fragment_id = odd_text(rng)[:1000]
    return message.SerializeToString()


def _backend_operation(message: BackMsg, rng: random.Random) -> None:
    request = message.backend_operation_request
    request.request_id = odd_text(rng)[:100]
    which = rng.choice(("deferred_file", "install_skills", "dismiss_skills_nudge", "dataframe_chunk", ""))
    if which:
        getattr(request, which).SetInParent()
    if which == "deferred_file":
        request.deferred_file.file_id = odd_text(rng)[:1000]
