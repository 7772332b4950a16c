#!/usr/bin/env bash
# Resumed through last_epoch, four of seven schedulers repeat one step of the schedule, and the error stays.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# After 4 steps the optimizer's state is saved and loaded, and a new scheduler is made with last_epoch=3, the index of the last epoch
# done. LambdaLR, CosineAnnealingLR and OneCycleLR go on exactly. ExponentialLR, StepLR, LinearLR and PolynomialLR apply the change
# from step 3 to 4 once more to the rate that already has it. With last_epoch=4 all of them skip a step instead.
# Surprise: one argument, two meanings; no value is right for every class. (Loading the scheduler's own state_dict is right.)
# Expected: the rates of the run that was not stopped.
# Seen: ExponentialLR at half, StepLR at a tenth, PolynomialLR at 6/7; LinearLR climbs to 1.24 times the base rate.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import copy
import torch
from torch.optim import lr_scheduler

def new_optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)

def go_on(optimizer, scheduler, steps):
    for _ in range(steps):
        yield f"{optimizer.param_groups[0]['lr']:.4f}"
        optimizer.step()
        scheduler.step()

for name, options in {
    "LambdaLR": dict(lr_lambda=lambda step: 1 / (step + 1)), "CosineAnnealingLR": dict(T_max=10),
    "OneCycleLR": dict(max_lr=1.0, total_steps=12), "ExponentialLR": dict(gamma=0.5), "StepLR": dict(step_size=4),
    "LinearLR": dict(start_factor=0.1, total_iters=10), "PolynomialLR": dict(total_iters=10),
}.items():
    make, optimizer = getattr(lr_scheduler, name), new_optimizer()
    scheduler = make(optimizer, **options)
    list(go_on(optimizer, scheduler, 4))
    resumed = new_optimizer()
    resumed.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    print(f"{name} straight:", *go_on(optimizer, scheduler, 7))
    print(f"{name} resumed: ", *go_on(resumed, make(resumed, last_epoch=3, **options), 7))
PY

seen <<'TXT'
LambdaLR straight: 0.2000 0.1667 0.1429 0.1250 0.1111 0.1000 0.0909
LambdaLR resumed:  0.2000 0.1667 0.1429 0.1250 0.1111 0.1000 0.0909
CosineAnnealingLR straight: 0.6545 0.5000 0.3455 0.2061 0.0955 0.0245 0.0000
CosineAnnealingLR resumed:  0.6545 0.5000 0.3455 0.2061 0.0955 0.0245 0.0000
OneCycleLR straight: 0.9330 0.8117 0.6474 0.4626 0.2831 0.1335 0.0346
OneCycleLR resumed:  0.9330 0.8117 0.6474 0.4626 0.2831 0.1335 0.0346
ExponentialLR straight: 0.0625 0.0312 0.0156 0.0078 0.0039 0.0020 0.0010
ExponentialLR resumed:  0.0312 0.0156 0.0078 0.0039 0.0020 0.0010 0.0005
StepLR straight: 0.1000 0.1000 0.1000 0.1000 0.0100 0.0100 0.0100
StepLR resumed:  0.0100 0.0100 0.0100 0.0100 0.0010 0.0010 0.0010
LinearLR straight: 0.4600 0.5500 0.6400 0.7300 0.8200 0.9100 1.0000
LinearLR resumed:  0.5719 0.6838 0.7957 0.9076 1.0195 1.1314 1.2432
PolynomialLR straight: 0.6000 0.5000 0.4000 0.3000 0.2000 0.1000 0.0000
PolynomialLR resumed:  0.5143 0.4286 0.3429 0.2571 0.1714 0.0857 0.0000
TXT
