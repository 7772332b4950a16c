#!/usr/bin/env bash
# In a SequentialLR, a OneCycleLR that comes later shrinks the warm-up before it by its div_factor.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# Making a OneCycleLR overwrites the optimizer's initial_lr with max_lr / div_factor. SequentialLR then starts its first scheduler
# from that value, so a warm-up to the base rate 1.0 runs at 1/25 of it. TorchSharp 0.107.0 warms up from the base rate.
# Surprise: a scheduler that has not begun changes the rates of the one that runs; the base rate given to the optimizer is lost.
# Expected: 0.1 0.4 0.7 from LinearLR(0.1 to 1 in 3 steps) of the base rate 1.0, as with a CosineAnnealingLR behind it.
# Seen: 0.004 0.016 0.028.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, OneCycleLR, SequentialLR

def rates(later):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)
    warmup = LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=3)
    scheduler, result = SequentialLR(optimizer, [warmup, later(optimizer)], milestones=[3]), []
    for _ in range(8):
        result.append(f"{optimizer.param_groups[0]['lr']:.6g}")
        optimizer.step()
        scheduler.step()
    return " ".join(result)

print("then CosineAnnealingLR:", rates(lambda o: CosineAnnealingLR(o, T_max=10)))
print("then OneCycleLR:       ", rates(lambda o: OneCycleLR(o, max_lr=1.0, total_steps=10)))
PY

seen <<'TXT'
then CosineAnnealingLR: 0.1 0.4 0.7 1 0.975528 0.904508 0.793893 0.654508
then OneCycleLR:        0.004 0.016 0.028 0.04 0.52 1 0.950485 0.811746
TXT
