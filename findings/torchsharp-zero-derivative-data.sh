#!/usr/bin/env bash
# A second derivative that is zero everywhere is a tensor without memory: reading its data throws NullReferenceException.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# libtorch 2 returns such a derivative, as of abs, in a form that has a shape and no numbers (an "efficient zero tensor"). Its operators know the
# form, TorchSharp's data<T>() does not. (Python's numpy() refuses it with a clear message.)
# Surprise: it has the right shape and sums to 0, and only some functions' derivatives come so.
# Seen: sum 0, then NullReferenceException; added to zeros it can be read.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
var x = zeros(3) + 2;
x.requires_grad_();
var first = autograd.grad([x.abs().sum()], [x], retain_graph: true, create_graph: true)[0];
var second = autograd.grad([(first * (zeros(3) + 3)).sum()], [x])[0];
Console.WriteLine($"shape {second.shape[0]}, sum {second.sum().item<float>()}");
try
{
    Console.WriteLine(second.data<float>().ToArray().Length);
}
catch (NullReferenceException exception)
{
    Console.WriteLine(exception.GetType().Name);
}

Console.WriteLine(string.Join(" ", zeros(3).add_(second).data<float>().ToArray()));
CS

seen <<'TXT'
shape 3, sum 0
NullReferenceException
0 0 0
TXT
