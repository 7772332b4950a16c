#!/usr/bin/env bash
# One NaN or infinite value makes the rest of downsample's moving average NaN, and one huge value makes it wrong.
#
# npm downsample 1.4.0, Node.js 20, Debian 12.
# SMA keeps a running sum: it adds the value that comes in and subtracts the one that goes out. A NaN never leaves such a sum, nor
# does the rounding of a huge value.
# Surprise: the smoothed loss of a run with one bad step is empty to its end, or is 0.8 for a loss of exactly 1, with no sign of it.
# Expected by the documentation ("simple moving average", window 20): the 20 windows that hold the value are affected, no other.
# Seen: 900 of 981 NaN for one NaN, 880 for one infinity; 0.8 at the end for one 1e17.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

node_script downsample@1.4.0 <<'JS'
const { SMA } = require("downsample");

for (const odd of [1, NaN, Infinity, 1e17]) {
  const losses = Array.from({ length: 1000 }, (_, step) => ({ x: step, y: step === 100 ? odd : 1 }));
  const smooth = SMA(losses, 20).map(point => point.y);
  console.log(`one ${odd}: ${smooth.filter(Number.isNaN).length} of ${smooth.length} are NaN, last ${smooth.at(-1)}`);
}
JS

seen <<'TXT'
one 1: 0 of 981 are NaN, last 1
one NaN: 900 of 981 are NaN, last NaN
one Infinity: 880 of 981 are NaN, last NaN
one 100000000000000000: 0 of 981 are NaN, last 0.8
TXT
