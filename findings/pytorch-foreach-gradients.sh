#!/usr/bin/env bash
# With foreach=True, an optimizer adds the weight decay to the gradients themselves.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# Adam, NAdam, RAdam, Adamax, RMSprop, Adagrad and Adadelta with foreach=True and weight_decay write grad + weight_decay * weight into
# p.grad. With foreach=False they leave it alone, as does SGD (and AdamW, whose decay is not part of the gradient) on both paths.
# Surprise: the option is about speed, yet a gradient norm logged after step() is no longer the norm of the gradient, and a second
# step on the same gradients, or gradients added up across steps, decays twice.
# Expected: a gradient of 1 is still 1 after step(), as with foreach=False.
# Seen: 1.1 with a weight of 1 and weight_decay 0.1.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch

def gradient_after(name, foreach):
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = getattr(torch.optim, name)([weight], lr=0.1, weight_decay=0.1, foreach=foreach)
    weight.grad = torch.ones(1)
    optimizer.step()
    return round(weight.grad.item(), 6)

for name in ("SGD", "AdamW", "Adam", "NAdam", "RAdam", "Adamax", "RMSprop", "Adagrad", "Adadelta"):
    print(f"{name}: foreach=False {gradient_after(name, False)}, foreach=True {gradient_after(name, True)}")
PY

seen <<'TXT'
SGD: foreach=False 1.0, foreach=True 1.0
AdamW: foreach=False 1.0, foreach=True 1.0
Adam: foreach=False 1.0, foreach=True 1.1
NAdam: foreach=False 1.0, foreach=True 1.1
RAdam: foreach=False 1.0, foreach=True 1.1
Adamax: foreach=False 1.0, foreach=True 1.1
RMSprop: foreach=False 1.0, foreach=True 1.1
Adagrad: foreach=False 1.0, foreach=True 1.1
Adadelta: foreach=False 1.0, foreach=True 1.1
TXT
