#!/usr/bin/env python3
"""Writes schedules.json: what other libraries' own schedules give at every step, beside the text that Ntl imports.

Run: /usr/bin/python3 Ntl.Tests/Golden/schedules.py OPTIMIZATION SCHEDULE JOIN
with Debian's python3-torch, and the paths of huggingface/transformers src/transformers/optimization.py (its *_lambda functions are
called) and of google-deepmind/optax optax/schedules/_schedule.py and _join.py. Debian has neither transformers nor jax: the lambdas
need only `math`, and optax's functions are run on numpy in double precision in place of jax.numpy. Made with torch 1.13.1,
transformers 005edac, optax 2edbcbe. PyTorch's rates are those of the optimizer at each update, with scheduler.step() after it.
"""
import importlib.util, json, os, sys, types, warnings
import numpy
import torch

warnings.simplefilter("ignore")
cases = []


def case(text, rates):
    cases.append({"import": text, "rates": [float(rate) for rate in rates]})


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


# PyTorch

def make(optimizer, wish):
    parameters = {key: value for key, value in wish.items() if key not in ("scheduler", "lr", "steps")}
    if "schedulers" in parameters:
        parameters["schedulers"] = [make(optimizer, part) for part in parameters["schedulers"]]
    return getattr(torch.optim.lr_scheduler, wish["scheduler"])(optimizer, **parameters)


def pytorch(steps, lr, scheduler, **parameters):
    wish = {"scheduler": scheduler, "lr": lr, "steps": steps, **parameters}
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr, momentum=0.9)
    made = make(optimizer, wish)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        made.step()
    case(wish, rates)


pytorch(50, 0.1, "StepLR", step_size=7, gamma=0.5)
pytorch(50, 0.1, "StepLR", step_size=20)
pytorch(20, 0.1, "StepLR", step_size=7, gamma=1.5)
pytorch(50, 0.1, "MultiStepLR", milestones=[10, 30, 31], gamma=0.3)
pytorch(20, 0.1, "MultiStepLR", milestones=[25])
pytorch(20, 0.1, "ConstantLR")
pytorch(20, 0.1, "ConstantLR", factor=0.5, total_iters=8)
pytorch(20, 0.1, "LinearLR")
pytorch(20, 0.1, "LinearLR", start_factor=1.0, end_factor=0.25, total_iters=12)
pytorch(8, 0.1, "LinearLR", start_factor=0.1, total_iters=12)
pytorch(50, 0.1, "ExponentialLR", gamma=0.9)
pytorch(20, 0.1, "PolynomialLR", total_iters=12, power=2.0)
pytorch(20, 0.1, "PolynomialLR", total_iters=30)
pytorch(50, 0.1, "CosineAnnealingLR", T_max=50, eta_min=0.01)
pytorch(50, 0.1, "CosineAnnealingLR", T_max=20)
pytorch(60, 0.1, "CosineAnnealingWarmRestarts", T_0=10, T_mult=2, eta_min=0.001)
pytorch(60, 0.1, "CosineAnnealingWarmRestarts", T_0=25)
pytorch(60, 0.1, "OneCycleLR", max_lr=0.2, total_steps=61)
pytorch(60, 0.1, "OneCycleLR", max_lr=0.2, total_steps=60, anneal_strategy="linear", pct_start=0.25)
pytorch(60, 0.1, "OneCycleLR", max_lr=0.2, epochs=3, steps_per_epoch=20, three_phase=True, div_factor=10.0, final_div_factor=100.0)
pytorch(60, 0.1, "CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=7)
pytorch(60, 0.1, "CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=7, step_size_down=12, mode="triangular2")
pytorch(60, 0.1, "CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=7, step_size_down=12, mode="exp_range", gamma=0.99)
pytorch(60, 0.1, "SequentialLR", milestones=[10, 40], schedulers=[
    {"scheduler": "LinearLR", "start_factor": 0.1, "total_iters": 10},
    {"scheduler": "ConstantLR", "factor": 1.0, "total_iters": 30},
    {"scheduler": "CosineAnnealingLR", "T_max": 20, "eta_min": 0.01}])
pytorch(60, 0.1, "SequentialLR", milestones=[20], schedulers=[
    {"scheduler": "StepLR", "step_size": 7},
    {"scheduler": "ExponentialLR", "gamma": 0.95}])

# Hugging Face

hf = load("optimization", sys.argv[1])


def huggingface(name, function, steps, lr, warmup, kwargs=None, **arguments):
    function = getattr(hf, function)
    text = {"lr_scheduler_type": name, "learning_rate": lr, "warmup_steps": warmup, "max_steps": steps}
    if kwargs is not None:
        text["lr_scheduler_kwargs"] = kwargs
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    made = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: function(step, num_warmup_steps=warmup, **arguments))
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        made.step()
    case(text, rates)


for steps, warmup in ((60, 10), (50, 0), (40, 1)):
    huggingface("linear", "_get_linear_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, num_training_steps=steps)
    huggingface("constant_with_warmup", "_get_constant_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup)
    huggingface("cosine", "_get_cosine_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, num_training_steps=steps, num_cycles=0.5)
    huggingface("cosine", "_get_cosine_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, {"num_cycles": 1.7}, num_training_steps=steps, num_cycles=1.7)
    for cycles in (1, 5, 3):
        huggingface("cosine_with_restarts", "_get_cosine_with_hard_restarts_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, {"num_cycles": cycles}, num_training_steps=steps, num_cycles=cycles)
    for end, power in ((1e-7, 1.0), (1e-5, 2.5), (1e-5, 12.0)):
        huggingface("polynomial", "_get_polynomial_decay_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, {"lr_end": end, "power": power}, num_training_steps=steps, lr_end=end, power=power, lr_init=3e-4)
    huggingface("inverse_sqrt", "_get_inverse_sqrt_schedule_lr_lambda", steps, 3e-4, warmup, timescale=warmup or 10_000)
    huggingface("inverse_sqrt", "_get_inverse_sqrt_schedule_lr_lambda", steps, 3e-4, warmup, {"timescale": 25}, timescale=25)
    huggingface("cosine_with_min_lr", "_get_cosine_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, {"min_lr_rate": 0.1}, num_training_steps=steps, num_cycles=0.5, min_lr_rate=0.1)
    huggingface("cosine_with_min_lr", "_get_cosine_schedule_with_warmup_lr_lambda", steps, 3e-4, warmup, {"min_lr": 3e-5, "num_cycles": 1.5}, num_training_steps=steps, num_cycles=1.5, min_lr_rate=3e-5 / 3e-4)
    huggingface("cosine_warmup_with_min_lr", "_get_cosine_with_min_lr_schedule_with_warmup_lr_rate_lambda", steps, 3e-4, warmup, {"min_lr_rate": 0.1}, num_training_steps=steps, num_cycles=0.5, min_lr_rate=0.1)
    huggingface("cosine_warmup_with_min_lr", "_get_cosine_with_min_lr_schedule_with_warmup_lr_rate_lambda", steps, 3e-4, warmup, {"min_lr_rate": 0.1, "warmup_lr_rate": 0.2}, num_training_steps=steps, num_cycles=0.5, min_lr_rate=0.1, warmup_lr_rate=0.2)
    for rise in ("linear", "cosine", "1-sqrt"):
        for fall in ("linear", "cosine", "1-sqrt"):
            huggingface(
                "warmup_stable_decay", "_get_wsd_scheduler_lambda", steps, 3e-4, warmup,
                {"num_decay_steps": 15, "warmup_type": rise, "decay_type": fall, "min_lr_ratio": 0.05},
                num_stable_steps=steps - warmup - 15, num_decay_steps=15, warmup_type=rise, decay_type=fall, min_lr_ratio=0.05, num_cycles=0.5)
huggingface(
    "warmup_stable_decay", "_get_wsd_scheduler_lambda", 60, 3e-4, 10, {"num_stable_steps": 20, "num_decay_steps": 15, "num_cycles": 1.5, "min_lr_ratio": 0.2},
    num_stable_steps=20, num_decay_steps=15, warmup_type="linear", decay_type="cosine", min_lr_ratio=0.2, num_cycles=1.5)

# optax, on numpy

jax = types.ModuleType("jax")
jax.typing = types.SimpleNamespace(ArrayLike=object)
jax.tree = types.SimpleNamespace(map=lambda function, pair: tuple(function(x) for x in pair))
jax.numpy = numpy
absl = types.ModuleType("absl")
absl.logging = types.SimpleNamespace(info=lambda *arguments: None)
base = types.SimpleNamespace(Schedule=object)
for name, module in {"jax": jax, "jax.numpy": numpy, "absl": absl, "optax": types.ModuleType("optax"), "optax._src": types.ModuleType("optax._src"), "optax.schedules": types.ModuleType("optax.schedules")}.items():
    sys.modules[name] = module
sys.modules["optax._src"].base = base
join = load("optax.schedules._join", sys.argv[3])
sys.modules["optax.schedules"]._join = join
optax = load("optax.schedules._schedule", sys.argv[2])


def build(wish):
    if "schedules" in wish:
        return join.join_schedules([build(part) for part in wish["schedules"]], wish["boundaries"])
    parameters = {key: value for key, value in wish.items() if key not in ("type", "steps")}
    if "boundaries_and_scales" in parameters:
        parameters["boundaries_and_scales"] = {int(step): scale for step, scale in parameters["boundaries_and_scales"].items()}
    return getattr(optax, wish["type"])(**parameters)


def run_optax(steps, **wish):
    schedule = build(wish)
    case({**wish, "steps": steps}, [schedule(step) for step in range(steps)])


run_optax(20, type="constant_schedule", value=0.01)
run_optax(40, type="linear_schedule", init_value=0.0, end_value=0.1, transition_steps=20, transition_begin=5)
run_optax(40, type="linear_schedule", init_value=0.1, end_value=0.01, transition_steps=60)
run_optax(40, type="polynomial_schedule", init_value=0.1, end_value=0.01, power=2.5, transition_steps=30, transition_begin=3)
run_optax(40, type="polynomial_schedule", init_value=0.01, end_value=0.1, power=3, transition_steps=30)
run_optax(20, type="polynomial_schedule", init_value=0.01, end_value=0.1, power=3, transition_steps=0)
run_optax(40, type="cosine_decay_schedule", init_value=0.1, decay_steps=30, alpha=0.2)
run_optax(40, type="cosine_decay_schedule", init_value=0.1, decay_steps=30, exponent=1.7)
run_optax(40, type="exponential_decay", init_value=0.1, transition_steps=10, decay_rate=0.5)
run_optax(40, type="exponential_decay", init_value=0.1, transition_steps=10, decay_rate=0.5, transition_begin=4, staircase=True, end_value=0.02)
run_optax(40, type="exponential_decay", init_value=0.1, transition_steps=10, decay_rate=0.5, end_value=0.02)
run_optax(40, type="exponential_decay", init_value=0.1, transition_steps=10, decay_rate=1.5, end_value=0.3, staircase=True)
run_optax(40, type="piecewise_constant_schedule", init_value=0.1, boundaries_and_scales={"10": 0.5, "25": 0.1})
run_optax(40, type="piecewise_interpolate_schedule", interpolate_type="linear", init_value=0.1, boundaries_and_scales={"10": 0.5, "25": 3.0})
run_optax(40, type="piecewise_interpolate_schedule", interpolate_type="cosine", init_value=0.1, boundaries_and_scales={"10": 0.5, "25": 3.0})
run_optax(40, type="linear_onecycle_schedule", transition_steps=35, peak_value=0.1)
run_optax(40, type="cosine_onecycle_schedule", transition_steps=35, peak_value=0.1)
run_optax(40, type="warmup_constant_schedule", init_value=0.0, peak_value=0.1, warmup_steps=12)
run_optax(60, type="warmup_cosine_decay_schedule", init_value=0.001, peak_value=0.1, warmup_steps=10, decay_steps=50, end_value=0.01)
run_optax(60, type="warmup_cosine_decay_schedule", init_value=0.0, peak_value=0.1, warmup_steps=0, decay_steps=50, exponent=2.0)
run_optax(60, type="warmup_exponential_decay_schedule", init_value=0.0, peak_value=0.1, warmup_steps=10, transition_steps=15, decay_rate=0.3, transition_begin=5)
run_optax(60, type="sgdr_schedule", cosine_kwargs=[
    {"init_value": 0.0, "peak_value": 0.1, "warmup_steps": 5, "decay_steps": 20},
    {"init_value": 0.01, "peak_value": 0.05, "warmup_steps": 5, "decay_steps": 30, "end_value": 0.001}])
run_optax(60, schedules=[
    {"type": "linear_schedule", "init_value": 0.0, "end_value": 0.1, "transition_steps": 10},
    {"type": "constant_schedule", "value": 0.1},
    {"type": "cosine_decay_schedule", "init_value": 0.1, "decay_steps": 20}], boundaries=[10, 35])

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schedules.json")
with open(path, "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(each) for each in cases) + "\n]\n")
print(len(cases), "cases")
