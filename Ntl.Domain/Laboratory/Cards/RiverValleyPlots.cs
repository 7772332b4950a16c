using System.Collections.Immutable;
using Ntl.Domain.Landscapes;
using Ntl.Domain.Plots;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Laboratory.Cards;

/// <summary>The five views of a river–valley ensemble.</summary>
internal static class RiverValleyPlots
{
    private const int MapWidth = 60;
    private const int MapHeight = 40;
    private const int DrawnWalkers = 6;

    // A replica on its way to infinity must not make a height that is not a number.
    private const double HighestDrawn = 1e100;

    public static ImmutableArray<Plot> Of(EnsembleSpec spec, EnsembleResult result, RiverTheory theory)
    {
        var landscape = (RiverValley)spec.Landscape;
        return result.Records.IsEmpty ? [] : [Landscape(landscape, result), Losses(result, theory), Portrait(spec, result, theory), Distribution(landscape, spec, result), Energies(landscape, spec, result)];
    }

    private static Plot Landscape(RiverValley landscape, EnsembleResult result)
    {
        // Without a river the second axis is time, so that walkers do not hide each other.
        var paths = result.Walkers.Take(DrawnWalkers).Select(walk => landscape.HasRiver
            ? walk.Select(place => (Along: place.Last, Across: place.First)).ToList()
            : walk.Select((place, i) => (Along: (double)result.Records[i].Steps, Across: place.First)).ToList()).ToList();
        var places = paths.SelectMany(path => path).ToList();
        var reach = Math.Max(1e-6, places.Select(place => Math.Abs(place.Across)).DefaultIfEmpty(1).Max() * 1.1);
        var (from, to) = (places.Select(place => place.Along).DefaultIfEmpty(0).Min(), places.Select(place => place.Along).DefaultIfEmpty(1).Max());
        var margin = Math.Max(1e-6, (to - from) * 0.05);
        var (along, across) = (Draw.Range(landscape.River.Shape == RiverShape.Reciprocal ? Math.Max(from - margin, -0.95) : from - margin, to + margin, MapWidth), Draw.Range(-reach, reach, MapHeight));
        return new(
            "The landscape, its river and six walkers", landscape.HasRiver ? "along the river, y" : "step", landscape.HasRiver ? "param" : "", "across the valley, x", "param", false, false,
            [
                Draw.Curve("river", CurveRole.Theory, along, along.Select(_ => 0.0)),
                .. paths.Select((path, i) => Draw.Curve($"walker {i + 1}", CurveRole.Measured, path.Select(place => place.Along), path.Select(place => place.Across))),
            ])
        {
            Map = new([.. along], [.. across], [.. across.SelectMany(x => along.Select(y => Math.Clamp(landscape.Loss(x, landscape.HasRiver ? y : 0), -HighestDrawn, HighestDrawn)))]),
        };
    }

    private static Plot Losses(EnsembleResult result, RiverTheory theory)
    {
        var steps = result.Records.Select(record => (double)record.Steps).ToList();
        return new("The two losses", "step", "", "loss", "nats", false, false,
        [
            Draw.Observed("valley, L_th", result, RiverValley.ThermalLoss),
            Draw.Observed("river, c(y)", result, RiverValley.RiverLoss),
            Draw.Curve("total", CurveRole.Measured, steps, result.Records.Select(record => record.Observed[RiverValley.ThermalLoss].Mean + record.Observed[RiverValley.RiverLoss].Mean)),
            Draw.Curve("valley, theory", CurveRole.Theory, steps, result.Records.Select(record => theory.Thermal[record.Steps])),
        ]);
    }

    private static Plot Portrait(EnsembleSpec spec, EnsembleResult result, RiverTheory theory)
    {
        var records = result.Records.Where(record => record.Steps > 0).ToList();
        var noise = ((RiverValley)spec.Landscape).Directions[0].Noise;
        var count = ((RiverValley)spec.Landscape).Directions.Length;
        return new("Phase portrait: the valley's heat against its bath's rate", "learning rate η", "", "L_th", "nats", false, false,
        [
            Draw.Curve("simulation", CurveRole.Measured, records.Select(record => record.LearningRate), records.Select(record => record.Observed[RiverValley.ThermalLoss].Mean)),
            Draw.Curve("theory", CurveRole.Theory, records.Select(record => record.LearningRate), records.Select(record => theory.Thermal[record.Steps])),
            Draw.Theory("equilibrium NCη", Draw.Range(0, spec.Schedule.Peak, 2), rate => count * spec.Optimizer.Law.LossPerRate(noise) * rate),
        ]);
    }

    private static Plot Distribution(RiverValley landscape, EnsembleSpec spec, EnsembleResult result)
    {
        const int Bins = 41;
        const double Widths = 4;
        var values = result.Final[0];
        if (values.IsEmpty)
        {
            return new("Distribution of x at the end", "x", "param", "density", "1/param", false, false, []);
        }

        var mean = values.Average();
        var spread = Math.Max(1e-12, Math.Sqrt(values.Average(x => (x - mean) * (x - mean))));
        var width = 2 * Widths * spread / Bins;
        var counts = new int[Bins];
        foreach (var x in values)
        {
            var bin = (x - mean + (Widths * spread)) / width;
            if (bin is >= 0 and < Bins)
            {
                counts[(int)bin]++;
            }
        }

        var centres = Enumerable.Range(0, Bins).Select(i => mean - (Widths * spread) + ((i + 0.5) * width)).ToList();
        var y = result.Records[^1].Observed[RiverValley.RiverPosition].Mean;
        var mode = landscape.ModeAt(0, y);
        var law = spec.Optimizer.Law;
        var gibbs = spec.Schedule.Final > 0 && spec.Schedule.Final < law.StabilityLimit(mode) ? Math.Sqrt(law.StationaryVariance(spec.Schedule.Final, mode)) : 0;
        return new("Distribution of x at the end", "x", "param", "density", "1/param", false, false,
        [
            Draw.Curve("simulation", CurveRole.Measured, centres, counts.Select(count => count / (width * values.Length)), CurveStyle.Bars),
            Draw.Theory("Gaussian of the same spread", centres, x => Density(x - mean, spread)),
            .. gibbs > spread / 100 ? [Draw.Theory("Gibbs at the last rate", centres, x => Density(x, gibbs))] : Array.Empty<PlotCurve>(),
        ]);
    }

    private static Plot Energies(RiverValley landscape, EnsembleSpec spec, EnsembleResult result)
    {
        var (first, last) = (result.Records[0].Observed[RiverValley.RiverPosition].Mean, result.Records[^1].Observed[RiverValley.RiverPosition].Mean);
        var (from, to) = (Math.Min(first, last), Math.Max(first, last));
        var places = Draw.Range(from, to > from ? to : from + 1, 60);
        var mode = landscape.Directions[0];
        var temperature = spec.Optimizer.Law.Temperature(spec.Schedule.Peak, mode.Noise);
        return new("Loss, entropy and free energy along the river, at the peak rate", "y", "param", "energy", "nats", false, false,
        [
            Draw.Theory("loss c", places, landscape.River.Height),
            Draw.Theory("−TS", places, y => Free(0, y)),
            Draw.Theory("free energy F = c − TS", places, y => Free(landscape.River.Height(y), y)),
        ]);

        // N directions of one curvature weigh N times as one.
        double Free(double loss, double y) => loss + (landscape.Directions.Length * EntropicForce.FreeEnergy(0, temperature, landscape.ModeAt(0, y).Curvature));
    }

    private static double Density(double x, double spread) => Math.Exp(-x * x / (2 * spread * spread)) / (spread * Math.Sqrt(2 * Math.PI));
}
