#!/usr/bin/env bash
# A model loaded from PyTorch by TorchSharp.PyBridge is frozen: its weights no longer train.
#
# TorchSharp.PyBridge 1.4.4, TorchSharp 0.107.0, PyTorch 1.13.1 (Debian 12) to write the file, .NET 10.
# The tensors of a PyTorch state_dict are detached. load_py takes that over and sets requires_grad to false on the parameters it
# loads into. A file written by save_py does not do it.
# Surprise: fine-tuning a pretrained body with a new head runs without an error and trains the head only.
# Expected: as in PyTorch's load_state_dict, values are loaded and requires_grad stays true.
# Seen: false for weight and bias; the body moves by 0 in three steps of SGD.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

pytorch <<'PY'
import torch

model = torch.nn.Linear(2, 1)
torch.save(model.state_dict(), "body.pt")
model.load_state_dict(torch.load("body.pt"))
print("PyTorch:", *(f"{name} {weight.requires_grad}" for name, weight in model.named_parameters()))
PY
mv output before

torchsharp TorchSharp.PyBridge=1.4.4 <<'CS'
using TorchSharp.PyBridge;

var (body, head) = (nn.Linear(2, 1), nn.Linear(1, 1));
body.load_py("body.pt");
Console.WriteLine("TorchSharp: " + string.Join(" ", body.named_parameters().Select(item => $"{item.name} {item.parameter.requires_grad}")));
var optimizer = optim.SGD([.. body.parameters(), .. head.parameters()], 0.1);
var (bodyBefore, headBefore) = (body.weight!.clone(), head.weight!.clone());
for (var step = 0; step < 3; step++)
{
    optimizer.zero_grad();
    head.call(body.call(ones(4, 2))).sum().backward();
    optimizer.step();
}

Console.WriteLine($"moved: body {!body.weight!.allclose(bodyBefore)}, head {!head.weight!.allclose(headBefore)}");
CS
cat before output >both
mv both output

seen <<'TXT'
PyTorch: weight True bias True
TorchSharp: weight False bias False
moved: body False, head True
TXT
