"""Widget states out of range or without sense, and messages that a page would not send."""

import random
from collections.abc import Callable, Sequence

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.fuzz.texts import odd_text

WHOLE = (0, 1, -1, 2, 5, 149, 150, 10**6, 2**31, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63))
REAL = (0.0, -0.0, 0.5, 1.0, 10.0, 1e9, 1e300, -1e300, 5e-324, float("nan"), float("inf"), float("-inf"))
JSON = (
    *(
        "null",
        "[]",
        "{}",
        "1",
        "NaN",
        '"a"',
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


SENT: dict[str, tuple[Setter, ...]] = {
    "number_input": (_set("int_value", lambda rng: rng.choice(WHOLE)),),
    "slider": (_extend("double_array_value", lambda rng: rng.choice(REAL)),),
    "select_slider": (_extend("string_array_value", lambda rng: odd_text(rng)[:300]),),
    "text_input": (_set("string_value", odd_text),),
    "text_area": (_set("string_value", odd_text),),
    "selectbox": (_set("string_value", odd_text),),
    "radio": (_set("string_value", odd_text),),
    "button_group": (_extend("string_array_value", lambda rng: odd_text(rng)[:300]),),
    "button": (_set("trigger_value", lambda rng: rng.random() < 0.8),),
    "checkbox": (_set("bool_value", lambda rng: rng.random() < 0.5),),
    "bidi_component": tuple(
        _set(field, lambda rng: rng.choice(JSON)) for field in ("json_value", "json_trigger_value")
    ),
}
"""What a widget of this kind sends; Streamlit raises an error at a value of another type."""


def widget_states(rng: random.Random, widgets: Sequence[tuple[str, str]]) -> list[WidgetState]:
    """States of some of these (id, kind of widget)."""
    known = [widget for widget in widgets if widget[1] in SENT]
    states = []
    for _ in range(rng.choice((1, 1, 1, 2, 3, 10)) if known else 0):
        identity, kind = rng.choice(known)
        states.append(WidgetState(id=identity))
        rng.choice(SENT[kind])(states[-1], rng)
    return states


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
