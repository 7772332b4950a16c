using System.Collections.Frozen;
using System.Globalization;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Composer;

/// <summary>A kind of schedule that the composer offers.</summary>
/// <param name="Id">Name in the URL, stable.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Fields">The draft's fields that it is made of.</param>
/// <param name="Example">A small schedule of the kind, for its picture.</param>
internal sealed record ScheduleShape(string Id, string Title, FrozenSet<string> Fields, ScheduleSpec Example)
{
    public const string WarmupStableDecay = "wsd";
    public const string Points = "points";
    public const string Phases = "phases";

    private const int PictureWidth = 60;
    private const int PictureHeight = 26;

    public static IReadOnlyList<ScheduleShape> All { get; } =
    [
        Of(WarmupStableDecay, "WSD", StandardSchedules.WarmupStableDecay(100, 1, DecayShape.OneMinusSquareRoot, 35, 0, 10), DraftField.Final, DraftField.Decay, DraftField.DecaySteps),
        Of("cosine", "Cosine", StandardSchedules.Cosine(100, 1, 0.06, 10), DraftField.Final),
        Of("linear", "Linear", StandardSchedules.Linear(100, 1, 0, 10), DraftField.Final),
        Of("constant", "Constant", StandardSchedules.Constant(100, 1, 10)),
        Of("inverse-sqrt", "Inverse √", StandardSchedules.InverseSquareRoot(100, 1, 10), DraftField.Timescale),
        Of("hyperbolic", "Hyperbolic 1/t", StandardSchedules.Hyperbolic(100, 1, 0.1, 10), DraftField.Final),
        Of("polynomial", "Polynomial", StandardSchedules.Polynomial(100, 1, 3, 0, 10), DraftField.Final, DraftField.Power),
        Of("exponential", "Exponential", StandardSchedules.Exponential(100, 1, 0.03, 10), DraftField.Final),
        Of("step", "Staircase", StandardSchedules.Step(100, 1, 0.5, 22, 0, 10), DraftField.Final, DraftField.Factor, DraftField.Every),
        new(Points, "Points", Set(DraftField.Points), StandardSchedules.Points(new(0, 0), new(12, 1), new(40, 0.5), new(62, 0.72), new(100, 0.05))),
        new(Phases, "Phases (JSON)", Set(DraftField.Phases), new(new LinearRamp(10, 0, 1), new ConstantRate(30, 1), new CosineDecay(20, 1, 0.5), new ConstantRate(20, 0.5), new LinearDecay(20, 0.5, 0))),
    ];

    /// <summary>The picture as an SVG path, drawn from the example's own rates.</summary>
    public string Picture { get; } = string.Join(
        'L',
        Example.Sample(48).Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{1 + ((PictureWidth - 2) * (double)point.Step / Example.TotalSteps):0.#} {PictureHeight - 1 - ((PictureHeight - 3) * point.Rate / Example.Peak):0.#}")));

    /// <summary>Whether a draft's last decay comes near 0 but never to it, so that its final rate must be above 0.</summary>
    public static bool NeedsPositiveEnd(RunDraft draft) => draft[DraftField.Shape] switch
    {
        "exponential" or "hyperbolic" => true,
        WarmupStableDecay => draft[DraftField.Decay] is nameof(DecayShape.Exponential) or nameof(DecayShape.Hyperbolic) or nameof(DecayShape.InverseSquareRoot),
        _ => false,
    };

    public static ScheduleShape Find(string id) => All.FirstOrDefault(shape => string.Equals(shape.Id, id, StringComparison.Ordinal)) ?? All[0];

    private static ScheduleShape Of(string id, string title, ScheduleSpec example, params string[] fields) =>
        new(id, title, Set([DraftField.Steps, DraftField.Warmup, DraftField.Peak, .. fields]), example);

    private static FrozenSet<string> Set(params string[] fields) => fields.ToFrozenSet(StringComparer.Ordinal);
}
