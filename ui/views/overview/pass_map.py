"""The map of the pass: every stop of the walkthrough with its shape, and where to begin."""

from collections.abc import Callable
from itertools import groupby

from backprop import TrainingStep
from backprop.network import input_of
from ui.draw.prose import link, page_link
from ui.draw.svg import scripts, tag
from ui.names.symbols import shape_text, symbol
from ui.names.timeline import TimelineStep, find_step, parameter_names, step_with_sum, timeline
from ui.state.captions import word_for
from ui.state.settings import Settings
from ui.views.overview import words

Stop = tuple[int, TimelineStep]
"""With its place in the walkthrough."""


def pass_map(settings: Settings, step: TrainingStep) -> str:
    """HTML: the phases with links to every step, then the links to begin with."""
    stops = enumerate(timeline(settings.config))
    by_phase = {phase: list(members) for phase, members in groupby(stops, key=_phase_of)}
    leads = words.leads(settings.config, word_for(settings), len(by_phase["Forward"]))
    phases = (_phase(settings, step, phase, lead, by_phase[phase]) for phase, lead in leads.items())
    return (
        tag("h2", words.MAP, class_="bp-heading")
        + tag("div", *phases, class_="bp-map")
        + tag("h2", words.WHERE_TO_BEGIN, class_="bp-heading")
        + tag("ul", *_beginnings(settings, step), class_="bp-begin")
    )


def _phase_of(member: Stop) -> str:
    return member[1].group.partition(":")[0]


def _phase(settings: Settings, step: TrainingStep, phase: str, lead: str, stops: list[Stop]) -> str:
    walkthrough, groups = settings.link("walkthrough"), []
    for group, members in groupby(stops, key=lambda member: member[1].group):
        name = group.partition(": ")[2]
        heading = tag("h4", scripts(name[:1].upper() + name[1:])) if name else ""
        groups.append(
            tag("div", heading, tag("ol", *(_stop(walkthrough, step, at, stop) for at, stop in members)))
        )
    return tag(
        "section",
        tag("h3", phase),
        tag("p", scripts(lead)),
        tag("div", *groups, class_="bp-groups"),
        class_=f"bp-phase bp-{phase.lower()}",
    )


def _stop(walkthrough: str, step: TrainingStep, at: int, stop: TimelineStep) -> str:
    """One link: what is computed, its shape, and how many paths are summed."""
    numeral = f"{stop.numeral}. " if stop.numeral else ""
    shape = tag("span", scripts(shape_of(step, stop)), class_="bp-shape")
    paths = _paths(step, stop)
    badge = tag("strong", scripts(paths), class_="bp-paths") if paths else ""
    # Settings.link takes its time, and a deep network has fifty stops.
    href = f"{walkthrough}{'&' if '?' in walkthrough else '?'}step={at}"
    return tag("li", link(scripts(numeral + _formula(step, stop)), href), shape, badge)


def _formula(step: TrainingStep, stop: TimelineStep) -> str:
    """What the stop computes; the backward pass keeps the timeline's short labels."""
    layer, loss = stop.layer, step.config.cost.label
    W, b, z, a = (symbol(f"{letter}{layer}") for letter in "Wbza")
    below = symbol(input_of(layer))
    formulas = {
        "affine": f"{z} = {W} {below}{f' + {b}' if step.config.has_biases else ''}",
        "activation": f"{a} = {step.config.activation(layer)}({z})" if layer else "",
        "cost": f"C = {loss}({a}, y)",
    }
    return formulas.get(stop.kind, stop.label)


def shape_of(step: TrainingStep, stop: TimelineStep) -> str:
    """Shape of what this stop computes, such as "3 × 5", or "5 × 4 and 5" for two results."""
    layer, tape, config = stop.layer, step.tape, step.config
    W, b, z, a = (f"{letter}{layer}" for letter in "Wbza")
    shapes: dict[str, Callable[[], list[tuple[int, ...]]]] = {
        "input": lambda: [tape["x"].shape],
        "affine": lambda: [tape[z].shape],
        "activation": lambda: [tape[a].shape],
        "cost_jacobian": lambda: [tape[a].shape],
        "activation_jacobian": lambda: [step.vjp(a, z).jacobian.shape],
        "weights_jacobian": lambda: [step.vjp(z, W).jacobian.shape],
        "input_jacobian": lambda: [step.vjp(f"z{layer + 1}", a).jacobian.shape],
        "through_affine": lambda: [tape[a].shape],
        "through_activation": lambda: [tape[z].shape],
        "weights_gradient": lambda: [tape[W].shape],
        "bias_gradient": lambda: [tape[b].shape],
        "layer_gradients": lambda: [tape[name].shape for name in parameter_names(config, layer)],
        "update": lambda: [tape[update.name].shape for update in step.updates if update.name in (W, b)],
    }
    found = shapes[stop.kind]() if stop.kind in shapes else [()]
    return " and ".join(shape_text(shape) or "1 number" for shape in found)


def _paths(step: TrainingStep, stop: TimelineStep) -> str:
    """Said only where several paths are summed: those are the steps to look at."""
    passes_on = stop.kind in ("through_affine", "through_activation")
    paths = step.vjp(*_variables(stop)).paths if passes_on else 1
    return f"{paths} paths summed" if paths > 1 else ""


def _variables(stop: TimelineStep) -> tuple[str, str]:
    """Between which two a stop passes a derivative on."""
    layer = stop.layer
    if stop.kind == "through_affine":
        return f"z{layer + 1}", f"a{layer}"
    return f"a{layer}", f"z{layer}"


def _beginnings(settings: Settings, step: TrainingStep) -> list[str]:
    beginnings = [("Walkthrough", settings.link("walkthrough"), words.new_to_this(word_for(settings)))]
    if at := step_with_sum(settings.config):
        stop = timeline(settings.config)[find_step(settings.config, at)]
        paths = step.vjp(*_variables(stop)).paths
        beginnings.append((words.sum_over(paths), settings.step_link(at), words.know_the_rule(stop.label)))
    beginnings.append(("Jacobians", settings.link("jacobians"), words.NEED_OF_A_SUM))
    beginnings.append((words.CHECK_ANSWERS, settings.link("practice", check=1), words.WORKED_OUT))
    return [
        tag("li", page_link(label, href), tag("span", scripts(sentence)))
        for label, href, sentence in beginnings
    ]
