#!/usr/bin/env bash
# A shuffle by TorchSharp's DataLoader is either not repeatable or the same in every epoch.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# shuffle: true takes no notice of torch.manual_seed, so two runs of one seed see the data in different orders. With the loader's own
# seed argument the order repeats, but in each epoch too: every pass over the data has the same batches.
# Surprise: two runs of one seed, meant to differ in their schedules only, differ in the order of their data too.
# Expected, as in PyTorch: the order follows the seed and is a new one in each epoch.
# Seen: the opposite in both cases.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
using var data = new Numbers();

string[] seeded = [Run(), Run()];
Console.WriteLine($"manual_seed(1) twice gives one order: {seeded[0] == seeded[1]}");

using var loader = new DataLoader(data, 1, shuffle: true, seed: 1, disposeDataset: false);
Console.WriteLine($"seed: 1, two epochs have one order: {Order(loader) == Order(loader)}");

string Run()
{
    manual_seed(1);
    using var unseeded = new DataLoader(data, 1, shuffle: true, disposeDataset: false);
    return Order(unseeded);
}

static string Order(DataLoader loader) => string.Join(" ", loader.Select(batch => batch["index"].item<long>()));

internal sealed class Numbers : utils.data.Dataset
{
    public override long Count => 64;

    public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["index"] = tensor(index) };
}
CS

seen <<'TXT'
manual_seed(1) twice gives one order: False
seed: 1, two epochs have one order: True
TXT
