#!/usr/bin/python3
"""Writes gpt.safetensors: what PyTorch says of a tiny GPT-2. Run by hand; needs python3-torch (1.13). The test is GptGoldenTests.cs.

The model is written from the papers: pre-layer-norm blocks (Radford et al. 2019), exact GELU, learned positions, output tied to
the token table, matrices (in, out) as GPT-2 stores them. Everything in 32 bits on one thread.
"""
import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

LAYERS, HEADS, WIDTH, CONTEXT, VOCABULARY, BATCH, STEPS = 2, 2, 16, 8, 32, 3, 10
RATE, BETAS, EPSILON, DECAY, CLIP = 3e-3, (0.9, 0.95), 1e-8, 0.1, 1.0


def initial_weights():
    shapes = {"wpe.weight": (CONTEXT, WIDTH), "wte.weight": (VOCABULARY, WIDTH)}
    for i in range(LAYERS):
        for name, rows, columns in (
            ("attn.c_attn", WIDTH, 3 * WIDTH), ("attn.c_proj", WIDTH, WIDTH), ("mlp.c_fc", WIDTH, 4 * WIDTH), ("mlp.c_proj", 4 * WIDTH, WIDTH)):
            shapes[f"h.{i}.{name}.weight"] = (rows, columns)
            shapes[f"h.{i}.{name}.bias"] = (columns,)
        for norm in ("ln_1", "ln_2"):
            shapes[f"h.{i}.{norm}.weight"] = (WIDTH,)
            shapes[f"h.{i}.{norm}.bias"] = (WIDTH,)
    shapes["ln_f.weight"] = shapes["ln_f.bias"] = (WIDTH,)
    torch.manual_seed(2025)
    # Wider than GPT-2's 0.02, and biases too, so that every path carries a signal.
    return {name: torch.randn(shape) * 0.2 + (1.0 if "ln_" in name and name.endswith("weight") else 0.0) for name, shape in shapes.items()}


def norm(w, name, x):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-5) * w[f"{name}.weight"] + w[f"{name}.bias"]


def linear(w, name, x):
    return x @ w[f"{name}.weight"] + w[f"{name}.bias"]


def logits(w, tokens):
    batch, length = tokens.shape
    causal = torch.tril(torch.ones(length, length)) == 0
    x = w["wte.weight"][tokens] + w["wpe.weight"][:length]
    for i in range(LAYERS):
        q, k, v = (part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
                   for part in linear(w, f"h.{i}.attn.c_attn", norm(w, f"h.{i}.ln_1", x)).chunk(3, -1))
        scores = (q @ k.transpose(-2, -1) / math.sqrt(WIDTH // HEADS)).masked_fill(causal, -math.inf)
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = x + linear(w, f"h.{i}.attn.c_proj", mixed)
        h = linear(w, f"h.{i}.mlp.c_fc", norm(w, f"h.{i}.ln_2", x))
        x = x + linear(w, f"h.{i}.mlp.c_proj", h * 0.5 * (1 + torch.erf(h / math.sqrt(2))))
    return norm(w, "ln_f", x) @ w["wte.weight"].T


def loss_of(w, tokens, targets):
    return F.cross_entropy(logits(w, tokens).reshape(-1, VOCABULARY), targets.reshape(-1))


def leaves(weights):
    return {name: value.clone().requires_grad_() for name, value in weights.items()}


def groups(w):
    matrices = [p for p in w.values() if p.dim() == 2]
    vectors = [p for p in w.values() if p.dim() == 1]
    return [{"params": matrices, "weight_decay": DECAY}, {"params": vectors, "weight_decay": 0.0}]


def trained_with(weights, gradients, make_step, updates=4):
    """Weights after updates with known gradients: g, -1.1 g, 1.2 g, -1.3 g."""
    w = leaves(weights)
    step = make_step(w)
    for k in range(updates):
        for name, p in w.items():
            p.grad = gradients[name] * (1 + 0.1 * k) * (-1) ** k
        step()
    return {name: p.detach() for name, p in w.items()}


def sgd(w):
    optimizer = torch.optim.SGD(w.values(), lr=RATE, momentum=BETAS[0])

    def step():
        with torch.no_grad():  # decoupled decay
            for p in w.values():
                if p.dim() == 2:
                    p.mul_(1 - RATE * DECAY)
        optimizer.step()
    return step


def lion(w):  # Chen et al. 2023, algorithm 2; PyTorch 1.13 has none
    momentum = {name: torch.zeros_like(p) for name, p in w.items()}

    def step():
        with torch.no_grad():
            for name, p in w.items():
                update = torch.sign(BETAS[0] * momentum[name] + (1 - BETAS[0]) * p.grad)
                p.sub_(RATE * (update + (DECAY * p if p.dim() == 2 else 0)))
                momentum[name] = BETAS[1] * momentum[name] + (1 - BETAS[1]) * p.grad
    return step


def write(path, tensors):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.detach().contiguous().float().numpy().tobytes())


def main():
    torch.set_num_threads(1)
    weights = initial_weights()
    torch.manual_seed(7)
    windows = torch.randint(0, VOCABULARY, (BATCH, CONTEXT + 1))
    tokens, targets = windows[:, :-1], windows[:, 1:]

    w = leaves(weights)
    loss_of(w, tokens, targets).backward()
    gradients = {name: p.grad.clone() for name, p in w.items()}

    optimizer = torch.optim.AdamW(groups(w), lr=RATE, betas=BETAS, eps=EPSILON)
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(w, tokens, targets)
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(w.values(), CLIP)))
        optimizer.step()
        losses.append(float(loss))

    tensors = {"tokens": tokens, "targets": targets, "logits": logits(leaves(weights), tokens).reshape(-1, VOCABULARY),
               "losses": torch.tensor(losses), "norms": torch.tensor(norms)}
    sets = {
        "initial": weights, "gradient": gradients, "trained": {name: p.detach() for name, p in w.items()},
        "adamw": trained_with(weights, gradients, lambda w: torch.optim.AdamW(groups(w), lr=RATE, betas=BETAS, eps=EPSILON).step),
        "sgd": trained_with(weights, gradients, sgd), "lion": trained_with(weights, gradients, lion)}
    for prefix, values in sets.items():
        tensors |= {f"{prefix}.{name}": value for name, value in values.items()}
    write(Path(__file__).parent / "gpt.safetensors", tensors)


main()
