using Ntl.Domain.Thermodynamics;
using Ntl.Tests.Support;
using Ntl.Training.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>In the valley <c>−0.2y + ½e^{qy}|x|²</c> the force along y is −L_th q, wherever the river is.</summary>
[Collection(Libtorch.Name)]
public sealed class RiverProbeTests : IDisposable
{
    private const int Directions = 400, Window = 200;
    private const double Rate = 0.05, Noise = 0.4, Slope = 0.1, Drive = 0.2, Horizon = 50;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void CloseWindow_AnExponentialValley_FindsForceAndDriveWithinTheirErrors()
    {
        var (force, driveMiss) = (new List<Estimate>(), new List<Estimate>());
        for (var seed = 0; seed < Coverage.Seeds; seed++)
        {
            using var scope = NewDisposeScope();
            using var run = new Run((ulong)seed);
            Assert.Null(run.Train(Window));
            var along = run.Probe.States[0].State.narrow(0, 0, 1).item<float>();
            var (foundForce, foundDrive) = run.Train(Window)!.Value;
            force.Add(new(foundForce.Value / along, foundForce.StandardError / Math.Abs(along)));
            driveMiss.Add(new(foundDrive.Value - run.ExactDrive, foundDrive.StandardError));
            Assert.True(along > 0.4); // the rest is what the valley's noise moved the mean by
        }

        // Var(θ̄) = V·w/(2 − w)·(1 + qφ)/(1 − qφ) for θ̄ ← qθ̄ + wθ, w = 1/h, q = 1 − w, φ = 1 − ηa: what the mean still has of the heat.
        var curvature = Math.Exp(Slope * 2.1); // the window begins at y = 1.2 and ends at 2.4, and its weights lie at its end
        var variance = Rate * Noise * Noise / (curvature * (2 - (Rate * curvature)));
        var (share, kept) = (1 / Horizon, (1 - (1 / Horizon)) * (1 - (Rate * curvature)));
        var ofMean = variance * share / (2 - share) * (1 + kept) / (1 - kept);
        Coverage.AssertHonest("F_ent·û", EntropicForce.Of(Directions * curvature / 2 * (variance - ofMean), Slope), force);
        Coverage.AssertHonest("−∇L(θ̄)·û, found less exact", 0, driveMiss);
    }

    [Fact]
    public void Progress_RestoredInTheMiddleOfAWindow_GoesOnToTheBit()
    {
        using var run = new Run(1);
        run.Train(Window);
        run.Train(Window / 2, closes: false);
        using var weights = run.Weights.clone();
        using var cold = new ColdProbe(weights, Horizon) { StepCount = run.Cold.StepCount };
        using var probe = new RiverProbe(cold, Window);
        foreach (var (source, target) in run.Cold.States.Concat(run.Probe.States).Zip(cold.States.Concat(probe.States)))
        {
            Assert.Equal(source.Name, target.Name);
            target.State.copy_(source.State);
        }

        var written = System.Text.Json.JsonSerializer.Serialize(run.Probe.Progress);
        probe.Progress = System.Text.Json.JsonSerializer.Deserialize<RiverProgress>(written)!;
        using var restored = new Run(weights, cold, probe);

        run.Reseed(9);
        restored.Reseed(9);
        var (expected, found) = (run.Train(Window / 2), restored.Train(Window / 2));

        Assert.NotNull(expected);
        Assert.Equal(expected, found);
        Assert.Equal(run.Probe.States[0].State.data<float>().ToArray(), probe.States[0].State.data<float>().ToArray());
    }

    [Fact]
    public void Observe_AFullWindow_AsksToCloseItFirst()
    {
        var weights = ones(3);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var cold = new ColdProbe(weights, 10))
        using (var probe = new RiverProbe(cold, 2))
        {
            probe.Observe(weights);
            Assert.Throws<InvalidOperationException>(() => probe.CloseWindow(2, _ => weights));
            probe.Observe(weights);
            Assert.True(probe.IsWindowFull);
            Assert.Throws<InvalidOperationException>(() => probe.Observe(weights));
            Assert.Null(probe.CloseWindow(2, _ => throw new InvalidOperationException("It asked for a gradient without a direction.")));
            Assert.False(probe.Progress.HasDirection); // the mean did not move
            Assert.Throws<ArgumentException>(() => probe.Progress = new RiverProgress(3, false, [0, 0], [0, 0], 0, 0));
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private sealed class Run : IDisposable
    {
        private Generator _random;

        public Run(ulong seed)
        {
            _random = new Generator(seed);
            Weights = zeros(Directions + 1); // the first window is ten relaxation times long
            Cold = new ColdProbe(Weights, Horizon);
            Probe = new RiverProbe(Cold, Window);
        }

        public Run(Tensor weights, ColdProbe cold, RiverProbe probe)
        {
            _random = new Generator(0);
            (Weights, Cold, Probe) = (weights, cold, probe);
        }

        public Tensor Weights { get; }

        public ColdProbe Cold { get; }

        public RiverProbe Probe { get; }

        /// <summary>−∇L(θ̄)·û where it was measured last, without noise.</summary>
        public double ExactDrive { get; private set; }

        public (Estimate Force, Estimate Drive)? Train(int steps, bool closes = true)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                var gradient = Gradient();
                Probe.Observe(gradient);
                Weights.sub_(gradient * Rate);
                if (!Probe.IsWindowFull)
                {
                    Cold.Observe();
                }
            }

            if (!closes)
            {
                return null;
            }

            var direction = Probe.States[0].State.clone();
            var reading = Probe.CloseWindow(200, _ =>
            {
                ExactDrive = -Gradient(0).dot(direction).item<float>();
                return Gradient();
            });
            Cold.Observe();
            return reading;
        }

        public void Reseed(ulong seed)
        {
            _random.Dispose();
            _random = new Generator(seed);
        }

        public void Dispose()
        {
            Probe.Dispose();
            Cold.Dispose();
            _random.Dispose();
        }

        private Tensor Gradient(double noise = Noise)
        {
            var x = Weights.narrow(0, 1, Directions);
            var curvature = (Weights.narrow(0, 0, 1) * Slope).exp();
            var alongRiver = (x.dot(x) * curvature * (Slope / 2)).sub_(Drive);
            return cat([alongRiver, x * curvature]).add_(empty(Directions + 1).normal_(0, noise, _random));
        }
    }
}
