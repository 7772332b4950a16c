using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using Ntl.Training.Models;
using Ntl.Training.Optimizers;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>On a small net that really learns: the thermal loss against the noise, and curvature against a dense Hessian.</summary>
[Collection(Libtorch.Name)]
public sealed class ToyNetTruthTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>
    /// L_th by an anneal branch, compared with the constant rate at equal D, is α η Tr PΣ for all three rules, with α below ¼ as a branch that ends misses slow directions. The values
    /// to meet are those of an independent program on the same problem, with another teacher and six branches from one run: α = 0.211 ± 0.008, 0.207 ± 0.019, 0.179 ± 0.018.
    /// </summary>
    [Fact]
    public void ThermalLoss_ByAnnealBranch_IsAlphaTimesTheNoise()
    {
        const int Burn = 4_000, WarmUp = 200, Decay = 1_500, Parts = 32, Samples = 2_048;
        double[] rates = [0.04, 0.002, 0.002];
        (double Alpha, double Error)[] reference = [(0.211, 0.008), (0.207, 0.019), (0.179, 0.018)];
        using var random = new Generator(1);
        using var net = new ToyNet(random);
        using var trunk = new ToyTraining(net, rates, random);
        var (inputs, targets) = net.Samples([Samples], isNoisy: false, random);
        trunk.Train(Burn, step => Math.Min(1, (step + 1.0) / WarmUp));
        using var cold = new ColdProbe(trunk.Flat, horizon: 1_000);
        var gaps = zeros(ToyTraining.Rules * ToyTraining.Replicas);
        trunk.Train(1_500, _ => 1, step =>
        {
            cold.Observe();
            if (step >= 1_000 && step % 50 == 0)
            {
                gaps.add_(ToyNet.Loss(trunk.Weights, inputs, targets) - cold.AtMean(() => ToyNet.Loss(trunk.Weights, inputs, targets)), alpha: 0.1);
            }
        });
        var gap = gaps.data<float>().ToArray();
        var noise = Noise(trunk, Parts);

        using var branch = trunk.Branch();
        branch.Train(Decay, step => 1 - ((step + 1.0) / Decay));
        const int Middle = Decay / 2; // equal D: half as many steps at the full rate
        var hot = zeros(ToyTraining.Rules * ToyTraining.Replicas);
        var evaluations = 0;
        trunk.Train(Middle + 100, _ => 1, step =>
        {
            if (step >= Middle - 100 && step % 10 == 0)
            {
                hot.add_(ToyNet.Loss(trunk.Weights, inputs, targets));
                evaluations++;
            }
        });

        var drops = (hot / evaluations - ToyNet.Loss(branch.Weights, inputs, targets)).data<float>().ToArray();
        for (var rule = 0; rule < ToyTraining.Rules; rule++)
        {
            var equilibrium = rates[rule] * noise[rule]; // η Tr PΣ
            var (loss, byMean) = (OfRule(drops, rule), OfRule(gap, rule));
            var (alpha, error) = (loss.Value / equilibrium, loss.StandardError / equilibrium);
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"rule {rule} η {rates[rule]}: Tr PΣ {noise[rule]:F4}, ¼ηTrPΣ {equilibrium / 4:F5}, L_th branch {loss.Value:F5} ± {loss.StandardError:F5}, α {alpha:F3} ± {error:F3}; L_th mean {byMean.Value:F5} ± {byMean.StandardError:F5}, over ¼ηTrPΣ {byMean.Value / equilibrium * 4:F3}"));
            Assert.InRange(alpha, 0.15, 0.30);
            Assert.InRange(error, 0, 0.016);
            Assert.Equal(reference[rule].Alpha, alpha, 3 * double.Hypot(error, reference[rule].Error));
            Assert.InRange(byMean.Value / loss.Value, 0.4, 1.1); // a mean over 1000 steps lags and sees less of what is slow
        }

        static Estimate OfRule(float[] values, int rule) =>
            Estimate.Of([.. values.Skip(rule * ToyTraining.Replicas).Take(ToyTraining.Replicas).Select(value => (double)value)]);
    }

    [Fact]
    public void Curvature_OfTheTrainedNet_MeetsItsDenseHessian()
    {
        const int Batch = 128, Draws = 64;
        using var random = new Generator(2);
        using var net = new ToyNet(random);
        using var training = new ToyTraining(net, [0.04, 0.002, 0.002], random);
        training.Train(500, _ => 1);
        var (inputs, targets) = net.Samples([Batch], isNoisy: true, random);
        using var weights = training.Weights.select(0, 0).clone().requires_grad_();
        using var product = new HessianProduct(() => ToyNet.Loss(weights.view(1, ToyNet.Count), inputs, targets).sum(), [(weights, 0)], ToyNet.Count);

        var dense = Products(product);
        var differences = Differences(weights, inputs, targets);
        var scale = differences.norm().item<double>();
        var values = linalg.eigvalsh((differences + differences.t()) / 2).data<double>().ToArray();
        ParameterGroup[] groups = [new("hidden", [(0, ToyNet.Hidden)]), new("output", [(ToyNet.Hidden, ToyNet.Units)])];
        var lanczos = LanczosProbe.Measure(product, null, 64, seed: 3);
        var (whole, parts) = HutchinsonProbe.Measure(product, ones(1), groups, Draws, seed: 4);
        var traces = differences.diag();
        var conductance = ConductanceProbe.Measure(product, ones(1), groups, Draws, seed: 5).Between(0, 1);
        var exactConductance = differences.narrow(0, 0, ToyNet.Hidden).narrow(1, ToyNet.Hidden, ToyNet.Units).square().sum().item<double>()
            / (traces.narrow(0, 0, ToyNet.Hidden).mean().item<double>() + traces.narrow(0, ToyNet.Hidden, ToyNet.Units).mean().item<double>());
        var miss = (dense - differences).norm().item<double>() / scale;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"products against differences {miss:G2}; λ_max {values[^1]:G7} Lanczos {lanczos.Largest.Value:G7} (bound {lanczos.Largest.Error:G2}), λ_min {values[0]:G5} Lanczos {lanczos.Smallest.Value:G5}; Tr H {values.Sum():G5} Hutchinson {whole.Trace.Value:G5} ± {whole.Trace.StandardError:G2}; κ {exactConductance:G5} found {conductance.Value:G5} ± {conductance.StandardError:G2}"));

        Assert.InRange(miss, 0, 1e-5);
        Assert.Equal(values[^1], lanczos.Largest.Value, 1e-5 * values[^1]);
        Assert.Equal(values[0], lanczos.Smallest.Value, lanczos.Smallest.Error + (1e-5 * values[^1]));
        Assert.Equal(values.Sum(), whole.Trace.Value, 3 * whole.Trace.StandardError);
        Assert.Equal(traces.narrow(0, 0, ToyNet.Hidden).sum().item<double>(), parts[0].Trace.Value, 3 * parts[0].Trace.StandardError);
        Assert.Equal(traces.narrow(0, ToyNet.Hidden, ToyNet.Units).sum().item<double>(), parts[1].Trace.Value, 3 * parts[1].Trace.StandardError);
        Assert.Equal(exactConductance, conductance.Value, 3 * conductance.StandardError);
    }

    // Tr PΣ of one step of one replica, by rule.
    private static double[] Noise(ToyTraining training, int parts)
    {
        var ofRule = ToyTraining.Replicas * ToyNet.Count;
        ParameterGroup[] groups = [.. Enumerable.Range(0, ToyTraining.Rules).Select(rule => new ParameterGroup($"rule {rule}", [(rule * ofRule, ofRule)]))];
        using var preconditioner = Preconditioner.Linear(training.Diagonal());
        using var probe = new GradientNoiseProbe(groups, training.Flat.shape[0]);
        var sum = zeros_like(training.Flat);
        for (var part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            var gradient = training.FreshGradient().div_(parts);
            probe.Add(gradient, 0);
            sum.add_(gradient);
        }

        // Measured is the noise of the mean of all parts, each of which is as large as a step.
        return [.. probe.Measure(sum, parts, preconditioner, 1).Select(noise => noise.PreconditionedTrace * parts / ToyTraining.Replicas)];
    }

    // (Count, Count), by products with unit vectors.
    private static Tensor Products(HessianProduct product)
    {
        var units = eye(ToyNet.Count);
        return stack(Enumerable.Range(0, ToyNet.Count).Select(i => product.Times(units.select(0, i)))).to(ScalarType.Float64);
    }

    // (Count, Count), by central differences of gradients in 64 bits: a replica of the net for each direction.
    private static Tensor Differences(Tensor weights, Tensor inputs, Tensor targets)
    {
        const double Step = 1e-5;
        const int Rows = ToyNet.Count / 8;
        var at = weights.detach().to(ScalarType.Float64);
        var units = eye(ToyNet.Count, dtype: ScalarType.Float64) * Step;
        return cat([.. Enumerable.Range(0, 8).Select(part =>
        {
            using var scope = NewDisposeScope();
            var shift = units.narrow(0, part * Rows, Rows);
            var (x, y) = (Repeated(inputs), Repeated(targets));
            return ((ToyNet.Gradient(at + shift, x, y) - ToyNet.Gradient(at - shift, x, y)) / (2 * Step)).MoveToOuterDisposeScope();
        })]);

        static Tensor Repeated(Tensor samples) => samples.to(ScalarType.Float64).unsqueeze(0).expand(Rows, -1, -1).contiguous();
    }
}
