using System.Globalization;
using Ntl.Domain.Experiments;
using Ntl.Web.Components.Composer;

namespace Ntl.Web.Components.Experiments;

/// <summary>What a person wants to branch off a run, as the page's URL keeps it.</summary>
internal sealed record BranchDraft
{
    public const string AnnealRun = "anneal-run";
    public const string HoldRun = "hold-run";

    /// <summary>The checkpoint; null for the newest.</summary>
    public long? Step { get; init; }

    /// <summary>One run, or an experiment by its kind.</summary>
    public string What { get; init; } = AnnealRun;

    /// <summary>As typed: steps of a single run; those of an experiment's holds. Empty for the default.</summary>
    public string Steps { get; init; } = "";

    /// <summary>As typed: the rate of a hold. Empty for the checkpoint's own.</summary>
    public string Rate { get; init; } = "";

    public ExperimentKind? Kind => Enum.TryParse<ExperimentKind>(What, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    public static BranchDraft FromQuery(Func<string, string?> query)
    {
        var what = query("what") ?? "";
        var draft = new BranchDraft
        {
            Step = long.TryParse(query("step"), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null,
            What = what,
            Steps = query("steps") ?? "",
            Rate = query("rate") ?? "",
        };
        return draft.Kind is not null || what is HoldRun ? draft : draft with { What = AnnealRun };
    }

    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Step is { } step)
        {
            yield return new("step", step.ToString(CultureInfo.InvariantCulture));
        }

        if (What is not AnnealRun)
        {
            yield return new("what", What);
        }

        if (Steps.Length > 0)
        {
            yield return new("steps", Steps);
        }

        if (Rate.Length > 0)
        {
            yield return new("rate", Rate);
        }
    }

    /// <summary>Steps as a number; null for the default.</summary>
    public bool TryReadSteps(out long? steps)
    {
        steps = null;
        if (string.IsNullOrWhiteSpace(Steps))
        {
            return true;
        }

        if (!DraftNumbers.TryParse(Steps, out var value) || value != Math.Truncate(value) || value is < 1 or > int.MaxValue)
        {
            return false;
        }

        steps = (long)value;
        return true;
    }

    /// <summary>The rate as a number; null for the checkpoint's own.</summary>
    public bool TryReadRate(out double? rate)
    {
        rate = null;
        if (string.IsNullOrWhiteSpace(Rate))
        {
            return true;
        }

        if (!DraftNumbers.TryParse(Rate, out var value) || value < 0)
        {
            return false;
        }

        rate = value;
        return true;
    }
}
