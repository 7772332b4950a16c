using Ntl.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Ntl.Tests.Torch;

[Collection(Libtorch.Name)]
public sealed class ModuleTests
{
    [Fact]
    public void StateDict_NamesComponentsByFieldOrAttribute()
    {
        using var network = new Network();

        Assert.Equal(
            ["wte.weight", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "ln_f.weight", "ln_f.bias", "steps"],
            network.state_dict().Keys);
    }

    [Fact]
    public void NamedParameters_OfTiedWeight_ComeOnce()
    {
        using var network = new TiedNetwork();

        Assert.Equal(["head.weight"], network.named_parameters().Select(pair => pair.name));
        Assert.Equal(["head.weight", "table.weight"], network.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void LoadStateDict_CopiesIntoTheSameTensors()
    {
        using var scope = NewDisposeScope();
        using var from = new Network();
        using var into = new Network();
        var weight = into.get_parameter("wte.weight")!;

        into.load_state_dict(from.state_dict());

        Assert.Same(weight, into.get_parameter("wte.weight"));
        Assert.All(from.state_dict(), pair => Assert.True(pair.Value.allclose(into.state_dict()[pair.Key], 0, 0)));
    }

    [Fact]
    public void To_BFloat16_ConvertsParametersInPlaceOfTheirFields()
    {
        using var scope = NewDisposeScope();
        using var network = new Network();

        _ = network.to(ScalarType.BFloat16);

        Assert.All(network.parameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
        Assert.Equal(7, network.named_parameters().Count());
        Assert.Equal(ScalarType.Int64, network.get_buffer("steps")!.dtype);
        Assert.Equal(ScalarType.BFloat16, network.call(tensor(new[] { 1L, 2L })).dtype);
    }

    [Fact]
    public void Dispose_FreesEveryParameterAndBuffer()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (new Network())
        {
            Assert.Equal(before + 8, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Eval_TurnsDropoutOff()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.5);
        var input = ones(1000);

        var trained = dropout.call(input);
        dropout.eval();
        var used = dropout.call(input);

        Assert.InRange(trained.eq(0).sum().ToInt64(), 400, 600);
        Assert.True(used.allclose(input));
    }

    private sealed class Network : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "wte")]
        private readonly Embedding _tokens = nn.Embedding(10, 4);

        [ComponentName(Name = "blocks")]
        private readonly ModuleList<Linear> _blocks = nn.ModuleList(nn.Linear(4, 4), nn.Linear(4, 4));

        [ComponentName(Name = "ln_f")]
        private readonly LayerNorm _norm = nn.LayerNorm(4);

        public Network()
            : base(nameof(Network))
        {
            register_buffer("steps", zeros(1, ScalarType.Int64));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) =>
            _norm.call(_blocks.Aggregate(_tokens.call(input), (state, block) => block.call(state)));
    }

    private sealed class TiedNetwork : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "head")]
        private readonly Linear _head = nn.Linear(4, 10, hasBias: false);
        [ComponentName(Name = "table")]
        private readonly Embedding _table = nn.Embedding(10, 4);

        public TiedNetwork()
            : base(nameof(TiedNetwork))
        {
            _table.weight!.Dispose();
            _table.weight = _head.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _head.call(_table.call(input));
    }
}
