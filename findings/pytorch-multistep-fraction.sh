#!/usr/bin/env bash
# MultiStepLR passes over a milestone that is not a whole number; SequentialLR takes the same milestone.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# MultiStepLR looks its step up in a table of milestones, so 2.5 never comes and the cut is left out without an error or a warning.
# StepLR(step_size=2.5) cuts only where a multiple of 2.5 is whole: every fifth step. SequentialLR switches at step 3 for 2.5.
# Surprise: milestones=[0.5 * epochs, 0.75 * epochs] is common in scripts. It works for 100 epochs; for 75 epochs it never cuts.
# Expected: an error for a milestone that is no whole number, or the cut at the next step, as SequentialLR does.
# Seen: 1.0 through all 75 epochs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch
from torch.optim.lr_scheduler import ConstantLR, MultiStepLR, SequentialLR, StepLR

def rates(make, steps):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, result = make(optimizer), []
    for _ in range(steps):
        result.append(round(optimizer.param_groups[0]["lr"], 6))
        optimizer.step()
        scheduler.step()
    return result

for epochs in (100, 75):
    used = rates(lambda o: MultiStepLR(o, [0.5 * epochs, 0.75 * epochs]), epochs)
    print(f"MultiStepLR at 0.5 and 0.75 of {epochs} epochs:", {rate: used.count(rate) for rate in used})
print("StepLR(2.5):     ", *rates(lambda o: StepLR(o, 2.5), 12))
print("SequentialLR 2.5:", *rates(lambda o: SequentialLR(o, [ConstantLR(o, 1.0), ConstantLR(o, 0.1, 100)], [2.5]), 6))
PY

seen <<'TXT'
MultiStepLR at 0.5 and 0.75 of 100 epochs: {1.0: 50, 0.1: 25, 0.01: 25}
MultiStepLR at 0.5 and 0.75 of 75 epochs: {1.0: 75}
StepLR(2.5):      1.0 1.0 1.0 1.0 1.0 0.1 0.1 0.1 0.1 0.1 0.01 0.01
SequentialLR 2.5: 1.0 1.0 1.0 0.1 0.1 0.1
TXT
