#!/usr/bin/env bash
# A scheduler of total_iters 0 means one thing at the start of training and another after a milestone.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# Alone, ConstantLR and LinearLR of total_iters 0 apply their first factor at once and never take it back, and PolynomialLR holds the
# base rate. Behind a milestone of SequentialLR, ConstantLR(0) does nothing, and the other two raise ZeroDivisionError.
# Surprise: "no warm-up" is commonly written as a warm-up of 0 steps; it then trains at a tenth of the rate to the end.
# Expected: total_iters is the number of steps that are scaled, so 0 leaves the base rate, 1.0 (LinearLR: its end_factor, 1.0;
# PolynomialLR: its end, 0), in both places.
# Seen: 0.1 for good alone; 1.0 or an error after a milestone.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch
from torch.optim.lr_scheduler import ConstantLR, LinearLR, PolynomialLR, SequentialLR

def rates(make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler, result = make(optimizer), []
    try:
        for _ in range(6):
            result.append(f"{optimizer.param_groups[0]['lr']:g}")
            optimizer.step()
            scheduler.step()
    except ZeroDivisionError as error:
        result.append(repr(error))
    return " ".join(result)

for name, part in {
    "ConstantLR": lambda o: ConstantLR(o, factor=0.1, total_iters=0),
    "LinearLR": lambda o: LinearLR(o, start_factor=0.1, total_iters=0),
    "PolynomialLR": lambda o: PolynomialLR(o, total_iters=0),
}.items():
    print(f"{name} alone:", rates(part))
    print(f"{name} after 2 steps:", rates(lambda o: SequentialLR(o, [ConstantLR(o, 1.0, 2), part(o)], [2])))
PY

seen <<'TXT'
ConstantLR alone: 0.1 0.1 0.1 0.1 0.1 0.1
ConstantLR after 2 steps: 1 1 1 1 1 1
LinearLR alone: 0.1 0.1 0.1 0.1 0.1 0.1
LinearLR after 2 steps: 1 1 ZeroDivisionError('float division by zero')
PolynomialLR alone: 1 1 1 1 1 1
PolynomialLR after 2 steps: 1 1 ZeroDivisionError('division by zero')
TXT
