using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>Trains replicas of <see cref="ToyNet"/> with three rules at once: a third of them with gradient descent, a third with momentum 0.9, a third with Adam (0.9, 0.99).</summary>
internal sealed class ToyTraining : IDisposable
{
    public const int BatchSize = 8;
    public const int Replicas = 16; // of each rule
    public const int Rules = 3;
    private const double Momentum = 0.9, SquareDecay = 0.99, Epsilon = 1e-8;
    private const int Chunk = 25; // steps whose samples are drawn together

    private readonly ToyNet _net;
    private readonly Generator _random;
    private readonly Tensor _first; // (replicas of all rules, count)
    private readonly Tensor _second; // (replicas of Adam, count)
    private readonly Tensor _kept; // β of each replica
    private readonly Tensor _taken;
    private readonly Tensor _rates; // of the first two rules
    private readonly double _adamRate;
    private long _updates;

    public ToyTraining(ToyNet net, IReadOnlyList<double> rates, Generator random)
    {
        using var scope = NewDisposeScope();
        (_net, _random, _adamRate, RuleRates) = (net, random, rates[2], rates);
        Flat = net.Start.repeat(Rules * Replicas).DetachFromDisposeScope();
        _first = zeros(Rules * Replicas, ToyNet.Count).DetachFromDisposeScope();
        _second = zeros(Replicas, ToyNet.Count).DetachFromDisposeScope();
        _kept = OfRules(0, Momentum, Momentum).DetachFromDisposeScope();
        _taken = OfRules(1, 1, 1 - Momentum).DetachFromDisposeScope();
        _rates = OfRules(rates[0], rates[1], 0).narrow(0, 0, 2 * Replicas).contiguous().DetachFromDisposeScope();
    }

    private ToyTraining(ToyTraining other)
    {
        using var scope = NewDisposeScope();
        (_net, _random, _adamRate, _updates, RuleRates) = (other._net, other._random, other._adamRate, other._updates, other.RuleRates);
        Flat = other.Flat.clone().DetachFromDisposeScope();
        _first = other._first.clone().DetachFromDisposeScope();
        _second = other._second.clone().DetachFromDisposeScope();
        _kept = other._kept.clone().DetachFromDisposeScope();
        _taken = other._taken.clone().DetachFromDisposeScope();
        _rates = other._rates.clone().DetachFromDisposeScope();
    }

    /// <summary>η of each rule.</summary>
    public IReadOnlyList<double> RuleRates { get; }

    /// <summary>All weights, replica after replica, rule after rule.</summary>
    public Tensor Flat { get; }

    /// <summary>(replicas, count), a view of them.</summary>
    public Tensor Weights => Flat.view(Rules * Replicas, ToyNet.Count);

    public ToyTraining Branch() => new(this);

    /// <summary>Trains.</summary>
    /// <param name="steps">A multiple of 25.</param>
    /// <param name="share">Of the rates, by step.</param>
    /// <param name="after">Called after each step.</param>
    public void Train(int steps, Func<int, double> share, Action<int>? after = null)
    {
        for (var step = 0; step < steps; step += Chunk)
        {
            using var scope = NewDisposeScope();
            var (inputs, targets) = _net.Samples([Chunk, Rules * Replicas, BatchSize], isNoisy: true, _random);
            for (var i = 0; i < Chunk; i++)
            {
                using var stepScope = NewDisposeScope();
                Update(ToyNet.Gradient(Weights, inputs.select(0, i), targets.select(0, i)), share(step + i));
                after?.Invoke(step + i);
            }
        }
    }

    /// <summary>A gradient of fresh samples at the weights of now, flat.</summary>
    public Tensor FreshGradient()
    {
        var (inputs, targets) = _net.Samples([Rules * Replicas, BatchSize], isNoisy: true, _random);
        return ToyNet.Gradient(Weights, inputs, targets).reshape(-1);
    }

    /// <summary>P of every weight, flat.</summary>
    public Tensor Diagonal() => cat([
        full(Replicas * ToyNet.Count, 1),
        full(Replicas * ToyNet.Count, 1 / (1 - Momentum)),
        CorrectedRoot().reciprocal().reshape(-1)]);

    public void Dispose()
    {
        foreach (var tensor in new[] { Flat, _first, _second, _kept, _taken, _rates })
        {
            tensor.Dispose();
        }
    }

    private static Tensor OfRules(params double[] values) => cat([.. values.Select(value => full(Replicas, 1, value))]);

    private Tensor CorrectedRoot() => (_second / (1 - Math.Pow(SquareDecay, _updates))).sqrt_().add_(Epsilon);

    private void Update(Tensor gradient, double share)
    {
        _updates++;
        var ofAdam = gradient.narrow(0, 2 * Replicas, Replicas);
        _first.mul_(_kept).addcmul_(gradient, _taken, 1);
        _second.mul_(SquareDecay).addcmul_(ofAdam, ofAdam, 1 - SquareDecay);
        Weights.narrow(0, 0, 2 * Replicas).addcmul_(_first.narrow(0, 0, 2 * Replicas), _rates, -share);
        Weights.narrow(0, 2 * Replicas, Replicas).addcdiv_(
            _first.narrow(0, 2 * Replicas, Replicas), CorrectedRoot(), -share * _adamRate / (1 - Math.Pow(Momentum, _updates)));
    }
}
