#!/usr/bin/env bash
# From its sixth step on, TorchSharp's RAdam multiplies by the learning rate twice.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# RAdam makes plain momentum steps until its variance can be trusted (step 6 with beta2 0.999), then rectified Adam steps. The
# rectified branch applies the rate once more, so with lr 0.01 every update from step 6 on is a hundred times too small.
# Surprise: training starts normally and then nearly stands still, with no error; a larger rate is wrong before step 6.
# Expected by the formula of PyTorch's documentation, gradient 1, lr 0.01: 2.582e-4 at step 6, which PyTorch 1.13.1 makes too.
# Seen: 2.582e-6.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
const double Rate = 0.01, Beta2 = 0.999;
var weight = new Parameter(zeros(1, dtype: ScalarType.Float64));
var optimizer = optim.RAdam([weight], lr: Rate);
for (var step = 1; step <= 8; step++)
{
    var before = weight.item<double>();
    weight.grad = ones(1, dtype: ScalarType.Float64);
    optimizer.step();
    Console.WriteLine($"step {step}: moved by {before - weight.item<double>():E3}, formula {Rate * Rectification(step):E3}");
}

// With a gradient of 1 both corrected averages are 1: what is left is the rectification, or 1 before it begins.
static double Rectification(int step)
{
    var power = Math.Pow(Beta2, step);
    var (limit, length) = (2 / (1 - Beta2) - 1, 2 / (1 - Beta2) - 1 - 2 * step * power / (1 - power));
    return length <= 5 ? 1 : Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
}
CS

seen <<'TXT'
step 1: moved by 1.000E-002, formula 1.000E-002
step 2: moved by 1.000E-002, formula 1.000E-002
step 3: moved by 1.000E-002, formula 1.000E-002
step 4: moved by 1.000E-002, formula 1.000E-002
step 5: moved by 1.000E-002, formula 1.000E-002
step 6: moved by 2.582E-006, formula 2.582E-004
step 7: moved by 3.274E-006, formula 3.274E-004
step 8: moved by 3.874E-006, formula 3.874E-004
TXT
