namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>A schedule of optax: it knows a rate for every count, and lays phases for as many as are asked for.</summary>
/// <param name="Length">Where it comes to its end value; null where it never does.</param>
/// <param name="Lay">Lays its phases into a list, at least as many steps as are left there.</param>
/// <param name="Rate">Its own formula.</param>
internal sealed record OptaxCurve(long? Length, Action<PhaseList> Lay, Func<long, double> Rate)
{
    public static OptaxCurve Constant(double value) => new(null, list => list.HoldRest(value), _ => value);

    /// <summary>Schedules one after another, each counting from its boundary.</summary>
    public static OptaxCurve Joined(IReadOnlyList<OptaxCurve> curves, IReadOnlyList<long> boundaries) => new(
        (boundaries.Count == 0 ? 0 : boundaries[^1]) + curves[^1].Length,
        list =>
        {
            for (var i = 0; i < curves.Count; i++)
            {
                var length = i < boundaries.Count ? boundaries[i] - (i == 0 ? 0 : boundaries[i - 1]) : list.Left;
                if (Math.Min(length, list.Left) is > 0 and var steps)
                {
                    var own = new PhaseList(steps);
                    curves[i].Lay(own);
                    list.AddAll(own.Phases);
                }
            }
        },
        step =>
        {
            var i = boundaries.Count(boundary => boundary <= step);
            return curves[i].Rate(step - (i == 0 ? 0 : boundaries[i - 1]));
        });

    /// <summary>The same, its first value held for so many steps before.</summary>
    public OptaxCurve After(long begin) => begin == 0 ? this : new(
        begin + Length,
        list =>
        {
            list.Hold(begin, Rate(0));
            Lay(list);
        },
        step => Rate(Math.Max(0, step - begin)));
}
