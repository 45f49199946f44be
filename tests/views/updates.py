"""The weight update of a view: its scene, and what is said of its step."""

from dataclasses import replace

import numpy as np

from backprop.study.sweep import sweep_learning_rates
from tests.expected import settings_of
from tests.scene_numbers import Part, read_scene
from tests.scenes import SceneAt
from ui.state import textbook
from ui.state.data import load_iris
from ui.state.recording import recorded_step
from ui.views.update.scenes import update_scene


def settings_with(taken: int = 0, **view):
    return replace(settings_of(**view), taken=taken)


def whole_scene(settings) -> Part:
    return read_scene(update_scene(settings, tuple(range(settings.config.depth, 0, -1))))


def scene_of(**view) -> SceneAt:
    settings = settings_with(**view)
    return SceneAt(whole_scene(settings), settings.learning_rate)


def only(scene: SceneAt, kind: str, place: int = 0) -> Part:
    return scene.parts(kind)[place]


def sweep_data(step):
    if step.config.layer_sizes[0] == 2:
        return textbook.X[np.newaxis], textbook.Y[np.newaxis]
    iris = load_iris()
    return iris.X, iris.Y


def sweep_of(step):
    return sweep_learning_rates(step, *sweep_data(step))


def layers(step):
    return range(1, step.config.depth + 1)


def said(**view) -> str:
    scene = scene_of(**view)
    return f"{scene.said('verdict')} {scene.said('compared')}"


def taken_step(**view):
    return recorded_step(settings_with(**view))
