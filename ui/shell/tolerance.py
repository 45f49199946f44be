"""What no widget could have sent counts as the widget's default.

Streamlit 1.67 fails on a link with inf for a whole number, on a widget's value of the wrong type, and on
values for widgets that never were. Nobody's browser sends the latter two, but whatever fails fills the log.
Streamlit has no hook for this, so three methods are wrapped; tests/test_fuzz.py notices when they change.
"""

from contextlib import suppress
from functools import wraps
from typing import Any

from streamlit.elements.widgets.number_input import NumberInputSerde
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import Serialized, Value, WStates

_SENT_FOR = {"double_value": ("double_value", "int_value")}
"""Fields that a widget of this type may send, where they are more than the one of that name."""


def tolerate_bad_values() -> None:
    """Put the checks in place, once in a process."""
    if hasattr(WStates.__getitem__, "__wrapped__"):
        return
    WStates.__getitem__ = _readable_or_default(WStates.__getitem__)  # type: ignore[method-assign]
    WStates.set_widget_from_proto = _of_a_widget(WStates.set_widget_from_proto)  # type: ignore[method-assign]
    NumberInputSerde.deserialize = _in_range_or_default(NumberInputSerde.deserialize)  # type: ignore[method-assign]


def _readable_or_default(read: Any) -> Any:
    @wraps(read)
    def value_of(states: WStates, widget_id: str) -> Any:
        state, metadata = states.states.get(widget_id), states.widget_metadata.get(widget_id)
        if not isinstance(state, Serialized) or metadata is None:
            return read(states, widget_id)
        sent = state.value.WhichOneof("value")
        if sent in (None, *_SENT_FOR.get(metadata.value_type, (metadata.value_type,))):
            with suppress(Exception):  # whatever the widget cannot read
                return read(states, widget_id)
        default = metadata.deserializer(None)
        states.states[widget_id] = Value(default)
        return default

    return value_of


def _of_a_widget(take: Any) -> Any:
    @wraps(take)
    def take_state(states: WStates, state: WidgetState) -> None:
        if _is_of_an_element(state.id):
            take(states, state)

    return take_state


def _is_of_an_element(key: str) -> bool:
    """Whether a value is that of a widget, or of a component's triggers, which have a key around its own."""
    return is_element_id(key.removeprefix("$$STREAMLIT_INTERNAL_KEY_"))


def _in_range_or_default(deserialize: Any) -> Any:
    @wraps(deserialize)
    def number(serde: NumberInputSerde, sent: float | None) -> float | None:
        try:
            return deserialize(serde, sent)  # type: ignore[no-any-return]
        except OverflowError:  # int(inf)
            return serde.value

    return number
