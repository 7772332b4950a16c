#!/usr/bin/env bash
# A parameter group of TorchSharp's AdamW, written with its constructor, ignores the learning rate of the optimizer.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# new AdamW.ParamGroup(parameters, weight_decay: 0.1) fills every setting that is not given with a default of the class, lr 0.001
# among them, in place of the optimizer's. The same group made with AdamW.Options inherits the optimizer's rate.
# Surprise: two groups that differ in weight decay only train at 0.001, whatever rate the optimizer was asked for.
# Expected, as in PyTorch ("default values of optimization options, used when a parameter group doesn't specify them"): 0.03.
# Seen: 0.001.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
Parameter[] weights = [new(zeros(1)), new(zeros(1))];
var optimizer = optim.AdamW(
    [new AdamW.ParamGroup([weights[0]], weight_decay: 0.1), new AdamW.ParamGroup([weights[1]], new AdamW.Options { weight_decay = 0.1 })],
    lr: 0.03);
foreach (var weight in weights)
{
    weight.grad = ones(1);
}

optimizer.step();
foreach (var (name, i) in new[] { ("constructor", 0), ("options", 1) })
{
    var rate = optimizer.ParamGroups.ElementAt(i).LearningRate;
    Console.WriteLine($"group by {name}: lr {rate}, first update {-weights[i].item<float>():0.####}");
}
CS

seen <<'TXT'
group by constructor: lr 0.001, first update 0.001
group by options: lr 0.03, first update 0.03
TXT
