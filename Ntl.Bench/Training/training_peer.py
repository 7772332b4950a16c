"""The peer of ./bench.sh training: a GPT-2 with pre-layer-norm, exact GELU and tied embeddings in eager PyTorch, trained as nanoGPT
trains it: AdamW in two groups, gradients clipped to norm 1, autocast for bfloat16. Written for PyTorch 1.13, so attention is spelled out.
Prints one line of JSON."""

import argparse
import contextlib
import json
import math
import statistics
import struct
import time

import numpy
import torch
from torch import nn
from torch.nn import functional


class Attention(nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.heads, self.width = heads, width
        self.c_attn = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)
        self.register_buffer("mask", torch.tril(torch.ones(context, context)).view(1, 1, context, context), persistent=False)

    def forward(self, x):  # (B, T, C)
        batch, length, width = x.shape
        q, k, v = (part.view(batch, length, self.heads, width // self.heads).transpose(1, 2) for part in self.c_attn(x).split(width, dim=2))
        scores = q @ k.transpose(-2, -1) / math.sqrt(k.size(-1))  # (B, H, T, T)
        scores = scores.masked_fill(self.mask[:, :, :length, :length] == 0, float("-inf"))
        mixed = functional.softmax(scores, dim=-1) @ v
        return self.c_proj(mixed.transpose(1, 2).contiguous().view(batch, length, width))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width)
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x):
        return self.c_proj(functional.gelu(self.c_fc(x)))


class Block(nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = Attention(width, heads, context)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = FeedForward(width)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt(nn.Module):
    def __init__(self, layers, heads, width, context, vocabulary):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        self.wpe = nn.Embedding(context, width)
        self.h = nn.ModuleList([Block(width, heads, context) for _ in range(layers)])
        self.ln_f = nn.LayerNorm(width)
        self.lm_head = nn.Linear(width, vocabulary, bias=False)
        self.lm_head.weight = self.wte.weight
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(parameter)
            elif parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * layers) if name.endswith("c_proj.weight") else 0.02)

    def forward(self, tokens, targets):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.size(1)))
        for block in self.h:
            x = block(x)
        logits = self.lm_head(self.ln_f(x))
        return functional.cross_entropy(logits.view(-1, logits.size(-1)), targets.reshape(-1))


def load_safetensors(model, path):
    """Weights under GPT-2's names; GPT-2 stores linear layers as (in, out)."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    parameters = dict(model.named_parameters())
    missing = set(parameters)
    for name, entry in header.items():
        if name == "__metadata__" or name == "lm_head.weight":
            continue
        if entry["dtype"] != "F32":
            raise SystemExit(f"{path}: {name} is {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        values = torch.from_numpy(numpy.frombuffer(data[begin:end], dtype="<f4").copy()).view(entry["shape"])
        transposed = name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight"))
        with torch.no_grad():
            parameters[name].copy_(values.t() if transposed else values)
        missing.discard(name)
    if missing:
        raise SystemExit(f"{path}: these are missing: {sorted(missing)}")


def batches(arguments):
    """Windows of T + 1 tokens: those of a file, step by step, or drawn from the corpus as nanoGPT draws them."""
    row = arguments.context + 1
    if arguments.windows:
        windows = numpy.fromfile(arguments.windows, dtype="<u2").reshape(-1, arguments.batch, row).astype(numpy.int64)
        return lambda step: torch.from_numpy(windows[step])
    corpus = numpy.memmap(arguments.corpus, dtype=numpy.uint8, mode="r")

    def draw(_):
        starts = torch.randint(len(corpus) - row + 1, (arguments.batch,))
        return torch.stack([torch.from_numpy(corpus[start:start + row].astype(numpy.int64)) for start in starts])

    return draw


def main():
    parser = argparse.ArgumentParser()
    for name, default in (("layers", 4), ("heads", 4), ("width", 128), ("context", 128), ("vocabulary", 256), ("batch", 16), ("steps", 10), ("warm-up", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--precision", choices=("bf16", "fp32"), default="bf16")
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--corpus")
    parser.add_argument("--weights")
    parser.add_argument("--windows")
    parser.add_argument("--losses", action="store_true")
    arguments = parser.parse_args()

    torch.manual_seed(1)
    model = Gpt(arguments.layers, arguments.heads, arguments.width, arguments.context, arguments.vocabulary)
    if arguments.weights:
        load_safetensors(model, arguments.weights)
    groups = [
        {"params": [p for p in model.parameters() if p.dim() >= 2], "weight_decay": 0.1},
        {"params": [p for p in model.parameters() if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=arguments.learning_rate, betas=(0.9, 0.95), eps=1e-8)
    precision = torch.autocast("cpu", dtype=torch.bfloat16) if arguments.precision == "bf16" else contextlib.nullcontext()
    batch = batches(arguments)
    times, losses = [], []
    for step in range(arguments.warm_up + arguments.steps):
        start = time.perf_counter()
        windows = batch(step)
        with precision:
            loss = model(windows[:, :-1].contiguous(), windows[:, 1:].contiguous())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step >= arguments.warm_up:
            times.append(time.perf_counter() - start)

    median = statistics.median(times)
    result = {
        "median_ms": 1000 * median,
        "tokens_per_second": arguments.batch * arguments.context / median,
        "threads": torch.get_num_threads(),
        "version": torch.__version__,
        "last_loss": losses[-1],
    }
    if arguments.losses:
        result["losses"] = losses
    print(json.dumps(result))


main()
