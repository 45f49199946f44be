"""What the shown observation is called, and which of its numbers the reader has put in.

What was edited: every entry that the link gives a number, be it of x, y, a weight or a bias. A flower's
measurements hold as long as none of x is edited; an edited target, weight or bias leaves them as they are.
"""

from ui.names.numbers import as_typed, listed, short
from ui.names.symbols import entry_symbol
from ui.state import words
from ui.state.data import SPECIES, describe_flower, load_iris
from ui.state.edits import parse_edits
from ui.state.parameters import IRIS
from ui.state.parsing import format_hidden
from ui.state.presets import START
from ui.state.recording import observation
from ui.state.rows import number_text
from ui.state.settings import Settings

MOST_LISTED = 4
_PLURALS = {"x": "inputs", "y": "targets"}


def edited_names(settings: Settings) -> frozenset[str]:
    """The arrays with an edited number, such as x, y, W1 or b2."""
    return frozenset(edit.name for edit in parse_edits(settings.edit))


def is_measured(settings: Settings) -> bool:
    """Whether x is a flower's measurements, standardised, and nothing else."""
    return settings.data == IRIS and "x" not in edited_names(settings)


def standardised(settings: Settings) -> str:
    """What of x is a standardised measurement: "x", "the rest of x" beside what was typed, or nothing: ""."""
    if is_measured(settings):
        return "x"
    is_typed = settings.data != IRIS or len(typed_entries(settings, "x")) == settings.config.layer_sizes[0]
    return "" if is_typed else words.REST_OF_X


def word_for(settings: Settings) -> str:
    """What the observation is in a sentence: a flower as long as its measurements hold, else an example."""
    return "flower" if is_measured(settings) else "example"


def typed_entries(settings: Settings, name: str) -> tuple[int, ...]:
    """Places (0-based) of the entries of x or y that the reader has put in."""
    return tuple(sorted(edit.index[0] for edit in parse_edits(settings.edit) if edit.name == name))


def typed_note(settings: Settings, names: str = "xy") -> str:
    """Which entries of x and y the reader has put in; empty if none.

    Such as "x₁ as typed", "x₁, x₃ and y₂ as typed", "all inputs as typed".
    """
    typed, sizes = [], settings.config.layer_sizes
    for name in names:
        places = typed_entries(settings, name)
        is_all = len(places) == sizes[0 if name == "x" else -1] > 1
        typed += [f"all {_PLURALS[name]}"] if is_all else [entry_symbol(name, (place,)) for place in places]
    return f"{listed(typed)} as typed" if typed else ""


def name_observation(settings: Settings) -> str:
    """In a few words: "Flower 70, versicolor", "Flower 70, versicolor, but x₁ as typed"."""
    said = words.GIVEN[settings.data]
    if settings.given is not None and len(settings.given.X) > 1:
        said += f", observation {settings.row + 1} of {len(settings.given.X)}"
    if settings.data == IRIS:
        said = f"Flower {settings.flower}, {SPECIES[load_iris().species[settings.flower]]}"
    typed = typed_note(settings)
    return f"{said}, but {typed}" if typed else said


def describe_observation(settings: Settings) -> str:
    """In a line, with its numbers and what was edited in the whole network."""
    said = describe_inputs(settings)
    return f"{said}. {edits_note(settings)}" if settings.edit else said


def describe_inputs(settings: Settings) -> str:
    """In a line, with its numbers.

    Such as "Flower 70, versicolor: sepal 5.9 × 3.2 cm, petal 4.8 × 1.8 cm", or where x is edited "Flower 70,
    versicolor, but x₁ as typed: x = (7, 0.0982, 0.592, 0.791)".
    """
    said = f"{name_observation(settings)}: x = {_vector(settings, 'x')}"
    if is_measured(settings):
        said = describe_flower(settings.flower)
    elif settings.data != IRIS:
        said += f", {words.targets(settings.config.layer_sizes[-1])} y = {_vector(settings, 'y')}"
    return said


def edits_note(settings: Settings, most: int = MOST_LISTED) -> str:
    """What was edited, and when: "Edited: w¹₂₃ = 0.5, x₁ = −1.2"."""
    return f"Edited{edit_time(settings)}: {list_edits(settings, most)}"


def edit_time(settings: Settings) -> str:
    """When edited weights and biases had their values: steps move them on, while x and y stay."""
    moves = settings.taken > 0 and not edited_names(settings) <= {"x", "y"}
    return words.BEFORE_STEPS if moves else ""


def list_edits(settings: Settings, most: int = MOST_LISTED) -> str:
    """The first few edits: "w¹₂₃ = 0.5, x₁ = −1.2 and 3 more"."""
    edits = parse_edits(settings.edit)
    shown = [f"{entry_symbol(edit.name, edit.index)} = {as_typed(edit.value)}" for edit in edits[:most]]
    more = f" and {len(edits) - most} more" if len(edits) > most else ""
    return f"{', '.join(shown)}{more}"


def _vector(settings: Settings, name: str) -> str:
    """All entries: standardised ones with three digits, those of a reader or a book as they were typed."""
    values = observation(settings)["xy".index(name)].tolist()
    typed = typed_entries(settings, name) if settings.data == IRIS else range(len(values))
    return f"({', '.join((as_typed if i in typed else short)(value) for i, value in enumerate(values))})"


def file_name(settings: Settings, what: str, ending: str = "", data_name: str = "", rate: str = "") -> str:
    """Such as worksheet-flower83-seed41-5-relu-softmax-eta0.1-epoch9-taken3.html; of every file we offer.

    Args:
        settings: of the view.
        what: the file is.
        ending: without its dot; none where who saves the file puts it there.
        data_name: in place of the flower, where the file is not about that one.
        rate: in place of the learning rate, where who saves the file knows it.
    """
    own = f"flower{settings.flower}" if settings.data == IRIS else settings.data
    if settings.given is not None and len(settings.given.X) > 1:
        own += f"-observation{settings.row + 1}"
    data = [data_name or own]
    if not settings.has_given_params:
        data.append(f"seed{settings.seed}")
    hidden = format_hidden(settings.hidden)
    trained = settings.is_trained
    has_scale = settings.config.cost.scale and settings.scale != START.scale
    more = {
        f"error-{settings.scale}": has_scale,
        f"biases-{settings.bias}": settings.bias != START.bias,
        f"epoch{settings.epoch}": trained,
        f"split{settings.split}": trained and settings.data == IRIS and settings.split != START.split,
        f"batch{settings.batch}": trained and settings.batch != START.batch,
        f"taken{settings.taken}": bool(settings.taken),
        "edited": bool(settings.edit),
    }
    eta = f"eta{rate or number_text(settings.learning_rate)}"
    network = [hidden, settings.activation, settings.output, eta]
    name = "-".join([what, *data, *network, *(part for part, is_told in more.items() if is_told)])
    return f"{name}.{ending}" if ending else name
