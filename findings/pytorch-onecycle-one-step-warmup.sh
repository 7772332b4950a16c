#!/usr/bin/env bash
# OneCycleLR cannot have a warm-up of one step, and skips its peak for a shorter one.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# The rise ends at step pct_start * total_steps - 1. Where that product is 1, the rise has no length and making the scheduler divides
# by zero. Below 1 the rise is left out, and the first step is already part-way down, so max_lr is never reached.
# Surprise: 1 % of 100 steps is an ordinary choice; the constructor accepts every pct_start from 0 to 1 by its own check.
# Expected by the documentation ("percentage of the cycle spent increasing the learning rate"): one step of rise, then 1.0 = max_lr;
# for pct_start 0 a start at max_lr.
# Seen: ZeroDivisionError, also at the last step() with pct_start 1; a start at 0.975528 with pct_start 0.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch

def rates(steps, share):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)
    result = []
    try:
        scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=steps, pct_start=share)
        for _ in range(min(steps, 5)):
            result.append(f"{optimizer.param_groups[0]['lr']:.6f}")
            optimizer.step()
            scheduler.step()
    except ZeroDivisionError as error:
        result.append(repr(error))
    return " ".join(result)

for steps, share in [(20, 0.1), (10, 0.1), (100, 0.01), (10, 0.05), (10, 0.0), (4, 1.0)]:
    print(f"total_steps={steps}, pct_start={share}:", rates(steps, share))
PY

seen <<'TXT'
total_steps=20, pct_start=0.1: 0.040000 1.000000 0.992404 0.969846 0.933013
total_steps=10, pct_start=0.1: ZeroDivisionError('float division by zero')
total_steps=100, pct_start=0.01: ZeroDivisionError('float division by zero')
total_steps=10, pct_start=0.05: 0.993181 0.939737 0.838641 0.700849 0.541292
total_steps=10, pct_start=0.0: 0.975528 0.904509 0.793893 0.654510 0.500002
total_steps=4, pct_start=1.0: 0.040000 0.280000 0.760000 1.000000 ZeroDivisionError('float division by zero')
TXT
