#!/usr/bin/env bash
# autograd.grad with allow_unused gives a tensor without a handle for an input that was not used, not null.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# PyTorch returns None there, and TorchSharp's signature could return null; what comes is an object whose every use throws.
# Surprise: the usual test, gradients[i] is null, lets it through; the error then names an empty handle far from its cause.
# Seen: not null, IsInvalid is true, reading its shape throws InvalidOperationException.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
var used = ones(2, requires_grad: true);
var unused = ones(2, requires_grad: true);
var gradients = autograd.grad([used.exp().sum()], [used, unused], allow_unused: true);
Console.WriteLine($"null: {gradients[1] is null}, IsInvalid: {gradients[1].IsInvalid}");
try
{
    Console.WriteLine(gradients[1].shape.Length);
}
catch (InvalidOperationException exception)
{
    Console.WriteLine(exception.Message);
}
CS

seen <<'TXT'
null: False, IsInvalid: True
Tensor invalid -- empty handle.
TXT
