"""Which question the reader sees: kind, number, level, or the place in a sequence. All of it in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.questions.catalogue import KINDS, RULE, count_of, kinds_of, question_at, question_key
from ui.questions.questions import Question
from ui.questions.results.mistakes import made_most, read_made, write_made
from ui.questions.words.choices import Choice
from ui.state.address import asked, keep_texts, put
from ui.state.cache import kept
from ui.state.choices import ask
from ui.state.data import observation_word
from ui.state.parameters import MIXED
from ui.state.parsing import MOST_MADE, parse_set
from ui.state.settings import Settings
from ui.state.words import one_of
from ui.views.practice import words
from ui.views.practice.sequence import Asked, chosen_set, length_of, sequence

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

    @property
    def codes(self) -> tuple[str, ...]:
        """What a class is asked: this question; of a set the others, too, in their order from here on."""
        return (f"{self.kind}.{self.number}",)

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands among the others, in sentences."""
        return (words.place(self.number, self.last),)


@dataclass(frozen=True, slots=True)
class SequenceChoice(PracticeChoice):
    """A question of a sequence; another one, or the end, comes after each.

    Attributes:
        marks: what became of those before.
        length: how many there are.
        is_again: whether it is asked since one of its kind was missed.
        is_other: whether it is asked of another network.
        left_out: how many of a set this view does not have.
        set: the questions of the set; none of a sequence.
    """

    marks: str
    length: int
    is_again: bool
    is_other: bool
    left_out: int
    set: tuple[Asked, ...] = ()

    @property
    def is_last(self) -> bool:
        """Whether no other comes after it: the end does."""
        return False

    @property
    def codes(self) -> tuple[str, ...]:
        """See above."""
        at = len(self.marks)
        questions = (*self.set[at:], *self.set[:at])
        return tuple(f"{each.kind}.{each.number}" for each in questions) or (f"{self.kind}.{self.number}",)

    @property
    def ends(self) -> bool:
        """Whether the end comes after it."""
        return len(self.marks) + 1 == self.length

    @property
    def place(self) -> tuple[str, ...]:
        """Where it stands among the others, and why it is asked."""
        said = [words.in_sequence(len(self.marks) + 1, self.length)]
        if self.is_again:
            said.append(words.again(self.kind))
        if self.is_other:
            said.append(words.other_network(self.settings))
        if self.left_out:
            said.append(words.not_here(self.left_out))
        return tuple(said)


@dataclass(frozen=True, slots=True)
class SequenceEnd:
    """The end of a sequence: of which settings, which questions, what became of each, mistakes made most."""

    settings: Settings
    questions: tuple[Asked, ...]
    marks: str
    is_set: bool
    mistakes: tuple[str, ...]


def choose_question(settings: Settings) -> PracticeChoice | SequenceEnd:
    """The controls at the top of the page, and what they are set to."""
    offered = kept(kinds_of, settings)
    missing = [kind for kind in KINDS if kind not in offered]
    left_out = (
        words.left_out(settings.config, observation_word(settings.config), missing) if missing else None
    )
    first = offered[0]
    default = first if any(asked(key) is not None for key in ("kind", "q", "level")) else MIXED
    kind = ask("kind", options=(MIXED, *offered), among=one_of(offered), default=default, help=left_out)
    level = ask("level", disabled=kind == RULE)
    if kind == MIXED:
        put("q", None)
        chosen = _of_sequence(settings, level)
    else:
        chosen = PracticeChoice(settings, kind, int(ask("q", high=count_of(settings, kind))), level)
    # What a link leaves out has a meaning that depends on the rest of it.
    if kind != (MIXED if asked("q") is asked("level") is None else first):
        keep_texts("kind", [kind])
    return chosen


def _of_sequence(settings: Settings, level: str) -> PracticeChoice | SequenceEnd:
    """The place in the set of the link, or in the sequence that this view has."""
    marks, made, given = ask("mix"), ask("made"), parse_set(ask("set"))
    questions = chosen_set(settings, given)
    length = len(questions) or kept(length_of, settings)
    marks = marks[:length]
    left_out = len(given) - len(questions)
    is_set = bool(questions)
    if not is_set:
        questions = kept(sequence, settings, marks)
    if len(marks) == length:
        return SequenceEnd(settings, questions, marks, is_set, made_most(read_made(made)))
    now = questions[len(marks)]
    is_other = now.settings != settings
    return SequenceChoice(
        now.settings,
        now.kind,
        now.number,
        level,
        marks,
        length,
        now.is_again,
        is_other,
        left_out,
        questions if is_set else (),
    )


def next_question(level: str | None) -> None:
    """Go on by one, at another level if one is given. In callbacks only."""
    put("q", int(asked("q") or FIRST) + 1)
    if level is not None:
        put("level", level)


def next_of_sequence(choice: SequenceChoice, mark: str, level: str | None) -> None:
    """The same in a sequence, with the mark of the question left. In callbacks only."""
    put("mix", choice.marks + mark)
    if level is not None:
        put("level", level)
        put("kind", MIXED)


def add_to_set(choice: PracticeChoice) -> None:
    """Put a question at the end of the set in the link. In callbacks only."""
    change_set("-".join(filter(None, (asked("set"), f"{choice.kind}.{choice.number}"))))


def change_set(text: str | None) -> None:
    """Another set, or none; what became of the questions before belongs to others. In callbacks only."""
    put("set", text)
    forget_marks()


def forget_marks() -> None:
    """Back to the first question. In callbacks only."""
    put("mix", None)
    put("made", None)


def note_mistakes(names: Sequence[str]) -> None:
    """Keep the names of mistakes for the code at the end. In callbacks only."""
    put("made", ((asked("made") or "") + write_made(names))[: 2 * MOST_MADE] or None)
