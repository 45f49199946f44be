"""Every sentence of the page "Class". No HTML."""

from collections.abc import Sequence

from ui.names.numbers import counted, signed
from ui.state.words import KIND_TITLES

ORDINALS = ("first", "second", "third")

LEAD = "Ask a hall a question about this network: everybody answers on a phone, and you see which mistakes they make."
OPEN_ROOM = "Open a room"
OPEN_ROOM_LEAD = (
    "For lecturers. You get six letters and a QR code for everybody, and the controls in this window."
)
FIRST = "It begins with this question:"
NONE_OF_THEM = "This network does not have the question of the link: in the room you can choose another one."
OWN_ROOMS = "Or go on in a room that you have opened here:"
ASK_IN_ROOM, BACK_TO_ROOM = "Ask in room", "Back to room"
ENTER, CODE = "Enter a room", "Six letters"
ENTER_LEAD = "For everybody in the hall. The letters are on the screen in front; no name is asked."
NO_CODE = "A room has six letters, without I and O. They are on the screen in front."
HOW = "How it goes"
HOW_STEPS = (
    ("Ask.", "A number to type, an answer to choose, or a sentence. You see how many have answered."),
    ("Close.", "Nobody has learnt yet what is right. Let them convince their neighbours."),
    ("Vote again.", "The same question, and the votes after the talk."),
    (
        "Show.",
        "Both votes beside each other: right, each mistake by its name, and what refutes the most frequent one.",
    ),
)
WHAT_A_ROOM_IS = "A room is in this server’s memory and nowhere else: questions, answers, how many are here. No accounts, no names, nothing on disk; after three hours of silence it is forgotten."
BY_KEYS = "By keyboard or clicker: → or Page Down does the next thing, V votes again, ← turns to the votes and back, Q fills the screen with the QR code."

ROOM = "Class"
JOIN = "Take your phone"
JOIN_LEAD = "Open the link or read the code. No name is asked."
IN_THE_ROOM, WAIT = "You are in the room", "The question comes here."
LOOK_AGAIN = "Look at the six letters again. If the room was there a moment ago, leave this page open: it comes back with its host."
NO_ROOM_YET = "The connection was lost, and the host's too. Leave this page open: your answer is kept here."

AWAY = "The room is at another server, and without cookies this browser does not get there. Allow them for this page, or open its link in a window of its own."

LOST = "The connection is lost. Leave this page open: it comes back by itself."
NUMBERS = "such as −0.25, 0,25 or 1/3"

YOUR_NUMBER, YOUR_SENTENCE, SEND = "Your number", "Your sentence", "Send"
NO_ANSWER = "You gave no answer."
POINTS = "A good answer says that"

ASK, CLOSE, SHOW, ASK_NEXT, AGAIN = "Ask", "Close", "Show", "Ask next", "Vote again"
VOTES, QUESTION, CODE_LARGE, CLOSE_CODE = "Votes", "Question", "QR code", "Back"
PICK, WAY, CHOOSE, TYPE = "Next question", "Answer by", "choosing", "typing"
HERE = " here"
RIGHT = "✓"
NOW_CLOSED = "Closed"
NOTHING_TO_ASK = "This network has no question to ask: choose another flower or seed."
TAKE_ALONG, AS_CSV = "Take along", "Counts as CSV"
CSV_HEAD = ("vote", "code", "question", "answer", "kind", "remark", "count")


def then_asked(more: int, missing: int) -> str:
    """`more` questions come after the first; `missing` ones of the link this network does not have."""
    said = [f"{counted(more, 'more question')} after it."] if more else []
    if missing:
        said.append(f"{counted(missing, 'question')} of the link left out, which this network does not have.")
    return " ".join(said)


# --- result codes ------------------------------------------------------------------------------------

CODES = "Without a room: result codes"
CODES_LEAD = "The lesson and Practice end with a code. Paste the codes of your class, a whole chat if you like: you see what most missed. Only the codes are taken out of the text; they stay in this tab, and nobody's name is in them."
PASTE, READ, FORGET = "Text with codes", "Read the codes", "Forget the codes"
COUNT_ONCE = "Count equal codes once"
COUNT_ONCE_HELP = "Two people can have the same result, and so the same code. Count equal codes once if some were sent twice."
SLIPS_HEAD = ("Line", "As typed", "What is wrong")
BY_STOP, BY_KIND = "Stop of the lesson", "Kind of question in Practice"
SPECIAL = {"again": "Asked again after a miss", "other": "The last question, of another network"}
"""Both are in the rows of their kinds, too."""

MISTAKES_HEAD = ("Mistake", "Codes")
MISTAKES_NOTE = "Each code holds the two mistakes its owner made most, where there were any; codes that begin with L- or P- hold none."
ASK_MISSED = "Ask the class what most missed →"


def codes_read(lessons: int, sequences: int, is_full: bool) -> str:
    """`lessons` codes of the lesson and `sequences` of Practice are counted; is_full: there may be more."""
    if not lessons + sequences:
        return "No code found in what you pasted. A code begins with L2-, L-, P2- or P-."
    said = f"{counted(lessons + sequences, 'code')} counted: {lessons:,} of the lesson, {sequences:,} of Practice."
    return f"{said} More are not taken." if is_full else said


def equal_codes(equal: Sequence[tuple[str, int]], count: int, is_once: bool) -> str:
    """`equal` are the first codes, each with how often it came, of `count` that came more than once."""
    said = ", ".join(f"{text} ({times} times)" for text, times in equal)
    more = f" and {count - len(equal)} more" if count > len(equal) else ""
    how = (
        "Each of them counts once."
        if is_once
        else "Each time counts, since two people can have the same result."
    )
    return f"Came more than once: {said}{more}. {how}"


def standing_head(has_skipped: bool) -> tuple[str, ...]:
    """After the name: bar, counts, links."""
    skipped = ("skipped",) if has_skipped else ()
    return ("", "at once", "with help", "not yet", *skipped, "What repairs it")


def slips(count: int) -> str:
    if count == 1:
        return "One code has a slip in it and is not counted:"
    return f"{counted(count, 'code')} have a slip in them and are not counted:"


def more_slips(count: int) -> str:
    return f"And {count:,} more."


def no_room(code: str) -> str:
    return f"There is no room {code} here"


EXCERPT = "An excerpt: all numbers are on the phones."


def option(letter: str, text: str, is_chosen: bool) -> str:
    """On a button, in Markdown."""
    return f"**{letter}** ✓ {text}" if is_chosen else f"**{letter}** {text}"


def with_letter(letter: str, answer: str) -> str:
    return f"{letter}: {answer}"


def closed(answer: str) -> str:
    return f"Closed. {_yours(answer)}" if answer else "Closed. You gave no answer."


def answered(answer: str) -> str:
    return f"{_yours(answer)} You can change it until the host closes."


def _yours(answer: str) -> str:
    return f"You answered {answer}" if answer.endswith((".”", "?”", "!”")) else f"You answered {answer}."


def model(text: str) -> str:
    return f"A model answer: {text}"


def have_answered(answers: int, people: int) -> str:
    if not people:
        return " answers"
    return f" of {people:,} {'has' if people == 1 else 'have'} answered"


def vote_of(number: int, count: int) -> str:
    """With its number among those on the same question, 0 for the only one."""
    if not number:
        return counted(count, "answer")
    ordinal = ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"
    return f"{ordinal} vote: {counted(count, 'answer')}"


def sentences(count: int) -> str:
    return f"{counted(count, 'sentence')}, the newest first" if count > 1 else counted(count, "sentence")


def most_told(count: int, answer: str) -> str:
    return f"{counted(count, 'answer')}: {answer}"


def measured(value: float, slope: float) -> str:
    return f"A nudge measures {signed(slope)}, so {signed(value)} is off by {signed(value - slope)}."


def next_one(name: str) -> str:
    return f"Next: {name}"


def name_of_code(code: str) -> str:
    """Where a question is from: Lesson 7a, Practice: Sum over paths 2."""
    where, _, which = code.partition(".")
    if where in ("stop", "step"):
        return f"{'Lesson' if where == 'stop' else 'Walkthrough'} {which}"
    return f"{KIND_TITLES[where]} {which}"


def of_code(code: str, prompt: str, place: int) -> str:
    """`place` in the link, 0 for what is not of the link."""
    return f"{f'Link {place} · ' if place else ''}{name_of_code(code)}: {prompt}"


def qr(link: str) -> str:
    return f"QR code of {link}"


def set_link(others: int) -> str:
    said = "This link asks the same questions again, in this order."
    return (
        f"{said} {counted(others, 'question')} of other settings {'is' if others == 1 else 'are'} left out."
        if others
        else said
    )
