"""What a room refuses, by the reason."""

OTHER_WINDOW = "Another window of the host has gone on meanwhile: this one shows now where the room is."
STILL_OPEN = "Close the question that is open, then ask the next one."
ALREADY = {
    "closed": "This question is closed already.",
    "shown": "The answers are shown already.",
}
OTHER_QUESTION = "That question is over: the one here is new."
CLOSED = "This question is closed: your last answer before that counts."
NOTHING = "Give an answer first."
NOT_YOURS = "This link does not belong to the host of the room. Take the one with which it was opened."
NO_ROOM = "The room is gone: wait until its host comes back."
MANY_ANSWERS = "This server has as many answers as it can hold."
CROWDED = "This server has as many rooms as it can hold. Try again in a few minutes."


def many_rounds(most: int) -> str:
    return f"A room has at most {most} questions. Open another one."


def too_long(most: int) -> str:
    return f"That is longer than {most} characters: say it shorter."


def full(most: int) -> str:
    return f"{most:,} people have answered, and a room takes no more."


def many_changes(most: int) -> str:
    return f"You have changed your answer {most} times: the last one counts."
