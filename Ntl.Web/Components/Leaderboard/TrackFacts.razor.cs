using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>What every run of a track has in common.</summary>
public sealed partial class TrackFacts
{
    [Parameter, EditorRequired]
    public SavedTrack Track { get; set; } = null!;

    private string Optimizer
    {
        get
        {
            var optimizer = Track.Spec.Optimizer;
            var constants = optimizer.Kind switch
            {
                OptimizerKind.Sgd => string.Create(CultureInfo.InvariantCulture, $"β {optimizer.Beta1}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"β {optimizer.Beta1}, {optimizer.Beta2}"),
            };
            return string.Create(CultureInfo.InvariantCulture, $"{optimizer.Kind}, {constants}, decay {optimizer.WeightDecay}{(optimizer.GradientClip is { } clip ? $", clip {clip}" : "")}");
        }
    }
}
