#!/usr/bin/env bash
# TorchSharp's a.baddbmm(b, c) adds c to the product of a and b; PyTorch's adds a to the product of b and c.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# In PyTorch input.baddbmm(batch1, batch2) is beta·input + alpha·batch1@batch2. TorchSharp makes the first factor the receiver and puts
# what is added last, though its addmm keeps PyTorch's order.
# Surprise: attention ported from Python, mask.baddbmm(q, k), has another shape, or, where all three are square, another value in silence.
# Seen: with a full of 1, b full of 2 and c full of 3, 2 × 2 each, 7 (= 3 + 2·1·2) where PyTorch's order gives 13 (= 1 + 2·2·3).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
Tensor Full(int value) => zeros(1, 2, 2) + value;
var (a, b, c) = (Full(1), Full(2), Full(3));
Console.WriteLine($"a.baddbmm(b, c): {a.baddbmm(b, c).max().item<float>()}");
Console.WriteLine($"a + b@c: {(a + b.bmm(c)).max().item<float>()}");
Console.WriteLine($"c + a@b: {(c + a.bmm(b)).max().item<float>()}");
var (d, e, f) = (a[0], b[0], c[0]);
Console.WriteLine($"addmm keeps the order: {d.addmm(e, f).max().item<float>()}");
CS

seen <<'TXT'
a.baddbmm(b, c): 7
a + b@c: 13
c + a@b: 7
addmm keeps the order: 13
TXT
