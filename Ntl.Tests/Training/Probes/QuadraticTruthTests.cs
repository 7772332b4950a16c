using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>On quadratics everything is known: each estimator has to hit it within the error that it states, as often as it says.</summary>
[Collection(Libtorch.Name)]
public sealed class QuadraticTruthTests : IDisposable
{
    private const int Draws = 24;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Quadratic _quadratic = new(3);

    public void Dispose()
    {
        _quadratic.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Noise_OfSteps_HasTheExactTrace()
    {
        const int Parts = 4;
        using var preconditioner = Preconditioner.Linear(_quadratic.Diagonal.clone());
        using var probe = new GradientNoiseProbe(Quadratic.Groups, Quadratic.Count);

        var found = OverSeeds(random => EachGroup(Enumerable.Range(0, Draws).Select(_ =>
        {
            using var scope = NewDisposeScope();
            probe.Clear();
            var parts = Enumerable.Range(0, Parts).Select(_ => _quadratic.Gradient(Parts, random) / Parts).ToArray();
            foreach (var part in parts)
            {
                probe.Add(part, 0);
            }

            return probe.Measure(stack(parts).sum([0]), Parts, preconditioner, 1).Select(noise => noise.PreconditionedTrace).ToArray();
        })));

        AssertEachGroup("Tr PΣ", group => Quadratic.Of(group).Sum(i => _quadratic.P[i] * _quadratic.Sigma[i, i]), found);
    }

    [Fact]
    public void Hutchinson_OfAGroup_HasTheExactTrace()
    {
        var found = Enumerable.Range(0, Coverage.Seeds).Select(seed =>
            HutchinsonProbe.Measure(_quadratic.Product, _quadratic.Diagonal, Quadratic.Groups, Draws, (ulong)seed).Groups.Select(trace => trace.PreconditionedTrace).ToArray()).ToList();

        AssertEachGroup("Tr PH", group => Quadratic.Of(group).Sum(i => _quadratic.P[i] * _quadratic.H[i, i]), found);
    }

    /// <summary>With all iterations a run's sums are exact for its start, so that the spread of the starts is all the error there is.</summary>
    [Fact]
    public void Lanczos_SumOfLogarithms_IsTheExactOne()
    {
        var values = new double[Quadratic.Count * Quadratic.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, column) = (i / Quadratic.Count, i % Quadratic.Count);
            values[i] = _quadratic.H[row, column] * Math.Sqrt(_quadratic.P[row] * _quadratic.P[column]);
        }

        var exact = linalg.eigvalsh(tensor(values).view(Quadratic.Count, Quadratic.Count)).data<double>().ToArray();
        var runs = Enumerable.Range(0, Coverage.Seeds).Select(seed =>
            LanczosProbe.MeasureSpectrum(_quadratic.Product, _quadratic.Diagonal, Quadratic.Count, 16, (ulong)seed)).ToList();

        Coverage.AssertHonest("ln det P^½HP^½", exact.Sum(Math.Log), [.. runs.Select(run => run.LogDeterminant(1e-3))]);
        Assert.All(runs, run => Assert.Equal(exact[^1], run.Largest.Value, 1e-5 * exact[^1]));
    }

    [Fact]
    public void HeatFlow_OfAGroup_IsExactAlsoWhereGroupsShareTheirNoise()
    {
        const double Rate = 0.4;

        var found = OverSeeds(random =>
        {
            var probe = new HeatFlowProbe(_quadratic.Product, _quadratic.Diagonal, Quadratic.Groups, Rate);
            for (var draw = 0; draw < Draws; draw++)
            {
                using var scope = NewDisposeScope();
                probe.Add(_quadratic.Gradient(2, random), _quadratic.Gradient(2, random));
            }

            return [.. probe.Flows];
        });

        var mean = _quadratic.Mean.data<float>().ToArray();
        var (h, p, sigma) = (_quadratic.H, _quadratic.P, _quadratic.Sigma);
        double Exact(int group) => Quadratic.Of(group).Sum(i =>
            (Rate * Rate / 2 * p[i] * Enumerable.Range(0, Quadratic.Count).Sum(j => h[i, j] * p[j] * sigma[i, j])) - (Rate * p[i] * mean[i] * mean[i]));
        AssertEachGroup("q", Exact, found);
    }

    [Fact]
    public void Conductance_OfAPair_IsTheExactOne()
    {
        var found = Enumerable.Range(0, Coverage.Seeds).Select(seed =>
            ConductanceProbe.Measure(_quadratic.Product, _quadratic.Diagonal, Quadratic.Groups, Draws, (ulong)seed)).ToList();

        foreach (var (first, second) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var coupling = Quadratic.Of(first).Sum(i => Quadratic.Of(second).Sum(j => _quadratic.P[i] * _quadratic.H[i, j] * _quadratic.H[i, j] * _quadratic.P[j]));
            Coverage.AssertHonest($"κ {first}-{second}", coupling / (Curvature(first) + Curvature(second)), [.. found.Select(conductances => conductances.Between(first, second))]);
        }

        double Curvature(int group) => Quadratic.Of(group).Average(i => _quadratic.P[i] * _quadratic.H[i, i]);
    }

    /// <summary>Pairs of coupled directions, each in its own bath: the heat that one takes from its bath is what the coupling conducts to the other (theory: b²(T₁ − T₂)/(a₁ + a₂)).</summary>
    [Theory]
    [InlineData(1, 1, 0.6, 3, 0.5)]
    [InlineData(0.5, 1, -0.5, 0.4, 4)]
    public void HeatFlow_TwoCoupledModes_IsWhatTheyConduct(double a1, double a2, double b, double t1, double t2)
    {
        const int Pairs = 20_000, Measured = 200, Between = 10;
        const double Rate = 0.002; // the flow is right to first order in the rate: 0.7 % here
        using var random = new Generator(17);
        using var weights = zeros(2 * Pairs).requires_grad_();
        var (first, second) = (weights.narrow(0, 0, Pairs), weights.narrow(0, Pairs, Pairs));
        using var product = new HessianProduct(() => ((first.square() * (a1 / 2)) + (first * second * b) + (second.square() * (a2 / 2))).sum(), [(weights, 0)], 2 * Pairs);
        ParameterGroup[] groups = [new("first", [(0, Pairs)]), new("second", [(Pairs, Pairs)])];
        var probe = new HeatFlowProbe(product, ones(1), groups, Rate);
        var modes = new CoupledModes(a1, a2, b);
        var (v1, v12, v2) = modes.Steady(t1, t2);
        var x = empty(2 * Pairs).normal_(0, 1, random);
        x.narrow(0, 0, Pairs).mul_(Math.Sqrt(v1));
        x.narrow(0, Pairs, Pairs).mul_(Math.Sqrt(v2 - (v12 * v12 / v1))).add_(x.narrow(0, 0, Pairs) * (v12 / v1));
        var deviations = cat([full(Pairs, Math.Sqrt(2 * t1 / Rate)), full(Pairs, Math.Sqrt(2 * t2 / Rate))]);
        for (var step = 0; step < Measured * Between; step++)
        {
            using var scope = NewDisposeScope();
            var (x1, x2) = (x.narrow(0, 0, Pairs), x.narrow(0, Pairs, Pairs));
            var gradient = cat([(x1 * a1) + (x2 * b), (x1 * b) + (x2 * a2)]);
            var noise = empty(2 * Pairs).normal_(0, 1, random).mul_(deviations);
            if (step % Between == 0)
            {
                probe.Add(gradient, gradient, noise); // gradients without noise: a pair's own would hide the flow
            }

            x.sub_(gradient.add_(noise).mul_(Rate));
        }

        var found = probe.Flows.Select(flow => flow.Value / Pairs / Rate).ToArray();
        var conductance = ConductanceProbe.Measure(product, ones(1), groups, 8, seed: 5).Between(0, 1);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"J {found[0]:F5}, {found[1]:F5} ± {probe.Flows[0].StandardError / Pairs / Rate:F5}, theory {modes.HeatFlow(t1, t2):F5}; κ a pair {conductance.Value / Pairs:F6} ± {conductance.StandardError / Pairs:G2}, theory {modes.Conductance:F6}"));
        var tolerance = 0.03 * Math.Abs(modes.HeatFlow(t1, t2));
        Assert.Equal(modes.HeatFlow(t1, t2), found[0], tolerance);
        Assert.Equal(-modes.HeatFlow(t1, t2), found[1], tolerance);
        Assert.Equal(modes.Conductance, conductance.Value / Pairs, 1e-3 * modes.Conductance);
    }

    [Fact]
    public void Conductance_WhereThereIsNoValley_IsNotANumber()
    {
        using var weights = ones(2).requires_grad_();
        using var product = new HessianProduct(() => (weights.narrow(0, 0, 1) * weights.narrow(0, 1, 1)).sum() - weights.square().sum(), [(weights, 0)], 2);

        var found = ConductanceProbe.Measure(product, ones(1), [new("first", [(0, 1)]), new("second", [(1, 1)])], 2, seed: 1);

        var (first, second, conductance) = Assert.Single(found.Pairs);
        Assert.Equal(("first", "second"), (first, second));
        Assert.True(double.IsNaN(conductance.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConductanceProbe.Measure(product, ones(1), Quadratic.Groups, 0, seed: 1));
    }

    [Fact]
    public void Measure_Always_LeavesNoTensorBehind()
    {
        var probe = new HeatFlowProbe(_quadratic.Product, _quadratic.Diagonal, Quadratic.Groups, rate: 0.1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        probe.Add(_quadratic.Mean, _quadratic.Mean);
        ConductanceProbe.Measure(_quadratic.Product, _quadratic.Diagonal, Quadratic.Groups, 2, seed: 1);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(double.IsNaN(probe.Flows[0].StandardError)); // of one draw
    }

    private static List<Estimate[]> OverSeeds(Func<Generator, Estimate[]> measure) => [.. Enumerable.Range(0, Coverage.Seeds).Select(seed =>
    {
        using var random = new Generator((ulong)seed + 1_000);
        return measure(random);
    })];

    private static Estimate[] EachGroup(IEnumerable<double[]> draws)
    {
        var all = draws.ToList();
        return [.. Quadratic.Groups.Select((_, group) => Estimate.Of([.. all.Select(draw => draw[group])]))];
    }

    private static void AssertEachGroup(string what, Func<int, double> exact, List<Estimate[]> found)
    {
        for (var group = 0; group < Quadratic.Groups.Count; group++)
        {
            Coverage.AssertHonest($"{what} {group}", exact(group), [.. found.Select(estimates => estimates[group])]);
        }
    }
}
