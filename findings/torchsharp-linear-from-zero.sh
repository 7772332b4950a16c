#!/usr/bin/env bash
# A warm-up from 0 with TorchSharp's LinearLR makes the rate NaN for good, and the weights with it.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# LinearLR multiplies the rate from step to step and divides by the factor before, so a start_factor of 0 gives 0/0 at the first
# step. Nothing is raised, and the rate never recovers. (PyTorch 1.13.1 divides by zero too, but raises ZeroDivisionError.)
# Surprise: a warm-up from 0 is the usual one; the constructor accepts 0, and the first sign is a loss of NaN.
# Expected by the formula of PyTorch's documentation, factors from 0 to 1 in 3 steps: 0 0.333333 0.666667 1 1.
# Seen: 0 NaN NaN NaN NaN.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
foreach (var start in new[] { 0.001, 0.0 })
{
    var weight = new Parameter(ones(1));
    var optimizer = optim.SGD([weight], 1.0);
    var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: start, end_factor: 1.0, total_iters: 3);
    var rates = new List<string>();
    for (var step = 0; step < 5; step++)
    {
        rates.Add(optimizer.ParamGroups.First().LearningRate.ToString("0.######"));
        weight.grad = ones(1);
        optimizer.step();
        scheduler.step();
    }

    Console.WriteLine($"start_factor {start}: {string.Join(" ", rates)}, weight is NaN: {float.IsNaN(weight.item<float>())}");
}
CS

seen <<'TXT'
start_factor 0.001: 0.001 0.334 0.667 1 1, weight is NaN: False
start_factor 0: 0 NaN NaN NaN NaN, weight is NaN: True
TXT
