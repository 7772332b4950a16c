namespace Ntl.Web.Comparison;

/// <summary>Which runs are compared: those named, or else those of an experiment, of a schedule, or that a search finds.</summary>
public sealed record ComparisonSelection
{
    /// <summary>More lines than this are a smear, and more runs than this are asked for by mistake.</summary>
    public const int MostRuns = 300;

    /// <summary>Of a search, so many are taken until more are asked for.</summary>
    public const int Preselected = 10;

    /// <summary>Run ids, in the order of their lines.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    public string? Experiment { get; init; }

    /// <summary>A schedule's hash, or its first twelve digits.</summary>
    public string? Schedule { get; init; }

    /// <summary>As on the page of runs: part of a name, an id, a schedule, a model or a data set.</summary>
    public string? Search { get; init; }

    /// <summary>The most runs to take of those that match, up to <see cref="MostRuns"/>; null for the default.</summary>
    public int? Most { get; init; }

    public bool IsEmpty => Runs.Count == 0 && Experiment is null && Schedule is null && Search is null;

    /// <summary>How many runs are taken at most.</summary>
    public int Limit => Math.Clamp(Most ?? (Runs.Count > 0 || Experiment is not null || Schedule is not null ? MostRuns : Preselected), 1, MostRuns);
}
