#!/usr/bin/env bash
# TorchSharp's CyclicLR moves the momentum the wrong way, out of its bounds, up to 1.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# Momentum is to fall from max_momentum to base_momentum while the rate rises. Here it rises by the same amount above max_momentum.
# Surprise: with the bounds 0.8 and 0.9 it is 1.0 at the highest rate, where old gradients never fade; no error, and the rates are right.
# Expected by PyTorch's documentation ("Momentum is cycled inversely to learning rate") and by PyTorch 1.13.1:
# 0.9 0.875 0.85 0.825 0.8 0.825 0.85 0.875 0.9.
# Seen: 0.9 0.925 0.95 0.975 1 0.975 0.95 0.925 0.9.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
var optimizer = optim.SGD([new Parameter(zeros(1))], 0.1, momentum: 0.9);
var scheduler = optim.lr_scheduler.CyclicLR(optimizer, base_lr: 0.1, max_lr: 1.0, step_size_up: 4, base_momentum: 0.8, max_momentum: 0.9);
List<string> rates = [], momenta = [];
for (var step = 0; step < 9; step++)
{
    var group = (SGD.ParamGroup)optimizer.ParamGroups.First();
    rates.Add(group.LearningRate.ToString("0.###"));
    momenta.Add(group.Options.momentum!.Value.ToString("0.###"));
    optimizer.step();
    scheduler.step();
}

Console.WriteLine("rate:     " + string.Join(" ", rates));
Console.WriteLine("momentum: " + string.Join(" ", momenta));
CS

seen <<'TXT'
rate:     0.1 0.325 0.55 0.775 1 0.775 0.55 0.325 0.1
momentum: 0.9 0.925 0.95 0.975 1 0.975 0.95 0.925 0.9
TXT
