using System.Reflection;
using System.Text.Json;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ntl.Tests.Golden;

/// <summary>Replays ops.json: every operator that Ntl uses gives PyTorch's values, gradients and second derivatives. ops.py says how it was made.</summary>
[Collection(Libtorch.Name)]
public sealed class OpTests : IDisposable
{
    private static readonly Lazy<Dictionary<string, GoldenCase>> s_cases = new(Read);

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> s_functions = new(StringComparer.Ordinal)
    {
        ["abs"] = x => x[0].abs(),
        ["neg"] = x => -x[0],
        ["sign"] = x => x[0].sign(),
        ["exp"] = x => x[0].exp(),
        ["expm1"] = x => x[0].expm1(),
        ["sin"] = x => x[0].sin(),
        ["cos"] = x => x[0].cos(),
        ["tanh"] = x => x[0].tanh(),
        ["sigmoid"] = x => x[0].sigmoid(),
        ["erf"] = x => x[0].erf(),
        ["relu"] = x => x[0].relu(),
        ["square"] = x => x[0].square(),
        ["log"] = x => x[0].log(),
        ["log1p"] = x => x[0].log1p(),
        ["log2"] = x => x[0].log2(),
        ["sqrt"] = x => x[0].sqrt(),
        ["rsqrt"] = x => x[0].rsqrt(),
        ["reciprocal"] = x => x[0].reciprocal(),
        ["floor"] = x => x[0].floor(),
        ["ceil"] = x => x[0].ceil(),
        ["trunc"] = x => x[0].trunc(),
        ["round"] = x => x[0].round(),
        ["isnan"] = x => x[0].isnan(),
        ["isinf"] = x => x[0].isinf(),
        ["isfinite"] = x => x[0].isfinite(),
        ["logical_not"] = x => x[0].logical_not(),
        ["silu"] = x => x[0].silu(),
        ["add"] = x => x[0] + x[1],
        ["add_alpha"] = x => x[0].add(x[1], -0.7),
        ["sub"] = x => x[0] - x[1],
        ["mul"] = x => x[0] * x[1],
        ["div"] = x => x[0] / x[1],
        ["scalars"] = x => ((2.0 - x[0]) * 3 / 4) + 1 - (1 / (x[0] + 4)),
        ["div_floor"] = x => x[0].div(x[1], RoundingMode.floor),
        ["remainder"] = x => x[0].remainder(0.75),
        ["pow_tensor"] = x => x[0].pow(x[1]),
        ["pow_scalar"] = x => x[0].pow(2.5),
        ["addcmul"] = x => x[0].addcmul(x[1], x[2], 0.3),
        ["addcdiv"] = x => x[0].addcdiv(x[1], x[2], 0.3),
        ["lerp"] = x => x[0].lerp(x[1], x[2]),
        ["maximum"] = x => maximum(x[0], x[1]),
        ["minimum"] = x => minimum(x[0], x[1]),
        ["clamp"] = x => x[0].clamp(-0.5, 0.8),
        ["where"] = x => where(x[0] > 0, x[0] * x[0], x[1]),
        ["masked_fill"] = x => (x[0] * x[0]).masked_fill(x[0] > 0.2, -1.0),
        ["sum"] = x => (x[0] * x[0]).sum(),
        ["sum_dim"] = x => (x[0] * x[0]).sum(1, keepdim: true),
        ["mean"] = x => x[0].pow(3).mean(),
        ["mean_dims"] = x => x[0].pow(3).mean([0, 2]),
        ["var"] = x => x[0].var(),
        ["var_dim"] = x => x[0].var(1, unbiased: false, keepdim: true),
        ["std"] = x => x[0].std(),
        ["std_dim"] = x => x[0].std(0),
        ["prod"] = x => x[0].prod(),
        ["norm"] = x => x[0].norm(),
        ["norm_dim"] = x => x[0].norm(1, p: 1),
        ["vector_norm"] = x => linalg.vector_norm(x[0], 3.0),
        ["max"] = x => x[0].max() * x[0].max(),
        ["max_dim"] = x => x[0].max(1).values.pow(2),
        ["min_dim"] = x => x[0].min(0, keepdim: true).values.pow(2),
        ["amax"] = x => x[0].amax(0, 1).pow(2),
        ["argmax"] = x => x[0].argmax(1),
        ["argmin"] = x => x[0].argmin(),
        ["logsumexp"] = x => x[0].logsumexp(1),
        ["cumsum"] = x => (x[0] * x[0]).cumsum(1),
        ["topk"] = x => x[0].topk(2, 1).values.pow(2),
        ["sort"] = x => x[0].sort(1, descending: true).Values.pow(2),
        ["quantile"] = x => x[0].quantile(x[1], 1),
        ["reshape"] = x => (x[0] * x[0]).reshape(5, -1),
        ["view"] = x => (x[0] * x[0]).view(15),
        ["flatten"] = x => (x[0] * x[0]).flatten(1),
        ["transpose"] = x => x[0].transpose(0, 1) * x[1],
        ["permute"] = x => x[0].permute(2, 0, 1) * x[1],
        ["contiguous"] = x => (x[0] * x[0]).t().contiguous(),
        ["expand"] = x => x[0].expand(3, 5) * x[1],
        ["repeat"] = x => x[0].repeat(2, 3) * x[1],
        ["narrow"] = x => x[0].narrow(1, 1, 3).pow(2),
        ["slice"] = x => x[0][TensorIndex.Colon, TensorIndex.Slice(1, 4, 2)].pow(2),
        ["index_mixed"] = x => x[0][1, TensorIndex.Colon, TensorIndex.Tensor(x[1])].pow(2),
        ["chunk"] = x => x[0].chunk(3, 1)[2] * x[0].chunk(3, 1)[0],
        ["split"] = x => x[0].split([2, 4], 1)[1].pow(2),
        ["unbind"] = x => x[0].unbind()[1] * x[0].unbind()[0],
        ["cat"] = x => cat([x[0], x[1]], 1).pow(2),
        ["stack"] = x => stack([x[0], x[1]], 1).pow(2),
        ["tril"] = x => (x[0] * x[0]).tril(-1),
        ["triu"] = x => (x[0] * x[0]).triu(1),
        ["diagonal"] = x => x[0].diagonal().pow(2),
        ["gather"] = x => x[0].gather(1, x[1]).pow(2),
        ["scatter"] = x => x[0].scatter(1, x[1], x[2]).pow(2),
        ["index_select"] = x => x[0].index_select(0, x[1]).pow(2),
        ["masked_select"] = x => x[0].masked_select(x[0] > 0).pow(2),
        ["matmul"] = x => matmul(x[0], x[1]),
        ["matmul_batched"] = x => matmul(x[0], x[1]),
        ["mm"] = x => x[0].mm(x[1]),
        ["bmm"] = x => x[0].bmm(x[1]),
        ["mv"] = x => x[0].mv(x[1]),
        ["dot"] = x => x[0].dot(x[1]),
        ["outer"] = x => x[0].outer(x[1]),
        ["addmm"] = x => x[0].addmm(x[1], x[2], 0.5f, 2),
        ["baddbmm"] = x => x[1].baddbmm(x[2], x[0], 0.5f, 2),
        ["einsum"] = x => einsum("bij,bjk->bik", x[0], x[1]),
        ["eigvalsh"] = x => linalg.eigvalsh(x[0] + x[0].t()),
        ["linear"] = x => F.linear(x[0], x[1], x[2]),
        ["linear_without_bias"] = x => F.linear(x[0], x[1]),
        ["embedding"] = x => x[1].index_select(0, x[0].flatten()).view(2, 3, 4).pow(2),
        ["layer_norm"] = x => F.layer_norm(x[0], [24], x[1], x[2], 1e-5),
        ["layer_norm_without_bias"] = x => F.layer_norm(x[0], [24], x[1], null, 1e-5),
        ["layer_norm_plain"] = x => F.layer_norm(x[0], [3, 8], null, null, 1e-5),
        ["gelu"] = x => F.gelu(x[0]),
        ["gelu_tanh"] = x => F.gelu(x[0], TorchSharp.Modules.GELU.Approximate.tanh),
        ["softmax"] = x => F.softmax(x[0], -1),
        ["softmax_inner"] = x => F.softmax(x[0], 1),
        ["log_softmax"] = x => F.log_softmax(x[0], -1),
        ["cross_entropy"] = x => F.cross_entropy(x[0], x[1]),
        ["cross_entropy_ignoring"] = x => F.cross_entropy(x[0], x[1]),
        ["cross_entropy_sum"] = x => F.cross_entropy(x[0], x[1], reduction: nn.Reduction.Sum),
        ["cross_entropy_each"] = x => F.cross_entropy(x[0], x[1], reduction: nn.Reduction.None),
        ["cross_entropy_smoothed"] = x => F.cross_entropy(x[0], x[1], label_smoothing: 0.1),
        ["attention_causal"] = x => new CausalAttention().Attend(x[0], x[1], x[2], 0),
    };

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. s_cases.Value.Keys];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Operator_EqualsPyTorch(string name)
    {
        var golden = s_cases.Value[name];
        var inputs = golden.Inputs.Select(input => Input(input, golden)).ToArray();
        var wanted = inputs.Where(input => input.requires_grad).ToArray();

        var result = s_functions[golden.Name](inputs);
        Check("forward", golden.Forward, result, golden.Tolerance);

        if (golden.Order >= 1)
        {
            var weighted = (result * Typed(golden.W!, result)).sum();
            var gradients = autograd.grad([weighted], wanted, retain_graph: golden.Order > 1, create_graph: golden.Order > 1);
            CheckAll("gradient", golden.Gradient!, gradients, golden.Tolerance);
            if (golden.Order > 1)
            {
                var total = gradients.Zip(golden.V!, (gradient, v) => (gradient * Typed(v, gradient)).sum()).Aggregate((a, b) => a + b);
                var seconds = total.requires_grad ? autograd.grad([total], wanted, allow_unused: true) : new Tensor[wanted.Length];
                CheckAll("second derivative", golden.Second!, [.. seconds.Select((second, i) => second is null || second.IsInvalid ? wanted[i].zeros_like() : second)], golden.Tolerance);
            }
        }
    }

    /// <summary>Training runs without create_graph, which may take another path through an operator's derivative.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_EqualsPyTorch(string name)
    {
        var golden = s_cases.Value[name];
        if (golden.Order == 0)
        {
            return;
        }

        var inputs = golden.Inputs.Select(input => Input(input, golden)).ToArray();

        var result = s_functions[golden.Name](inputs);
        result.backward([Typed(golden.W!, result)]);

        CheckAll("gradient", golden.Gradient!, [.. inputs.Where(input => input.requires_grad).Select(input => input.grad!)], golden.Tolerance);
    }

    private static Tensor Input(GoldenTensor golden, GoldenCase of) =>
        golden.Integral
            ? golden.ToTensor().to(ScalarType.Int64)
            : golden.ToTensor().to(of.Dtype == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32).requires_grad_(of.Order > 0);

    private static Tensor Typed(GoldenTensor golden, Tensor like) => golden.ToTensor().to(like.dtype);

    private static void CheckAll(string what, GoldenTensor[] expected, IList<Tensor> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Check($"{what} {i}", expected[i], actual[i], tolerance);
        }
    }

    private static void Check(string what, GoldenTensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.shape);
        var right = expected.ToTensor().data<float>().ToArray();
        // Added to zeros, as libtorch 2 gives a derivative that is zero everywhere as a tensor without memory.
        var found = zeros(actual.shape).add_(actual.detach()).data<float>().ToArray();
        var largest = right.Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(0).Max();
        for (var i = 0; i < right.Length; i++)
        {
            Assert.True(
                found[i].Equals(right[i]) || Math.Abs(found[i] - right[i]) <= tolerance * (largest + Math.Abs(right[i])),
                $"{what}[{i}]: {found[i]}, PyTorch has {right[i]}; the largest of the tensor is {largest}.");
        }
    }

    private static Dictionary<string, GoldenCase> Read()
    {
        var root = typeof(OpTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;
        using var stream = File.OpenRead(Path.Combine(root, "Ntl.Tests", "Golden", "ops.json"));
        var file = JsonSerializer.Deserialize<GoldenFile>(stream, JsonSerializerOptions.Web)!;
        return file.Cases.ToDictionary(golden => $"{golden.Name}, {golden.Dtype}", StringComparer.Ordinal);
    }

    private sealed record GoldenFile(string Torch, GoldenCase[] Cases);

    private sealed record GoldenCase(
        string Name, string Dtype, double Tolerance, int Order, GoldenTensor[] Inputs, GoldenTensor Forward,
        GoldenTensor? W, GoldenTensor[]? Gradient, GoldenTensor[]? V, GoldenTensor[]? Second);

    private sealed record GoldenTensor(long[] Shape, byte[] Data, bool Integral)
    {
        public Tensor ToTensor()
        {
            var tensor = empty(Shape);
            tensor.bytes = Data;
            return tensor;
        }
    }
}
