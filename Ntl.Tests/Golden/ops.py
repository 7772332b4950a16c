#!/usr/bin/env python3
"""Writes ops.json: what PyTorch computes for every operator that Ntl uses. Run: /usr/bin/python3 Ntl.Tests/Golden/ops.py

A case is a function of tensors. With w, v fixed random numbers, it holds
  forward   y = f(x…)
  gradient  gᵢ = ∂(Σ w·y)/∂xᵢ
  second    ∂(Σ v·g)/∂xᵢ, which exercises every block of the second derivative.
float32 cases are computed in float32. bfloat16 cases are computed in float64 from inputs that bfloat16 holds exactly, so the
tolerance is the operator's own rounding. A value a is right where |a − b| ≤ tolerance·(max|b| + |b|), b the value here.
"""
import base64, json, math, os
import torch
import torch.nn.functional as F

TOLERANCE = {"float32": 2e-5, "bfloat16": 1.6e-2}
cases = []


def pack(t):
    # A derivative that is zero everywhere may have no memory, which numpy would read regardless.
    t = (torch.zeros(t.shape) if t._is_zerotensor() else t.detach()).to(torch.float32).contiguous()
    return {"shape": list(t.shape), "data": base64.b64encode(t.numpy().tobytes()).decode()}


def case(name, function, *inputs, order=2, dtype="float32"):
    """inputs: tensors; floating ones are differentiated. order: how often."""
    work = torch.float32 if dtype == "float32" else torch.float64
    torch.manual_seed(len(cases))
    xs = [x.to(torch.bfloat16).to(work) if dtype == "bfloat16" and x.is_floating_point() else x for x in inputs]
    xs = [x.clone().requires_grad_(order > 0) if x.is_floating_point() else x for x in xs]
    wanted = [x for x in xs if x.requires_grad]
    y = function(*xs)
    entry = {"name": name, "dtype": dtype, "tolerance": TOLERANCE[dtype], "order": order,
             "inputs": [dict(pack(x), integral=not x.is_floating_point()) for x in xs], "forward": pack(y)}
    if order > 0:
        w = torch.randn(y.shape).to(work)
        entry["w"] = pack(w)
        gradients = torch.autograd.grad((y * w).sum(), wanted, create_graph=True)
        entry["gradient"] = [pack(g) for g in gradients]
        if order > 1:
            vs = [torch.randn(g.shape).to(work) for g in gradients]
            entry["v"] = [pack(v) for v in vs]
            total = sum((g * v).sum() for g, v in zip(gradients, vs))
            if total.requires_grad:
                seconds = torch.autograd.grad(total, wanted, allow_unused=True)
            else:
                seconds = [None] * len(wanted)
            entry["second"] = [pack(torch.zeros_like(x) if s is None else s) for s, x in zip(seconds, wanted)]
    cases.append(entry)


torch.manual_seed(1)
n = lambda *shape: torch.randn(*shape)
# Away from zero, where roots, logarithms and quotients are steep.
p = lambda *shape: torch.rand(*shape) * 2 + 0.5
index = lambda high, *shape: torch.randint(high, shape)

for name in ["abs", "neg", "sign", "exp", "expm1", "sin", "cos", "tanh", "sigmoid", "erf", "relu", "square"]:
    case(name, getattr(torch, name), n(3, 5))
for name in ["log", "log1p", "log2", "sqrt", "rsqrt", "reciprocal"]:
    case(name, getattr(torch, name), p(3, 5))
for name in ["floor", "ceil", "trunc", "round", "isnan", "isinf", "isfinite", "logical_not"]:
    case(name, getattr(torch, name), torch.tensor([-1.5, -0.5, 0.0, 0.4, 2.5, math.inf]), order=0)
case("silu", F.silu, n(3, 5))

case("add", lambda a, b: a + b, n(2, 3, 4), n(3, 1))
case("add_alpha", lambda a, b: torch.add(a, b, alpha=-0.7), n(3, 4), n(4))
case("sub", lambda a, b: a - b, n(3, 4), n(3, 1))
case("mul", lambda a, b: a * b, n(3, 4), n(4))
case("div", lambda a, b: a / b, n(3, 4), p(3, 1))
case("scalars", lambda a: (2.0 - a) * 3 / 4 + 1 - (1 / (a + 4)), n(3, 4))
case("div_floor", lambda a, b: torch.div(a, b, rounding_mode="floor"), n(3, 4), p(3, 4), order=0)
case("remainder", lambda a: torch.remainder(a, 0.75), n(3, 4), order=1)
case("pow_tensor", torch.pow, p(3, 4), n(4))
case("pow_scalar", lambda a: a.pow(2.5), p(3, 4))
case("addcmul", lambda a, b, c: torch.addcmul(a, b, c, value=0.3), n(3, 4), n(3, 4), n(4))
case("addcdiv", lambda a, b, c: torch.addcdiv(a, b, c, value=0.3), n(3, 4), n(3, 4), p(3, 4))
case("lerp", torch.lerp, n(3, 4), n(3, 4), n(3, 4))
case("maximum", torch.maximum, n(3, 4), n(3, 4))
case("minimum", torch.minimum, n(3, 4), n(3, 4))
case("clamp", lambda a: a.clamp(-0.5, 0.8), n(3, 5))
case("where", lambda a, b: torch.where(a > 0, a * a, b), n(3, 5), n(3, 5))
case("masked_fill", lambda a: (a * a).masked_fill(a > 0.2, -1.0), n(3, 5))

case("sum", lambda a: (a * a).sum(), n(3, 5))
case("sum_dim", lambda a: (a * a).sum(1, keepdim=True), n(3, 5))
case("mean", lambda a: a.pow(3).mean(), n(3, 5))
case("mean_dims", lambda a: a.pow(3).mean((0, 2)), n(2, 3, 4))
case("var", lambda a: a.var(), n(3, 5))
case("var_dim", lambda a: a.var(1, unbiased=False, keepdim=True), n(3, 5))
case("std", lambda a: a.std(), n(3, 5))
case("std_dim", lambda a: a.std(0), n(3, 5))
case("prod", lambda a: a.prod(), p(2, 3))
case("norm", lambda a: a.norm(), n(3, 5))
case("norm_dim", lambda a: a.norm(1.0, 1), n(3, 5))
case("vector_norm", lambda a: torch.linalg.vector_norm(a, 3.0), n(3, 5))
case("max", lambda a: a.max() * a.max(), n(3, 5))
case("max_dim", lambda a: a.max(1)[0] ** 2, n(3, 5))
case("min_dim", lambda a: a.min(0, keepdim=True)[0] ** 2, n(3, 5))
case("amax", lambda a: a.amax((0, 1)) ** 2, n(2, 3, 4))
case("argmax", lambda a: a.argmax(1), n(3, 5), order=0)
case("argmin", lambda a: a.argmin(), n(3, 5), order=0)
case("logsumexp", lambda a: a.logsumexp(1), n(3, 5))
case("cumsum", lambda a: (a * a).cumsum(1), n(3, 5))
case("topk", lambda a: a.topk(2, 1)[0] ** 2, n(3, 5))
case("sort", lambda a: a.sort(1, descending=True)[0] ** 2, n(3, 5))
case("quantile", lambda a, q: torch.quantile(a, q, 1), n(3, 9), torch.tensor([0.1, 0.5]), order=0)

case("reshape", lambda a: (a * a).reshape(5, -1), n(3, 5))
case("view", lambda a: (a * a).view(15), n(3, 5))
case("flatten", lambda a: (a * a).flatten(1), n(2, 3, 4))
case("transpose", lambda a, b: a.transpose(0, 1) * b, n(3, 5), n(5, 3))
case("permute", lambda a, b: a.permute(2, 0, 1) * b, n(2, 3, 4), n(4, 2, 3))
case("contiguous", lambda a: (a * a).t().contiguous(), n(3, 5))
case("expand", lambda a, b: a.expand(3, 5) * b, n(3, 1), n(3, 5))
case("repeat", lambda a, b: a.repeat(2, 3) * b, n(2, 3), n(4, 9))
case("narrow", lambda a: a.narrow(1, 1, 3) ** 2, n(3, 5))
case("slice", lambda a: a[:, 1:4:2] ** 2, n(3, 5))
case("index_mixed", lambda a, i: a[1, :, i] ** 2, n(2, 3, 5), torch.tensor([0, 4, 4]))
case("chunk", lambda a: torch.chunk(a, 3, 1)[2] * torch.chunk(a, 3, 1)[0], n(3, 6))
case("split", lambda a: torch.split(a, [2, 4], 1)[1] ** 2, n(3, 6))
case("unbind", lambda a: a.unbind(0)[1] * a.unbind(0)[0], n(3, 6))
case("cat", lambda a, b: torch.cat([a, b], 1) ** 2, n(3, 2), n(3, 4))
case("stack", lambda a, b: torch.stack([a, b], 1) ** 2, n(3, 2), n(3, 2))
case("tril", lambda a: (a * a).tril(-1), n(4, 4))
case("triu", lambda a: (a * a).triu(1), n(4, 4))
case("diagonal", lambda a: a.diagonal() ** 2, n(4, 4))
case("gather", lambda a, i: a.gather(1, i) ** 2, n(3, 5), index(5, 3, 2))
case("scatter", lambda a, i, s: a.scatter(1, i, s) ** 2, n(2, 4), torch.tensor([[0, 2], [3, 1]]), n(2, 2))
case("index_select", lambda a, i: a.index_select(0, i) ** 2, n(4, 3), torch.tensor([2, 0, 2]))
case("masked_select", lambda a: a.masked_select(a > 0) ** 2, n(3, 5))

case("matmul", torch.matmul, n(2, 3, 4), n(4, 5))
case("matmul_batched", torch.matmul, n(2, 1, 3, 4), n(3, 4, 2))
case("mm", torch.mm, n(3, 4), n(4, 2))
case("bmm", torch.bmm, n(2, 3, 4), n(2, 4, 2))
case("mv", torch.mv, n(3, 4), n(4))
case("dot", torch.dot, n(5), n(5))
case("outer", torch.outer, n(3), n(4))
case("addmm", lambda c, a, b: torch.addmm(c, a, b, beta=0.5, alpha=2), n(3, 2), n(3, 4), n(4, 2))
case("baddbmm", lambda c, a, b: torch.baddbmm(c, a, b, beta=0.5, alpha=2), n(2, 3, 2), n(2, 3, 4), n(2, 4, 2))
case("einsum", lambda a, b: torch.einsum("bij,bjk->bik", a, b), n(2, 3, 4), n(2, 4, 2))
case("eigvalsh", lambda a: torch.linalg.eigvalsh(a + a.t()), n(4, 4))

IGNORED = -100


def attention(q, k, v, mask=None, causal=False):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        mask = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool).tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ v


def targets(a, *shape):
    t = index(a, *shape)
    t.view(-1)[1] = IGNORED
    return t


for dtype in ["float32", "bfloat16"]:
    here = lambda name, f, *xs, order=2: case(name, f, *xs, order=order, dtype=dtype)
    here("linear", F.linear, n(2, 3, 16), n(8, 16), n(8))
    here("linear_without_bias", F.linear, n(2, 3, 16), n(8, 16))
    here("embedding", lambda i, w: F.embedding(i, w) ** 2, index(6, 2, 3), n(6, 4))
    here("layer_norm", lambda x, w, b: F.layer_norm(x, (24,), w, b, 1e-5), n(2, 3, 24), n(24), n(24))
    here("layer_norm_without_bias", lambda x, w: F.layer_norm(x, (24,), w, None, 1e-5), n(2, 3, 24), n(24))
    here("layer_norm_plain", lambda x: F.layer_norm(x, (3, 8), None, None, 1e-5), n(2, 3, 8))
    here("gelu", F.gelu, n(2, 19))
    here("gelu_tanh", lambda x: F.gelu(x, approximate="tanh"), n(2, 19))
    here("softmax", lambda x: F.softmax(x, -1), n(3, 21))
    here("softmax_inner", lambda x: F.softmax(x, 1), n(2, 5, 3))
    here("log_softmax", lambda x: F.log_softmax(x, -1), n(3, 21))
    here("cross_entropy", F.cross_entropy, n(6, 21), index(21, 6))
    here("cross_entropy_ignoring", F.cross_entropy, n(6, 21), targets(21, 6))
    here("cross_entropy_sum", lambda x, t: F.cross_entropy(x, t, reduction="sum"), n(6, 21), index(21, 6))
    here("cross_entropy_each", lambda x, t: F.cross_entropy(x, t, reduction="none"), n(6, 21), targets(21, 6))
    here("cross_entropy_smoothed", lambda x, t: F.cross_entropy(x, t, label_smoothing=0.1), n(6, 21), index(21, 6))
    here("attention_causal", lambda q, k, v: attention(q, k, v, causal=True), n(1, 2, 19, 8), n(1, 2, 19, 8), n(1, 2, 19, 8))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ops.json")
with open(path, "w") as file:
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases)
    file.write('{"torch":"%s","cases":[\n%s\n]}\n' % (torch.__version__, lines))
print(f"{len(cases)} cases, {os.path.getsize(path)} bytes")
