using Ntl.Domain.Claims;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

internal sealed class EntropicLossCard : LabCard
{
    private const string Time = "time";
    private const int Halvings = 4;

    public override string Id => "entropic-loss";

    public override string Title => "Steps of finite length descend another loss: ℓ + (η/4)|∇ℓ|²";

    public override string WhatToLookAt =>
        "Gradient descent on ½(uw − 1)² is compared with two flows. Its distance to the plain flow halves with η; to the entropic flow it falls to a quarter.";

    public override string Formula => @"F_\eta = \ell + \frac{\eta}{4}\,\mathbb E\,\|\nabla\ell\|^2";

    public override string Source => "Ziyin, Xu, Chuang 2025, arXiv:2505.12387 (entropic loss); Barrett, Dherin 2021 for gradient descent";

    public override IReadOnlyList<Knob> Knobs { get; } =
    [
        SharedKnobs.RateKnob(0.1, 0.005, 0.3), new(Time, "time", "D", "η·step", 1.6, 0.4, 10), new("u", "start", "u", "param", 1.8, -3, 3), new("w", "start", "w", "param", 0.2, -3, 3),
    ];

    public override LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var start = (U: values["u"], W: values["w"]);
        List<(double Rate, double Plain, double Entropic)> errors = [];
        for (var halving = 0; halving < Halvings; halving++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = (int)Math.Ceiling(values[Time] / values[SharedKnobs.Rate]) << halving;
            var rate = values[Time] / steps;
            var end = start;
            for (var step = 0; step < steps; step++)
            {
                var (gradient, _) = Gradients(end);
                end = (end.U - (rate * gradient.U), end.W - (rate * gradient.W));
            }

            errors.Add((rate, Distance(end, Flow(start, values[Time], 0)), Distance(end, Flow(start, values[Time], rate))));
            progress?.Report((halving + 1.0) / Halvings);
        }

        // The order is that of the limit: judged at the smallest rates.
        var (coarse, fine) = (errors[^2], errors[^1]);
        var rates = errors.Select(error => error.Rate).ToList();
        return new(
            [
                new("Distance of gradient descent to each flow", "learning rate η", "", "|θ_GD − θ_flow|", "param", true, true,
                [
                    Draw.Curve("to the flow of ℓ", CurveRole.Measured, rates, errors.Select(error => error.Plain), CurveStyle.Points, isLog: true),
                    Draw.Curve("to the flow of F_η", CurveRole.Measured, rates, errors.Select(error => error.Entropic), CurveStyle.Points, isLog: true),
                    Draw.Theory("∝ η", rates, rate => fine.Plain * rate / fine.Rate, isLog: true),
                    Draw.Theory("∝ η²", rates, rate => fine.Entropic * rate * rate / (fine.Rate * fine.Rate), isLog: true),
                ]),
            ],
            [
                Claim.Judge("plain", 15, "Half the rate halves the distance to the flow of ℓ", "ratio", "", ClaimComparison.Relative, 2, 0.1, coarse.Plain / fine.Plain),
                Claim.Judge("entropic", 15, "Half the rate quarters the distance to the flow of F_η", "ratio", "", ClaimComparison.Relative, 4, 0.1, coarse.Entropic / fine.Entropic),
            ],
            double.IsFinite(errors[0].Plain) ? LabOutcome.Complete : new("Diverged: gradient descent left for infinity at the largest rate.", 1, null));
    }

    // ∇ℓ and H∇ℓ of ℓ = ½(uw − 1)².
    private static ((double U, double W) Gradient, (double U, double W) Bent) Gradients((double U, double W) at)
    {
        var (u, w) = at;
        var residual = (u * w) - 1;
        var (gu, gw, mixed) = (residual * w, residual * u, (2 * u * w) - 1);
        return ((gu, gw), ((w * w * gu) + (mixed * gw), (mixed * gu) + (u * u * gw)));
    }

    private static (double U, double W) Flow((double U, double W) start, double time, double rate)
    {
        // Fourth order in a step of a thousandth: exact beside the distances of 10⁻⁵ that are measured.
        const double Longest = 1e-3;
        var steps = (int)Math.Ceiling(time / Longest);
        var (h, at) = (time / steps, start);
        for (var step = 0; step < steps; step++)
        {
            var k1 = Slope(at);
            var k2 = Slope((at.U + (h / 2 * k1.U), at.W + (h / 2 * k1.W)));
            var k3 = Slope((at.U + (h / 2 * k2.U), at.W + (h / 2 * k2.W)));
            var k4 = Slope((at.U + (h * k3.U), at.W + (h * k3.W)));
            at = (at.U + (h / 6 * (k1.U + (2 * k2.U) + (2 * k3.U) + k4.U)), at.W + (h / 6 * (k1.W + (2 * k2.W) + (2 * k3.W) + k4.W)));
        }

        return at;

        (double U, double W) Slope((double U, double W) place)
        {
            var (gradient, bent) = Gradients(place);
            return (-EntropicLoss.Gradient(gradient.U, rate, bent.U), -EntropicLoss.Gradient(gradient.W, rate, bent.W));
        }
    }

    private static double Distance((double U, double W) a, (double U, double W) b) => Math.Sqrt(((a.U - b.U) * (a.U - b.U)) + ((a.W - b.W) * (a.W - b.W)));
}
