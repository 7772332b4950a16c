#!/usr/bin/env bash
# ReduceLROnPlateau never reduces the rate for a negative loss that stands still.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# The default threshold is relative: an improvement is a loss below best * (1 - threshold). For a negative best that bar lies above
# it, so a loss that stays the same, or grows a little each time, counts as an improvement for ever; best itself follows it upwards.
# Surprise: log-likelihoods of densities, ELBOs and rewards are negative losses, and the scheduler does nothing for them, silently.
# Expected: the same rates for -1 as for 1 (a loss that is constant has no improvement): 1 1 1 0.1 0.1 0.1 0.01 0.01.
# Seen: 1.0 for good; best goes from -100 to -99.965 while the loss gets worse.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch

def rates(losses, **options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.1, patience=2, **options)
    result = []
    for loss in losses:
        scheduler.step(loss)
        result.append(f"{optimizer.param_groups[0]['lr']:g}")
    return " ".join(result) + f", best {scheduler.best:g}"

print("loss 1:          ", rates([1.0] * 8))
print("loss -1:         ", rates([-1.0] * 8))
print("loss -1, abs:    ", rates([-1.0] * 8, threshold_mode="abs"))
print("from -100 upward:", rates([-100 + 0.005 * i for i in range(8)]))
PY

seen <<'TXT'
loss 1:           1 1 1 0.1 0.1 0.1 0.01 0.01, best 1
loss -1:          1 1 1 1 1 1 1 1, best -1
loss -1, abs:     1 1 1 0.1 0.1 0.1 0.01 0.01, best -1
from -100 upward: 1 1 1 1 1 1 1 1, best -99.965
TXT
