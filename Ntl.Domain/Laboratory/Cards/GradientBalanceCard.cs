using System.Collections.Immutable;
using Ntl.Domain.Claims;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class GradientBalanceCard : LabCard
{
    private const int Inputs = 6;
    private const int Outputs = 3;
    private const int Hidden = 4;
    private const uint TeacherStream = 7;

    public override string Id => "gradient-balance";

    public override string Title => "Noise shares gradients equally between the layers of a net";

    public override string WhatToLookAt =>
        "Gradient flow would keep |W₁|² − |W₂|² for ever. The noise of small batches moves it until both layers have the same squared gradient: equipartition between layers.";

    public override string Formula => @"\mathbb E\,\|g_{W_1}\|^2 = \mathbb E\,\|g_{W_2}\|^2,\qquad \mathbb E[g_1 g_1^\top] = \mathbb E[g_2^\top g_2]";

    public override string Source => "Ziyin, Xu, Chuang 2025, arXiv:2505.12387 (entropic forces, gradient balance)";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.02, 1e-3, 1), new("batch", "batch size", "B", "samples", 4, 1, TwoLayerNet.MaximumWidth, KnobScale.Integer), SharedKnobs.StepsKnob(50_000, 1_000_000),
        new(SharedKnobs.Replicas, "replicas", "M", "", 8, 2, 512, KnobScale.Integer), SharedKnobs.SeedKnob,
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var (steps, seed) = (values.Integer(SharedKnobs.Steps), (ulong)values.Integer(SharedKnobs.Seed));
        var experiment = new Experiment(1, progress, cancellationToken);
        var result = experiment.Run(new()
        {
            Landscape = Net(values),
            Schedule = StandardSchedules.Constant(steps, values[SharedKnobs.Rate]),
            Replicas = values.Integer(SharedKnobs.Replicas),
            Seed = seed,
            Start = new([.. Enumerable.Repeat(0.0, Hidden * (Inputs + Outputs))], [.. Enumerable.Repeat(0.9, Hidden * Inputs), .. Enumerable.Repeat(0.25, Hidden * Outputs)]),
            RecordAt = EnsembleSpec.Evenly(steps, 120),
            MeasureFrom = steps / 2,
        });
        var (ratio, error, imbalance) = Balance(result.Measures);
        return new(
            [
                new("What gradient flow would keep", "step", "", "|W₁|² − |W₂|²", "param²", false, false, [Draw.Observed("simulation", result, TwoLayerNet.NormDifference)]),
                new("Loss without the targets' noise", "step", "", "loss", "nats", false, true, [Draw.Observed("simulation", result, TwoLayerNet.Loss, isLog: true)]),
            ],
            [
                Claim.Judge("ratio", 14, "Squared gradients of both layers, over the last half", "E|g₁|²/E|g₂|²", "", ClaimComparison.Relative, 1, 0.05, ratio, error),
                Claim.Judge("imbalance", 14, "Imbalance of the gradients' matrices, over the last half", "‖G₁ − G₂‖/‖G₁ + G₂‖", "", ClaimComparison.AtMost, 0.05, 0, imbalance),
            ],
            experiment.Outcome);
    }

    internal override IEnumerable<SpecProblem> Check(KnobValues values) =>
        SharedKnobs.Work(10.0 * values.Integer("batch") * Math.Max(8, values.Integer(SharedKnobs.Replicas)) * values.Integer(SharedKnobs.Steps), SharedKnobs.Steps);

    private static TwoLayerNet Net(KnobValues values)
    {
        const double TeacherScale = 0.7;
        var normals = new float[NormalNoise.StepsPerBlock * NormalNoise.ReplicasPerBlock];
        new NormalNoise((ulong)values.Integer(SharedKnobs.Seed), TeacherStream).Fill(0, 0, 0, normals);
        return new([.. normals.Take(Inputs * Outputs).Select(normal => TeacherScale * normal)], [.. Draw.Range(0.5, 2, Inputs)], [0.3, 1, 0.6], Hidden, values.Integer("batch"));
    }

    private static (double Ratio, double Error, double Imbalance) Balance(ImmutableArray<EnsembleMean> measures)
    {
        if (measures.IsEmpty)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var (first, second) = (measures[TwoLayerNet.FirstGradient], measures[TwoLayerNet.SecondGradient]);
        var ratio = first.Mean / second.Mean;
        var entries = Hidden * Hidden;
        var differences = measures.Skip(TwoLayerNet.BalanceMatrices).Take(entries).Select(mean => mean.Mean).ToList();
        var sums = measures.Skip(TwoLayerNet.BalanceMatrices + entries).Select(mean => mean.Mean).ToList();
        double[] matrix1 = [.. sums.Zip(differences, (sum, difference) => (sum + difference) / 2)];
        double[] matrix2 = [.. sums.Zip(differences, (sum, difference) => (sum - difference) / 2)];

        // Both errors come from the same residuals and mostly cancel in the ratio.
        return (ratio, ratio * Math.Abs((first.StandardError / first.Mean) - (second.StandardError / second.Mean)), GradientBalance.Imbalance(matrix1, matrix2));
    }
}
