#!/usr/bin/env bash
# TorchSharp's OneCycleLR gives the second of two parameter groups a wrong rate.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# With two parameter groups, the second never leaves the first phase of the cycle. With the cosine it swings up and down for ever;
# with linear annealing it climbs on, to 4.4 times max_lr at step 9 of 10.
# Surprise: two groups, with and without weight decay, are how a GPT is trained, and a log of the first group's rate looks right.
# Expected, as both groups have one rate and one max_lr: the rates of the first group, which are PyTorch's.
# Seen: 4.36 for 0.000004 at the last step.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
using Anneal = TorchSharp.torch.optim.lr_scheduler.impl.OneCycleLR.AnnealStrategy;

foreach (var shape in new[] { Anneal.Cos, Anneal.Linear })
{
    SGD.ParamGroup[] groups = [new([new Parameter(zeros(1))], lr: 0.1), new([new Parameter(zeros(1))], lr: 0.1)];
    var optimizer = new SGD(groups, 0.1);
    var scheduler = optim.lr_scheduler.OneCycleLR(optimizer, 1.0, total_steps: 10, anneal_strategy: shape, cycle_momentum: false);
    var rates = new List<double[]>();
    for (var step = 0; step < 10; step++)
    {
        rates.Add([.. optimizer.ParamGroups.Select(group => group.LearningRate)]);
        optimizer.step();
        scheduler.step();
    }

    for (var i = 0; i < 2; i++)
    {
        Console.WriteLine($"{shape}, group {i + 1}: " + string.Join(" ", rates.Select(rate => rate[i].ToString("0.######"))));
    }
}
CS

seen <<'TXT'
Cos, group 1: 0.04 0.52 1 0.950485 0.811746 0.611262 0.388742 0.188258 0.049519 0.000004
Cos, group 2: 0.04 0.52 1 0.52 0.04 0.52 1 0.52 0.04 0.52
Linear, group 1: 0.04 0.52 1 0.857143 0.714287 0.57143 0.428574 0.285717 0.142861 0.000004
Linear, group 2: 0.04 0.52 1 1.48 1.96 2.44 2.92 3.4 3.88 4.36
TXT
