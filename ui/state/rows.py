"""What a parameter of the address can be: a whole number, one on a slider, a choice, a text, a switch."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Literal

import streamlit as st

from ui.state import words


@dataclass(frozen=True)
class Parameter:
    """One row.

    Attributes:
        key: in the address.
        label: of its widget.
        default: its value where the address has none.
        help: what the widget explains.
        name: what a notice calls it, where that is not the label.
        page: URL path of the page that has it; empty: all have.
        also_of: name of one more page that has it.
        widget: how it is drawn; empty where links, buttons or a component set it.
        sidebar_of: URL path of the one page whose sidebar has the widget; empty: all have.
        width: of the widget.
        limits: what it takes, for the docs, where that depends on the network.
        shown: what the default is called, where not by its text.
        secret: whether no link has it that is shared.
    """

    key: str
    label: str
    _: KW_ONLY
    default: Any
    help: str | None = None
    name: str = ""
    page: str = ""
    also_of: str = ""
    widget: Literal["field", "pills", "menu", "slider", ""] = "field"
    sidebar_of: str = ""
    width: Literal["stretch"] | int = "stretch"
    limits: str = ""
    shown: str = ""
    secret: bool = False

    def read(self, text: str) -> Any:
        """The value of a text in a link or a field.

        Raises:
            ValueError: saying what was expected and what came.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The value as a link has it."""
        return str(value)

    def draw(self, state: Any) -> str:
        """Draw the widget, holding this, and give what it holds then, as a link has it.

        The widget of a number holds a number; that of a choice or a text holds what the link has.
        """
        raise NotImplementedError

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return self.limits

    @property
    def more(self) -> dict[str, Any]:
        """What every widget takes."""
        return {"key": self.key, "help": self.help}

    @property
    def default_text(self) -> str:
        """The default as a link has it."""
        return self.write(self.default)

    def problem(self, text: str) -> str | None:
        """What is wrong with a text, or None."""
        try:
            self.read(text)
        except ValueError as error:
            return str(error)
        return None

    def notice(self, problem: str, shown: str) -> str:
        """What is wrong, and what is shown in its place."""
        return words.notice(self.name or self.label, problem, shown)


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number from `low` to `high`, in a field."""

    low: int
    high: int
    _: KW_ONLY
    step: int = 1

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return words.whole_number(self.low, self.high)

    def read(self, text: str) -> int:
        """The number; a page's own may be written as 7.0, too."""
        with suppress(ValueError):
            number = float(text) if self.page else int(text)
            if (self.low <= number <= self.high and number == int(number)) or text == self.default_text:
                return int(number)
        raise ValueError(words.wrong(self.expected, text))

    def draw(self, state: int) -> str:
        """Draw the field."""
        bounds = self.low, self.high, state, self.step
        return str(st.number_input(self.label, *bounds, width=self.width, **self.more))


@dataclass(frozen=True)
class Real(Parameter):
    """A number from `low` to `high`, on a slider."""

    low: float
    high: float
    step: float

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return words.number(self.low, self.high)

    def read(self, text: str) -> float:
        """The number."""
        with suppress(ValueError):
            number = float(text)
            if self.low <= number <= self.high:  # neither nan nor inf is
                return number
        raise ValueError(words.wrong(self.expected, text))

    def write(self, value: float) -> str:
        """The number as a link has it: 0.15, not 0.15000000000000002."""
        return number_text(round(value, 9))

    def place(self, text: str) -> float:
        """Where a slider in the browser is: the number as `write` has it."""
        return round(self.read(text), 9) + 0.0  # not −0

    @property
    def positions(self) -> list[float]:
        """Every number that the slider can be moved to."""
        count = round((self.high - self.low) / self.step) + 1
        return [round(self.low + number * self.step, 9) for number in range(count)]

    def draw(self, state: float) -> str:
        """Draw the slider."""
        bounds = self.low, self.high, state, self.step
        return self.write(st.slider(self.label, *bounds, format="%.2f", **self.more))


@dataclass(frozen=True)
class Choice(Parameter):
    """One of several options.

    Attributes:
        options: all of them, or what tells them; none where the network decides, since the page tells.
        among: what a notice calls them, where it does not name them all.
        texts: what people read where that is not the option itself, by option.
        disabled: whether the buttons cannot be pressed.
        is_many: whether the address may have several at once, and none by default.
        typed: reads what is none of them, such as one option for each layer, or raises ValueError.
    """

    options: Iterable[str] | Callable[[], Iterable[str]] = ()
    _: KW_ONLY
    among: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    disabled: bool = False
    is_many: bool = False
    typed: Callable[[str], str] | None = None

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return self.among or words.one_of(self.offered)

    @property
    def offered(self) -> tuple[str, ...]:
        """The options."""
        return tuple(self.options() if callable(self.options) else self.options)

    def read(self, text: str) -> str:
        """The option."""
        if text in self.offered:
            return text
        with suppress(ValueError):
            if self.typed:
                return self.typed(text)
        raise ValueError(words.wrong(self.expected, text))

    def text_of(self, option: str) -> str:
        """An option as people read it."""
        return self.texts.get(option, option)

    def draw(self, state: str) -> str:
        """Draw the options."""
        label, options, more = self.label, self.offered, {**self.more, "format_func": self.text_of}
        if self.widget == "slider":
            return str(st.select_slider(label, options, state, **more))
        if self.widget == "menu":
            if state not in options:
                options = (*options, state)
            more["accept_new_options"] = self.typed is not None
            return str(st.selectbox(label, options, options.index(state), width=self.width, **more))
        chosen = st.pills(
            label, options, default=state, required=True, wrap=True, disabled=self.disabled, **more
        )
        return str(chosen or self.default)


@dataclass(frozen=True)
class Text(Parameter):
    """Something typed, in a field or a dialog.

    Attributes:
        parse: the value of a text, or a ValueError that says what was expected and what came.
        format: the text of a value.
    """

    parse: Callable[[str], Any]
    format: Callable[[Any], str] = str

    def read(self, text: str) -> Any:
        """The value."""
        return self.parse(text)

    def write(self, value: Any) -> str:
        """The value as a link has it."""
        return self.format(value)

    def draw(self, state: str) -> str:
        """Draw the field."""
        return str(st.text_input(self.label, state, **self.more))


@dataclass(frozen=True)
class Switch(Parameter):
    """On with 1, and off with anything else, without a notice; links do not name what is off."""

    def read(self, text: str) -> bool:
        """Whether it is on."""
        return text == "1"

    def write(self, value: bool) -> str:
        """1 or 0."""
        return str(int(value))


def number_text(value: float) -> str:
    """A number as links have it, with all its digits: 0.1, 1e-05, 10."""
    return repr(value).removesuffix(".0")
