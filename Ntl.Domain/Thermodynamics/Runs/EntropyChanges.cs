using Ntl.Domain.Metrics;

namespace Ntl.Domain.Thermodynamics.Runs;

/// <summary>How a run's entropy changed, by the best that was measured: the spectrum, layer by layer, or the temperature alone.</summary>
/// <remarks>Only between steps whose weights have felt one temperature: not in a warm-up, and not where the rate falls fast.</remarks>
internal static class EntropyChanges
{
    public static EntropyReading Of(RunThermodynamics run)
    {
        if (BySpectrum(run) is { Count: > 1 } spectrum)
        {
            return new(spectrum, EntropyBasis.Spectrum);
        }

        if (ByLayers(run) is { Count: > 1 } layers)
        {
            return new(layers, EntropyBasis.Layers);
        }

        var settled = run.Premises.Settled;
        var temperatures = run.Temperature.Select((step, temperature) =>
            temperature.Value > 0 && StepPremise.AllHold(settled, step) ? temperature : new(double.NaN, double.NaN));
        return new(temperatures is { Count: > 1 } && temperatures[0] is var first
            ? temperatures.Select((_, temperature) => new(Math.Log(temperature.Value / first.Value) / 2, Relative(first, temperature) / 2))
            : EstimateSeries.Empty, EntropyBasis.Temperature);
    }

    private static EstimateSeries BySpectrum(RunThermodynamics run)
    {
        var record = run.Record;
        var determinants = RunThermodynamics.Measured(record[ProbeKeys.LogDeterminant], record[ProbeKeys.Error(ProbeKeys.LogDeterminant)]);
        var directions = RunThermodynamics.Measured(record[ProbeKeys.ValleyDirections], record[ProbeKeys.Error(ProbeKeys.ValleyDirections)]);
        var settled = run.Premises.Settled;
        List<(long Step, Estimate Value)> points = [];
        (Estimate Determinant, Estimate Temperature, double Directions)? last = null;
        for (var i = 0; i < determinants.Count; i++)
        {
            var step = determinants.Steps[i];
            if (!StepPremise.AllHold(settled, step) || directions.At(step) is not { Value: > 0 } count
                || run.Temperature.At(step) is not { Value: > 0 } temperature)
            {
                continue;
            }

            if (last is not { } before)
            {
                points.Add((step, new(0, 0)));
            }
            else
            {
                // With the mean number of directions at both ends; those that came or went count at the mean curvature.
                var mean = (count.Value + before.Directions) / 2;
                var lost = (determinants[i].Value / count.Value) - (before.Determinant.Value / before.Directions);
                var change = Entropy.Change(mean, before.Temperature.Value, temperature.Value, mean * lost) / mean;
                var error = Math.Sqrt(Square(determinants[i].StandardError / count.Value) + Square(before.Determinant.StandardError / before.Directions) + Square(Relative(before.Temperature, temperature))) / 2;
                var (sum, sumError) = points[^1].Value;
                points.Add((step, new(sum + change, Math.Sqrt(Square(sumError) + Square(error)))));
            }

            last = (determinants[i], temperature, count.Value);
        }

        return EstimateSeries.From(points);
    }

    private static EstimateSeries ByLayers(RunThermodynamics run)
    {
        var record = run.Record;
        var layers = record.Layers
            .Select(layer => (Layer: layer, Key: ProbeKeys.Of(ProbeKeys.PreconditionedCurvatureTrace, layer), Temperatures: run.LayerTemperatures[layer]))
            .Select(part => (Curvatures: RunThermodynamics.Measured(record[part.Key], record[ProbeKeys.Error(part.Key)]), part.Temperatures, Count: record.ParametersIn(part.Layer)))
            .ToList();
        if (layers.Exists(layer => layer.Curvatures.IsEmpty))
        {
            return EstimateSeries.Empty;
        }

        // A layer whose trace is not above 0 is no valley: the step is left out.
        var settled = run.Premises.Settled;
        var usable = layers[0].Curvatures.Steps
            .Where(step => StepPremise.AllHold(settled, step)
                && layers.TrueForAll(layer => layer.Curvatures.At(step) is { IsAboveZero: true }
                    && layer.Temperatures.At(step) is { Value: > 0 }))
            .ToList();
        return EstimateSeries.From(usable.Select(step => (step, Sum(step))));

        Estimate Sum(long step)
        {
            var (sum, squares, count) = (0.0, 0.0, 0.0);
            foreach (var layer in layers)
            {
                var (curvature, first) = (layer.Curvatures.At(step)!.Value, layer.Curvatures.At(usable[0])!.Value);
                var (temperature, start) = (layer.Temperatures.At(step)!.Value, layer.Temperatures.At(usable[0])!.Value);
                sum += Entropy.Change(layer.Count, start.Value, temperature.Value, layer.Count * Math.Log(curvature.Value / first.Value));
                squares += step == usable[0] ? 0 : Square(layer.Count / 2.0) * (Square(Relative(first, curvature)) + Square(Relative(start, temperature)));
                count += layer.Count;
            }

            return new(sum / count, Math.Sqrt(squares) / count);
        }
    }

    private static double Relative(Estimate first, Estimate second) => Math.Sqrt(Square(first.StandardError / first.Value) + Square(second.StandardError / second.Value));

    private static double Square(double value) => double.IsFinite(value) ? value * value : 0;
}
