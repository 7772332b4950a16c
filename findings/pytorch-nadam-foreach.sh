#!/usr/bin/env bash
# NAdam trains differently with foreach=True, and it is the default path that leaves the rule.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# foreach chooses between two implementations of one update. The plain one counts mu twice in its running product, so its updates are
# smaller: by 0.7 % at the first step and still 0.5 % of the way after four. The foreach one follows the documented rule.
# Surprise: an option that is about speed changes the training, and results cannot be compared with other implementations of NAdam.
# Expected by the formula of the documentation, gradient 1, lr 0.01: -0.010564518 after one step, -0.033034050 after four.
# Seen: foreach=False gives -0.010495312 and -0.032870155.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch

def train(foreach):
    weight = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    optimizer = torch.optim.NAdam([weight], lr=0.01, foreach=foreach)
    for _ in range(4):
        weight.grad = torch.ones_like(weight)
        optimizer.step()
        yield weight.item()

def rule(beta1=0.9, beta2=0.999, decay=0.004):
    weight, mean, square, product = 0.0, 0.0, 0.0, 1.0
    for t in range(1, 5):
        now, after = (beta1 * (1 - 0.5 * 0.96 ** (k * decay)) for k in (t, t + 1))
        product *= now
        mean, square = beta1 * mean + (1 - beta1), beta2 * square + (1 - beta2)
        direction = after * mean / (1 - product * after) + (1 - now) / (1 - product)
        weight -= 0.01 * direction / ((square / (1 - beta2 ** t)) ** 0.5 + 1e-8)
        yield weight

for name, weights in [("foreach=False", train(False)), ("foreach=True ", train(True)), ("formula      ", rule())]:
    print(name, *(f"{weight:.8f}" for weight in weights))
PY

seen <<'TXT'
foreach=False -0.01049531 -0.01828292 -0.02557582 -0.03287016
foreach=True  -0.01056452 -0.01840136 -0.02572353 -0.03303405
formula       -0.01056452 -0.01840136 -0.02572353 -0.03303405
TXT
