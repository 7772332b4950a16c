#!/usr/bin/env bash
# The state of a CyclicLR cannot be saved.
#
# PyTorch 1.13.1 (Debian 12, python3-torch 1.13.1+dfsg-4), CPU.
# CyclicLR.state_dict() holds a weak reference to a method of the scheduler itself, in the three built-in modes, and torch.save
# refuses it. Every other scheduler tried here, OneCycleLR too, saves.
# Surprise: the checkpoint of a training run fails at the first save, for a scheduler without any function of the user's.
# Expected by the documentation of state_dict: "Returns the state of the scheduler as a dict", made to go into a checkpoint.
# Seen: TypeError("cannot pickle 'WeakMethod' object").
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import io
import torch
from torch.optim import lr_scheduler

def save(name, **options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)
    scheduler = getattr(lr_scheduler, name)(optimizer, **options)
    try:
        torch.save(scheduler.state_dict(), io.BytesIO())
        return "saved"
    except TypeError as error:
        return repr(error)

for mode in ("triangular", "triangular2", "exp_range"):
    print(f"CyclicLR {mode}:", save("CyclicLR", base_lr=0.1, max_lr=1.0, step_size_up=5, mode=mode))
print("OneCycleLR:", save("OneCycleLR", max_lr=1.0, total_steps=10))
print("MultiStepLR:", save("MultiStepLR", milestones=[5]))
print("CosineAnnealingWarmRestarts:", save("CosineAnnealingWarmRestarts", T_0=5))
PY

seen <<'TXT'
CyclicLR triangular: TypeError("cannot pickle 'WeakMethod' object")
CyclicLR triangular2: TypeError("cannot pickle 'WeakMethod' object")
CyclicLR exp_range: TypeError("cannot pickle 'WeakMethod' object")
OneCycleLR: saved
MultiStepLR: saved
CosineAnnealingWarmRestarts: saved
TXT
