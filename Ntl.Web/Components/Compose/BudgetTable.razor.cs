using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Components.Compose;

/// <summary>What share of the budget each phase takes: steps, tokens, intrinsic time.</summary>
public sealed partial class BudgetTable
{
    private const int MostRows = 30;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    /// <summary>The selected phase.</summary>
    [Parameter]
    public int Index { get; set; }

    [Parameter]
    public long TokensPerStep { get; set; }

    internal static string Share(double share) => double.IsFinite(share) ? string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#}\u2009%") : "";

    private double SumOf(PhaseSpan span) => Schedule.CumulativeRate(span.EndStep) - Schedule.CumulativeRate(span.FirstStep);
}
