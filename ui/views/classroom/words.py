"""Every sentence of the page "Class". No Streamlit, no HTML."""

from collections.abc import Sequence

from ui.names.numbers import counted

LEAD = "Ask the room a question about this network: everybody answers on a phone, and you see which mistakes they make."
OPEN_ROOM = "Open a room"
OPEN_ROOM_LEAD = "You get a code and a QR code for everybody, and a link that only you have. Nothing is kept: three hours after the last sign of life the room is forgotten."
FIRST = "It begins with this question:"
NONE_OF_THEM = "This network does not have the question of the link: in the room you can choose another one."
OWN_ROOMS = "Or go on in a room that you have opened here:"
ASK_IN_ROOM, BACK_TO_ROOM = "Ask in room", "Back to room"
ENTER, CODE = "Enter a room", "Six letters"
NO_CODE = "A room has six letters, without I and O. They are on the screen in front."

ROOM = "Class"
JOIN = "Take your phone"
JOIN_LEAD = "Open the link or read the code. No name is asked."
IN_THE_ROOM, WAIT = "You are in the room", "The question comes here."
LOOK_AGAIN = "Look at the six letters again. If the room was there a moment ago, leave this page open: it comes back with its host."
NO_ROOM_YET = "The connection was lost, and the host's too. Leave this page open: your answer is kept here."

LOST = "The connection is lost. Leave this page open: it comes back by itself."
NUMBERS = "such as −0.25, 0,25 or 1/3"

YOUR_NUMBER, YOUR_SENTENCE, SEND = "Your number", "Your sentence", "Send"
NO_ANSWER = "You gave no answer."
POINTS = "A good answer says that"

CLOSE, SHOW, ASK, AGAIN = "Close", "Show the answers", "Ask", "Vote again"
PICK, WAY, CHOOSE, TYPE = "Next question", "Answer by", "choosing", "typing"
NOTHING_TO_ASK = "This network has no question to ask: choose another flower or seed."
TAKE_ALONG, AS_CSV = "Take along", "Counts as CSV"
CSV_HEAD = ("vote", "question", "answer", "mistake", "count")


def then_asked(more: int, missing: int) -> str:
    """`more` questions come after the first; `missing` ones of the link this network does not have."""
    said = [f"{counted(more, 'more question')} after it."] if more else []
    if missing:
        said.append(f"{counted(missing, 'question')} of the link left out, which this network does not have.")
    return " ".join(said)


def no_room(code: str) -> str:
    return f"There is no room {code} here"


def option(text: str, is_chosen: bool) -> str:
    return f"✓ {text}" if is_chosen else text


def closed(answer: str) -> str:
    return f"Closed. {_yours(answer)}" if answer else "Closed. You gave no answer."


def answered(answer: str) -> str:
    return f"{_yours(answer)} You can change it until the host closes."


def _yours(answer: str) -> str:
    return f"You answered {answer}" if answer.endswith((".”", "?”", "!”")) else f"You answered {answer}."


def model(text: str) -> str:
    return f"A model answer: {text}"


def count(answers: int, present: int) -> str:
    return f"{counted(answers, 'answer')}, {present} here"


def present(count: int) -> str:
    return f"{count} here"


def votes(counts: Sequence[int]) -> str:
    first = counted(counts[0], "answer")
    return (
        first
        if len(counts) == 1
        else f"First {first}, then {counted(counts[1], 'answer')}: the second below the first."
    )


def bar(count: int, share: str) -> str:
    return f"{count} ({share})"


def most_told(count: int) -> str:
    return f"What {counted(count, 'answer')} did:"


def of_code(code: str, prompt: str) -> str:
    where, _, which = code.partition(".")
    names = {
        "stop": f"Lesson {which.removesuffix('.choice')}",
        "step": f"Walkthrough {which.removesuffix('.choice')}",
    }
    return f"{names.get(where, 'Practice')}: {prompt}"


def qr(link: str) -> str:
    return f"QR code of {link}"


def set_link(others: int) -> str:
    said = "This link asks the same questions again, in this order."
    return f"{said} {counted(others, 'question')} of other settings left out." if others else said
