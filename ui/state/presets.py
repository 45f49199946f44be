"""Prepared examples: settings that show one effect at its clearest, and what to look for there."""

from dataclasses import dataclass, replace

from ui.names.timeline import find_step
from ui.state import textbook
from ui.state.settings import DEFAULTS, IRIS, TEXTBOOK, Settings, parse_hidden

PAGES = {"": "Overview", "walkthrough": "Walkthrough", "jacobians": "Jacobians", "paths": "Derivative paths"}
PAGES |= {"update": "Weight update", "practice": "Practice", "notation": "Notation"}
"""Pages that show the network of the settings, so that an example can be shown on them as they are."""

START = Settings(
    flower=int(DEFAULTS["flower"]),
    seed=int(DEFAULTS["seed"]),
    learning_rate=float(DEFAULTS["lr"]),
    hidden=parse_hidden(str(DEFAULTS["hidden"])),
    activation=str(DEFAULTS["act"]),
    output=str(DEFAULTS["out"]),
)
"""What the app shows when nobody has asked for anything."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One example.

    Attributes:
        name: in the menu.
        look: what to look for, in a sentence or two; a test computes every number in it.
        settings: of the view.
        best: URL path of the page that shows it best.
        step: id of the step of the walkthrough to open.
        jacobian: the one to open on the Jacobians page.
        unit: hidden layer and unit, from 1, to open on the Derivative paths page; None: its own choice.
    """

    name: str
    look: str
    settings: Settings
    best: str
    step: str
    jacobian: str
    unit: tuple[int, int] | None = None

    def link(self, page: str) -> str:
        """Relative URL of the example on this page, or on the best one if this page cannot show it."""
        page = page if page in PAGES else self.best
        return self.settings.link(page, **self._parameters(page))

    def _parameters(self, page: str) -> dict[str, str | int]:
        if page == "walkthrough":
            return {"step": find_step(self.settings.config, self.step)}
        if page == "jacobians":
            return {"jacobian": self.jacobian}
        if page == "paths" and self.unit:
            layer, unit = self.unit
            return {"unit": unit} if layer == 1 else {"layer": layer, "unit": unit}
        return {}


PRESETS = (
    Preset(
        "Figure 1, all units on",
        "All five hidden units are on, each with three paths, one through each z². For four of the five, "
        "path "
        "① alone has the wrong sign; only the sum of all three is ∂C/∂a¹.",
        replace(START, flower=51, seed=41),
        best="paths",
        step="1.II",
        jacobian="z2-a1",
        unit=(1, 4),
    ),
    Preset(
        "Confident and wrong",
        "After 100 epochs this network is right for 98 % of the flowers, yet it takes this virginica, which "
        "it never saw, for a versicolor, with 0.912. So a − y is almost as large as it can be: +0.912 and "
        "−0.916.",
        replace(START, seed=5, learning_rate=0.3, epoch=100),
        best="walkthrough",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Dead ReLU",
        "Two epochs with η = 2.5 have pushed a¹₁, at first on for 67 of the 150 flowers, below 0 for all of "
        "them. Its three paths are alive, ∂C/∂a¹₁ = −3.35, but ReLU is flat there: ∂C/∂z¹₁ is 0, and its "
        "weights learn nothing more.",
        replace(START, seed=48, learning_rate=2.5, epoch=2),
        best="paths",
        step="1.IV",
        jacobian="a1-z1",
        unit=(1, 1),
    ),
    Preset(
        "Cancelling paths",
        "The paths into a¹₄ carry +0.843, −0.199 and −0.629. Their sum is only +0.0159: 99 % cancels, and no "
        "single path is anywhere near.",
        replace(START, flower=0, seed=482),
        best="paths",
        step="1.II",
        jacobian="z2-a1",
        unit=(1, 4),
    ),
    Preset(
        "Saturated softmax",
        "One bias, edited to 25, makes a²₁ almost 1. No entry of ∂a²/∂z² is above 1e−10 in size, ∂C/∂a²₃ is "
        "below −1e10, yet their product is a − y as ever: the error still gets through.",
        replace(START, edit="b2_1_25"),
        best="jacobians",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Textbook 2-2-2",
        "Mazur's example: cost 0.298371109 before the update; his w₅, our w²₁₁, goes from 0.4 to 0.35891648. "
        "Here the biases learn, too, so the cost after it is 0.280471447 and not his 0.29103.",
        replace(
            START,
            data=TEXTBOOK,
            hidden=textbook.HIDDEN,
            activation="sigmoid",
            output="sigmoid-squared",
            learning_rate=0.5,
        ),
        best="update",
        step="update.2",
        jacobian="z2-a1",
        unit=(1, 1),
    ),
    Preset(
        "Element-wise output",
        "Sigmoid outputs: ∂a²/∂z² is a diagonal, so each z² has one path and the single-variable rule is the "
        "whole truth there. ∂C/∂a¹ still needs the sum of three.",
        replace(START, output="sigmoid"),
        best="jacobians",
        step="2.IV",
        jacobian="a2-z2",
    ),
    Preset(
        "Vanishing gradient",
        "Four layers of two tanh units. Every layer shrinks the gradient: ‖dC/dW⁵‖ is 0.742, ‖dC/dW¹‖ only "
        "1.53e−4. The steps of the first layer are invisible beside those of the last.",
        replace(START, hidden=(2, 2, 2, 2), activation="tanh", seed=1132),
        best="update",
        step="1.VI",
        jacobian="a1-z1",
    ),
)


def active_preset(settings: Settings) -> Preset | None:
    """The example that these settings are, if they are one."""
    shown = _meaningful(settings)
    return next((preset for preset in PRESETS if _meaningful(preset.settings) == shown), None)


def _meaningful(settings: Settings) -> Settings:
    """The same with defaults for what does not count: flower, seed or training."""
    if settings.data != IRIS:
        settings = replace(settings, flower=START.flower, epoch=START.epoch)
        if settings.hidden == textbook.HIDDEN:
            settings = replace(settings, seed=START.seed)
    if not settings.is_trained:
        settings = replace(settings, split=START.split, batch=START.batch)
    return settings
