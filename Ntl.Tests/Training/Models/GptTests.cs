using Ntl.Domain.Runs;
using Ntl.Tests.Golden;
using Ntl.Tests.Support;
using Ntl.Training.Checkpoints;
using Ntl.Training.Models;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Models;

[Collection(Libtorch.Name)]
public class GptTests
{
    private static readonly string[] s_blockNames =
    [
        "ln_1.weight", "ln_1.bias", "attn.c_attn.weight", "attn.c_attn.bias", "attn.c_proj.weight", "attn.c_proj.bias",
        "ln_2.weight", "ln_2.bias", "mlp.c_fc.weight", "mlp.c_fc.bias", "mlp.c_proj.weight", "mlp.c_proj.bias",
    ];

    [Fact]
    public void StateNames_AreGpt2s()
    {
        using var arena = GptGolden.InitialArena(Precision.BFloat16);
        using var model = new Gpt(arena);

        string[] expected =
        [
            "wte.weight", "wpe.weight", "ln_f.weight", "ln_f.bias", "lm_head.weight",
            .. s_blockNames.Select(name => $"h.0.{name}"), .. s_blockNames.Select(name => $"h.1.{name}"),
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), model.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SafetensorsNames_AreGpt2sWithoutTheTiedOutput()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var stream = new MemoryStream();

        GptWeights.Write(stream, arena);

        stream.Position = 0;
        string[] expected =
        [
            "wte.weight", "wpe.weight", "ln_f.weight", "ln_f.bias",
            .. s_blockNames.Select(name => $"h.0.{name}"), .. s_blockNames.Select(name => $"h.1.{name}"),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), SafetensorsFile.Names(stream).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nano")]
    [InlineData("micro")]
    [InlineData("mini")]
    [InlineData("gpt2")]
    public void Layout_EveryPreset_HasTheStatedCount(string id)
    {
        var model = ModelPreset.Find(id)!.Model;

        Assert.Equal(model.ParameterCount, new ParameterLayout(model).Count);
        Assert.Equal((model with { HasBias = false }).ParameterCount, new ParameterLayout(model with { HasBias = false }).Count);
    }

    [Fact]
    public void Layout_Gpt2_HasThePublishedShapes()
    {
        var layout = new ParameterLayout(ModelPreset.Find("gpt2")!.Model);

        Assert.Equal(124_439_808, layout.Count); // Hugging Face's count of gpt2
        Assert.Equal([768, 2304], layout["h.11.attn.c_attn.weight"].Shape);
        Assert.Equal([3072, 768], layout["h.0.mlp.c_proj.weight"].Shape);
        Assert.Equal([50_257, 768], layout["wte.weight"].Shape);
    }

    [Fact]
    public void Initialize_SameSeed_IsTheSameToTheBit()
    {
        var (first, second, other) = (Initial(1), Initial(1), Initial(2));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Initialize_Deviations_AreGpt2s()
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(new ParameterLayout(ModelPreset.Find("micro")!.Model), Precision.Float32, CPU);
        GptInitializer.Initialize(arena, 1);

        Assert.Equal(0.02, arena.View("wte.weight").std().item<float>(), 5e-4);
        Assert.Equal(0.02 / Math.Sqrt(8), arena.View("h.3.mlp.c_proj.weight").std().item<float>(), 1e-4);
        Assert.Equal(0, arena.View("h.0.mlp.c_fc.bias").abs().max().item<float>());
        Assert.Equal(1, arena.View("ln_f.weight").min().item<float>());
    }

    [Fact]
    public void Logits_LaterTokens_DoNotChangeEarlierScores()
    {
        using var scope = NewDisposeScope();
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var model = new Gpt(arena);

        var whole = model.Logits(tensor(new long[] { 1, 2, 3, 4, 5, 6 }).view(1, 6));
        var part = model.Logits(tensor(new long[] { 1, 2, 3 }).view(1, 3));

        GptGolden.AssertClose(whole.narrow(0, 0, 3), part, 1e-6, "The scores of the first three");
    }

    [Fact]
    public void Weights_WrittenAndRead_AreTheSameToTheBit()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var other = new ParameterArena(arena.Layout, Precision.Float32, CPU);
        using var stream = new MemoryStream();

        GptWeights.Write(stream, arena);
        stream.Position = 0;
        GptWeights.Read(stream, other);

        Assert.Equal(arena.Master.data<float>().ToArray(), other.Master.data<float>().ToArray());
    }

    [Fact]
    public void Weights_WithThePublishedPrefix_AreRead()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var other = new ParameterArena(arena.Layout, Precision.Float32, CPU);
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. arena.Layout.Parameters.Select(parameter => ($"transformer.{parameter.Name}", arena.View(parameter.Name)))]);
        stream.Position = 0;

        GptWeights.Read(stream, other);

        Assert.Equal(arena.Master.data<float>().ToArray(), other.Master.data<float>().ToArray());
    }

    [Fact]
    public void Weights_OfAnotherShape_AreRefusedByName()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var other = new ParameterArena(new ParameterLayout(GptGolden.Model with { VocabularySize = 33 }), Precision.Float32, CPU);
        using var stream = new MemoryStream();
        GptWeights.Write(stream, arena);
        stream.Position = 0;

        var error = Assert.Throws<SafetensorsException>(() => GptWeights.Read(stream, other));

        Assert.Contains("'wte.weight' has the shape [32, 16], [33, 16] is wanted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_CutAnywhere_AreRefused()
    {
        using var arena = GptGolden.InitialArena(Precision.Float32);
        using var whole = new MemoryStream();
        GptWeights.Write(whole, arena);
        var bytes = whole.ToArray();
        for (var length = 0; length < bytes.Length; length += 997)
        {
            using var cut = new MemoryStream(bytes, 0, length);

            Assert.Throws<SafetensorsException>(() => GptWeights.Read(cut, arena));
        }
    }

    private static float[] Initial(long seed)
    {
        using var arena = new ParameterArena(new ParameterLayout(GptGolden.Model), Precision.Float32, CPU);
        GptInitializer.Initialize(arena, seed);
        return arena.Master.data<float>().ToArray();
    }
}
