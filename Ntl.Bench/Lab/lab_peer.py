"""The peer of ./bench.sh lab: stochastic gradient descent on l = a x²/2 with gradient noise, in eager PyTorch, one tensor operation for all
replicas. Prints one line of JSON: replica-steps per second, and the mean thermal loss of the last half."""

import json
import sys
import time

import torch

replicas, steps, threads = (int(word) for word in sys.argv[1:4])
curvature, noise, rate = 1.0, 1.0, 0.02
if threads > 0:
    torch.set_num_threads(threads)


def run(count):
    x = torch.zeros(replicas)
    energy, measured = 0.0, 0
    for step in range(count):
        if step >= count // 2:
            energy += 0.5 * curvature * torch.mean(x * x)
            measured += 1
        gradient = curvature * x + noise * torch.randn(replicas)
        x -= rate * gradient
    return float(energy) / measured


with torch.no_grad():
    run(50)
    start = time.perf_counter()
    loss = run(steps)
    seconds = time.perf_counter() - start
print(json.dumps({"replica_steps_per_second": replicas * steps / seconds, "loss": loss}))
