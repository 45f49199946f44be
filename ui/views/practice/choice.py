"""Which question the reader sees: kind, number, level. All of it in the URL."""

from dataclasses import dataclass

from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.state.address import asked, put
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.data import observation_word
from ui.state.settings import Settings
from ui.views.practice import words
from ui.views.practice.catalogue import KINDS, RULE, count_of, kinds_of, question_at, question_key

FIRST = 1


@dataclass(frozen=True, slots=True)
class PracticeChoice:
    """One view of the page, checked.

    Attributes:
        settings: those of the sidebar.
        kind: a key of KINDS that these settings can ask.
        number: of the question, from 1.
        level: an option of the parameter `level`; choices have none, and leave it as it is.
    """

    settings: Settings
    kind: str
    number: int
    level: str

    @property
    def is_choice(self) -> bool:
        """Whether the question is one with options."""
        return self.kind == RULE

    @property
    def asked(self) -> Question | Choice:
        """The question."""
        return kept(question_at, self.settings, self.kind, self.number)

    @property
    def key(self) -> str:
        """Name of the question among all there are."""
        return kept(question_key, self.settings, self.kind, self.number)

    @property
    def blanks(self) -> str:
        """The level of the attempt; choices have one only."""
        return "" if self.is_choice else self.level

    @property
    def field(self) -> str:
        """Key of the widget that takes the answer."""
        return f"practice_text:{self.key}:{self.blanks}"

    @property
    def last(self) -> int:
        """Number of the last question of this kind."""
        return count_of(self.settings, self.kind)

    @property
    def is_last(self) -> bool:
        """Whether no other comes after it."""
        return self.number == self.last


def choose_question(settings: Settings) -> PracticeChoice:
    """The controls at the top of the page, and what they are set to."""
    offered = kept(kinds_of, settings)
    missing = [kind for kind in KINDS if kind not in offered]
    left_out = (
        words.left_out(settings.config, observation_word(settings.config), missing) if missing else None
    )
    kind = ask("kind", options=offered, default=offered[0], help=left_out)
    level = ask("level", disabled=kind == RULE)
    number = int(ask("q", high=count_of(settings, kind)))
    return PracticeChoice(settings, kind, number, level)


def next_question(level: str | None = None) -> None:
    """Go on by one, at another level if one is given. In callbacks only."""
    put("q", int(asked("q") or FIRST) + 1)
    if level is not None:
        put("level", level)
