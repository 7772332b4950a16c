#!/usr/bin/env bash
# downsample's LTTB fails for a curve with one value that is not finite.
#
# npm downsample 1.4.0, Node.js 20, Debian 12.
# LTTB picks the point of the largest triangle in each bucket. In a bucket next to a NaN or an infinity no area is larger than
# another, nothing is picked, and the next step reads a point that is not there. In the last place a NaN does no harm.
# Surprise: a loss of NaN or infinity is what a chart of a training run is opened for, and the error does not speak of it.
# Expected: 20 points, as for the finite curve, or an error that names the value. The documentation has no word on either.
# Seen: TypeError: Cannot read properties of undefined (reading '0').
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

node_script downsample@1.4.0 <<'JS'
const { LTTB } = require("downsample");

for (const [value, at] of [[1, 500], [NaN, 500], [Infinity, 500], [NaN, 0], [NaN, 999]]) {
  const losses = Array.from({ length: 1000 }, (_, step) => ({ x: step, y: step === at ? value : 1 / (step + 1) }));
  try {
    console.log(`${value} at ${at}: ${LTTB(losses, 20).length} points`);
  } catch (error) {
    console.log(`${value} at ${at}: ${error}`);
  }
}
JS

seen <<'TXT'
1 at 500: 20 points
NaN at 500: TypeError: Cannot read properties of undefined (reading '0')
Infinity at 500: TypeError: Cannot read properties of undefined (reading '0')
NaN at 0: TypeError: Cannot read properties of undefined (reading '0')
NaN at 999: 20 points
TXT
