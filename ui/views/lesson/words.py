"""What stands around the exercises: progress, buttons, the end."""

from collections.abc import Sequence

from ui.names.numbers import count_word, listed
from ui.questions.results.lesson import AT_ONCE, NO_MEANING, NOT_YET, SKIPPED, WITH_HELP

PREVIOUS, NEXT, RESULT, REVEAL, LEAVE = "Previous", "Next", "See the result", "Reveal", "Leave"
"""Streamlit writes their keys beside them."""

CHECK, SHOW_ANSWER, PRESENT = "Check", "Show the answer", "Present it as slides"
YOUR_NUMBER, YOUR_CHOICE, YOUR_ORDER = (
    "Your answer, to three digits",
    "Your answer",
    "The steps, one after another",
)
YOUR_SENTENCE, SEE_MODEL = "Your sentence", "Compare"
HOW_SURE = "How sure are you?"
SURE = {"g": "a guess", "t": "I think so", "k": "I know"}
PLACEHOLDER = "such as −0.25"
PICK = "Pick the first step"
SAY = "What you could now say to a neighbour"
PROGRESS = "Stops of the lesson"
MODEL, POINTS = "A model answer", "Yours says that"
ASK_THE_ROOM = "Ask the room."

RESULTS = {
    AT_ONCE: "right at once",
    WITH_HELP: "right at the second try",
    NOT_YET: "not yet",
    SKIPPED: "skipped",
    NO_MEANING: "no meaning here",
}
COMES_BACK = "You knew this one, and it was not so: once more, with other numbers."

KNOCK_OUT = "Every unit, and what a missing path does to the update →"


def passed_over(numbers: Sequence[int], reason: str) -> str:
    """Stops that have no meaning, all for the same reason."""
    if len(numbers) == 1:
        return f"Stop {numbers[0]} is passed over. {reason}"
    return f"Stops {listed(map(str, numbers))} are passed over. {reason}"


def more_on(page: str) -> str:
    return f"More on {page} →"


def heading(lesson: str, title: str) -> str:
    return f"{lesson}: {title[0].lower()}{title[1:]}"


def dot(number: int, title: str, state: str, is_here: bool) -> str:
    """Name of a dot: its stop, and what became of it."""
    return f"Stop {number}, {title}: {RESULTS.get(state, 'to come')}{', you are here' if is_here else ''}"


# --- the end -----------------------------------------------------------------------------------------

END = "What you can explain now"
END_LEAD = "Ten stops, and what became of each. What is not there yet has a page that repairs it, and questions to practise."
STOP, RESULT_HEAD, PAGE, PRACTICE = "stop", "result", "a page for it", "questions"
AGAIN_IN_A_WEEK = "Again in a week, with new numbers →"
WEEK = "Keep this link for next week: the same kinds of question, other weights."
BEGIN_ANEW = "Begin anew →"


def summary(counts: Sequence[tuple[str, int]]) -> str:
    said = ", ".join(f"{count_word(count)} {RESULTS[result]}" for result, count in counts if count)
    return f"{said[0].upper()}{said[1:]}."


def code(text: str, mistakes: int) -> str:
    """`mistakes` are in it."""
    made = ("", ", the mistake you made most", ", the mistakes you made most")[min(mistakes, 2)]
    return f"Your result as a code: {text}. It holds what became of each stop{made}, and nothing about you."
