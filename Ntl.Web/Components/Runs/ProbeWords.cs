using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;

namespace Ntl.Web.Components.Runs;

/// <summary>What a run measures of itself, in words.</summary>
internal static class ProbeWords
{
    /// <summary>One line; "none" where nothing is measured.</summary>
    public static string Of(ProbeSpec? probes)
    {
        if (probes is null)
        {
            return "none";
        }

        string?[] words =
        [
            probes.NoiseIntervalSteps is { } noise ? $"noise every {Steps(noise)}" : null,
            probes.ColdHorizonSteps is { } horizon ? $"cold weights over {Format.Number(horizon)} steps" : null,
            probes.RiverWindowSteps is { } window ? $"river force over {Steps(window)}" : null,
            probes.CurvatureIntervalSteps is { } curvature ? $"curvature every {Steps(curvature)}" : null,
            probes.ConductionIntervalSteps is { } conduction ? $"conduction every {Steps(conduction)}" : null,
            probes.SpectrumAtPhaseEnds ? "spectrum at phase ends" : null,
        ];
        var line = string.Join(", ", words.OfType<string>());
        return line.Length == 0 ? "none" : line;
    }

    private static string Steps(long count) => count == 1 ? "step" : $"{Format.Count(count)} steps";
}
