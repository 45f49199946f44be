"""Derivative paths at one choice, read as a reader does."""

from tests.expected import settings_of
from tests.scene_numbers import read_scene
from tests.scenes import SceneAt
from ui.names.numbers import signed
from ui.views.paths.choice import PathChoice
from ui.views.paths.scenes import paths_scene
from ui.views.paths.update import update_scene

MARKS = [*"①②③④⑤⑥⑦⑧⑨⑩", *(f"({number})" for number in range(11, 17))]
ALL_OFF = "~".join(f"b1_{unit}_-1000" for unit in range(1, 6))
LEARNED = {"taken": 200, "lr": 0.05, "out": "identity", "act": "identity"}
NO_WEIGHTS = "W2_1_1_0~W2_2_1_0~W2_3_1_0"


def chosen(link, layer=1, unit=0, dropped=()):
    return PathChoice(settings_of(**link), layer, unit, tuple(dropped))


def at(choice):
    """The scene of the page where its reader is."""
    scene = read_scene(paths_scene(choice.settings, choice.layer))
    return SceneAt(scene, [str(choice.unit + 1)], choice.dropped)


def verdict(choice):
    return at(choice).said("verdict")


def cards(choice):
    """Title, number and what is said of it, for each card."""
    scene = at(choice)
    (part,) = scene.parts("Cards")
    told = [(scene.said_of_sum(card["title"]), *scene.judged(card)) for card in part["cards"]]
    return [(title, "–" if value is None else signed(value), said) for title, value, said in told]


def units(choice):
    """The table of units, as texts."""
    scene = at(choice)
    return scene.rows(*scene.parts("Table"))


def update(choice):
    return SceneAt(read_scene(update_scene(choice)), None)


def costs(choice):
    scene = update(choice)
    return scene.rows(scene.parts("Table")[0])


def gradients(choice):
    scene = update(choice)
    return scene.rows(scene.parts("Table")[1])
