using Ntl.Domain.Landscapes;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Laboratory;

/// <summary>How an experiment ended.</summary>
/// <param name="Text">One sentence for a person; empty when all went well.</param>
/// <param name="DivergedShare">Share of replicas that left for infinity, in [0, 1].</param>
/// <param name="FirstDivergedStep">After how many steps the first one had; null when none did.</param>
public sealed record LabOutcome(string Text, double DivergedShare, long? FirstDivergedStep)
{
    /// <summary>Every replica stayed.</summary>
    public static LabOutcome Complete { get; } = new("", 0, null);

    /// <summary>The worst of several ensembles.</summary>
    internal static LabOutcome Of(params IEnumerable<EnsembleResult> results)
    {
        var diverged = results.Select(result => result.Divergence).Where(divergence => divergence is not null).Select(divergence => divergence!.Value).ToList();
        if (diverged.Count == 0)
        {
            return Complete;
        }

        var (share, first) = (diverged.Max(divergence => divergence.Share), diverged.Min(divergence => divergence.FirstStep));
        return new(FormattableString.Invariant($"Diverged: {CountFormat.Share(share)} of the replicas left for infinity, the first by step {first:N0}; means are of those that stayed."), share, first);
    }
}
