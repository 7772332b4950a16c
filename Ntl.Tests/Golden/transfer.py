#!/usr/bin/env python3
"""Writes transfer.json: losses of the transfer law step by step, and a fit of it to made curves by other means than Ntl's.

Run: /usr/bin/python3 Ntl.Tests/Golden/transfer.py, with Debian's python3-numpy (made with 1.24.2).

"predictions": "exact" walks every update by itself; "pieces" has the law's pieces of up to 25 steps of one mean rate, cut where the
warm-up ends and where the rate jumps, which Ntl must match to rounding. They differ by what the pieces cost.
"fit": logs of a row per 100 steps whose losses are a law's with a ripple; the parameters that are linear by coordinate descent on
the normal equations, alpha by trying all. Ntl uses an active set; both must end in the same losses.
"""
import json, math, os
import numpy as np

MODES, KNEE, DECAY = 13, 4e-4, 0.1


def warm(steps, peak, after):
    return [peak * (i + 1) / steps for i in range(steps)] + after


def constant(total, peak, steps=200):
    return warm(steps, peak, [peak] * (total - steps))


def linear(total, peak, last, steps=200):
    hold, fall = int(0.6 * total) - steps, total - int(0.6 * total)
    return warm(steps, peak, [peak] * hold + [peak + (last - peak) * (i + 1) / fall for i in range(fall)])


def cosine(total, peak, last, steps=200):
    rest = total - steps
    return warm(steps, peak, [last + (peak - last) * 0.5 * (1 + math.cos(math.pi * i / (rest - 1))) for i in range(rest)])


def quench(total, peak, last, steps=200):
    half = total // 2
    return warm(steps, peak, [peak] * (half - steps) + [last] * (total - half))


def walk(rates, reference, speeds, decay, knee):
    """After each update: the river's clock and the valley's modes."""
    memory, river, heats, out = rates[0], 0.0, np.zeros(len(speeds)), []
    for done, rate in enumerate(rates):
        memory = rate + (memory - rate) * (done + 1) / (done + 2) * math.exp(-2 * decay * rate)
        relative = rate / memory
        heats = heats + ((memory / reference) ** (1 / 3) * relative - heats) * (1 - np.exp(-speeds * relative))
        river += rate / (1 + math.sqrt(rate * memory) / knee)
        out.append((river, heats))
    return out


def cut(rates, marks):
    """Where pieces end: at marks, and evenly between them."""
    ends, start = [], 0
    for mark in sorted(set(marks) | {len(rates)}):
        parts = -(-(mark - start) // 25)
        ends += [start + round((mark - start) * i / parts) for i in range(1, parts + 1)]
        start = mark
    return ends


def jumps(rates):
    peak = max(rates)
    warm = next(i for i, rate in enumerate(rates) if rate >= 0.99 * peak)
    return [i for i in range(max(1, warm), len(rates)) if i == warm or abs(rates[i] - rates[i - 1]) > 0.02 * peak]


def walk_pieces(rates, ends, reference, speeds, decay, knee, updates):
    total, start, memory, river, heats, out, i = np.concatenate([[0], np.cumsum(rates)]), 0, None, 0.0, np.zeros(len(speeds)), [], 0

    def advance(to, rate):
        seen = max(rate, 1e-30)
        now = seen + (memory - seen) * (start + 1) / (to + 1) * math.exp(-2 * decay * seen * (to - start))
        relative = seen / now
        return now, river + (to - start) * rate / (1 + math.sqrt(seen * now) / knee), heats + ((now / reference) ** (1 / 3) * relative - heats) * -np.expm1(-speeds * relative * (to - start))

    for end in ends:
        rate = float(total[end] - total[start]) / (end - start)
        memory = rate if memory is None else memory
        while i < len(updates) and updates[i] <= end:
            out.append(advance(updates[i], rate)[1:])
            i += 1
        memory, river, heats = advance(end, rate)
        start = end
    return out


def losses(law, path):
    return [law["coldLoss"] + law["riverScale"] * river ** -law["riverExponent"] + float(np.dot(law["heats"], heats)) for river, heats in path]


def of(law):
    return law["referenceRate"], np.array(law["speeds"]), law["weightDecay"], law["knee"]


def fit(curves):
    reference, last = max(max(c["all"]) for c in curves), max(sum(c["all"]) for c in curves)
    speeds = np.geomspace(max(1.5e-4, 3 * reference / last), 0.18, MODES)
    clock, heats, weight, y = [], [], [], []
    for c in curves:
        path, time = walk_pieces(c["all"], c["ends"], reference, speeds, DECAY, KNEE, c["updates"]), np.cumsum(c["all"])
        rows = [(at, loss) for at, n, loss in zip(path, c["updates"], c["losses"]) if n > 200 and time[n - 1] >= 0.02 * last]
        for (river, valley), loss in rows:
            clock.append(river); heats.append(valley); weight.append(1 / (loss * math.sqrt(len(rows)))); y.append(1 / math.sqrt(len(rows)))
    clock, heats, weight, y = np.array(clock), np.array(heats), np.array(weight), np.array(y)
    rough = 0.02 * np.diff(np.eye(MODES), axis=0)
    best = None
    for alpha in 0.2 + 0.025 * np.arange(33):
        columns = np.column_stack([weight, weight * clock ** -alpha, weight[:, None] * heats])
        gram, moments = columns.T @ columns, columns.T @ y
        gram[2:, 2:] += rough.T @ rough
        x = descend(gram, moments)
        misfit = float(y @ y - 2 * x @ moments + x @ gram @ x)
        if best is None or misfit < best[0]:
            best = (misfit, float(alpha), x)
    misfit, alpha, x = best
    return {"misfit": math.sqrt(misfit), "law": {"referenceRate": reference, "coldLoss": float(x[0]), "riverScale": float(x[1]), "riverExponent": alpha,
            "knee": KNEE, "weightDecay": DECAY, "speeds": list(speeds), "heats": [float(h) for h in x[2:]]}}


def descend(gram, moments):
    """Non-negative least squares by coordinate descent, with the free coordinates solved for together now and then."""
    scale = 1 / np.sqrt(np.diag(gram))
    gram, moments = gram * np.outer(scale, scale), moments * scale
    x = np.zeros(len(moments))
    for turn in range(4000):
        before = x.copy()
        for j in range(len(x)):
            x[j] = max(0.0, x[j] + moments[j] - gram[j] @ x)
        if turn % 50 == 49:
            free = x > 0
            z = np.zeros(len(x))
            z[free] = np.linalg.solve(gram[np.ix_(free, free)], moments[free])
            if (z >= 0).all():
                x = z
            if (moments - gram @ x)[~free].max(initial=0) < 1e-13 and np.abs(x - before).max() < 1e-9:
                break
    return x * scale


def main():
    law = {"referenceRate": 1e-3, "coldLoss": 2.7, "riverScale": 0.48, "riverExponent": 0.525, "knee": KNEE, "weightDecay": DECAY,
           "speeds": [2e-4, 1e-3, 5e-3, 2.5e-2, 0.12], "heats": [0.03, 0.06, 0.05, 0.05, 0.03]}
    predictions = []
    for shape in (("constant", 6000, 1e-3), ("cosine", 8000, 2e-3, 1e-4), ("linear", 5000, 5e-4, 0), ("quench", 6000, 1e-3, 1e-4)):
        rates = SHAPES[shape[0]](*shape[1:])
        updates = [200, 500, 1000, len(rates) // 2, len(rates) // 2 + 40, 3 * len(rates) // 4, len(rates) - 25, len(rates)]
        for decay, knee in ((DECAY, KNEE), (0, 1e-3)):
            this = dict(law, weightDecay=decay, knee=knee)
            exact = walk(rates, *of(this))
            predictions.append({"shape": shape, "law": this, "updates": updates, "exact": losses(this, [exact[n - 1] for n in updates]),
                                "pieces": losses(this, walk_pieces(rates, cut(rates, jumps(rates)), *of(this), updates))})
    curves = []
    for name, shape in (("constant", ("constant", 9001, 1e-3)), ("cosine", ("cosine", 9001, 1e-3, 1e-4)), ("linear", ("linear", 6001, 1e-3, 1e-4)), ("other peak", ("cosine", 6001, 4e-4, 4e-5))):
        rates = SHAPES[shape[0]](*shape[1:])
        updates = list(range(201, len(rates) + 1, 100))
        # What a log of these rows tells: straight lines between them, and a warm-up from zero before.
        rates = [rates[200] * i / 199 for i in range(200)] + list(np.interp(range(200, len(rates)), [n - 1 for n in updates], [rates[n - 1] for n in updates]))
        ends = cut(rates, [200] + updates)
        exact = losses(law, walk_pieces(rates, ends, *of(law), updates))
        curves.append({"name": name, "all": rates, "ends": ends, "updates": updates, "rates": [rates[n - 1] for n in updates],
                       "losses": [loss + 0.002 * math.sin(0.37 * i) + 0.001 * math.cos(1.9 * i) for i, loss in enumerate(exact)]})
    found = fit(curves[:3])
    for c in curves:
        c["predicted"] = losses(found["law"], walk_pieces(c["all"], c["ends"], *of(found["law"]), c["updates"]))
        del c["all"], c["ends"]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "transfer.json"), "w") as file:
        json.dump({"predictions": predictions, "fit": {**found, "train": 3, "curves": curves}}, file)


SHAPES = {"constant": constant, "linear": linear, "cosine": cosine, "quench": quench}
main()
