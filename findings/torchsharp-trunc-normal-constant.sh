#!/usr/bin/env bash
# TorchSharp's init.trunc_normal_ fills a tensor with one constant.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# With mean 0, every weight becomes std itself. normal_ beside it is right.
# Surprise: it is the usual initialisation of transformers. All units of a layer are then equal and get equal gradients, and
# training goes on, only badly.
# Expected by the name and PyTorch's documentation, mean 0 and std 0.02: values of both signs with a standard deviation of 0.020.
# Seen: standard deviation 0, all values 0.02.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
manual_seed(1);
Print("normal_", nn.init.normal_(zeros(10_000), 0.0, 0.02));
Print("trunc_normal_", nn.init.trunc_normal_(zeros(10_000), 0.0, 0.02));

static void Print(string name, Tensor values) => Console.WriteLine(
    $"{name}: standard deviation {values.std().item<float>():0.000}, distinct values {values.unique().output.numel()}, "
    + $"some below 0: {values.min().item<float>() < 0}, largest {(values.max().item<float>() == 0.02f ? "0.02" : "above std")}");
CS

seen <<'TXT'
normal_: standard deviation 0.020, distinct values 9998, some below 0: True, largest above std
trunc_normal_: standard deviation 0.000, distinct values 1, some below 0: False, largest 0.02
TXT
