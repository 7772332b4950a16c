namespace Ntl.Web.Persistence;

/// <summary>Table <c>law_fits</c>: a fitted law that was saved. Never changed, and whole in itself: what becomes of its sources does not matter to it.</summary>
public sealed class LawFitEntity
{
    /// <summary>Ten characters, formed like a run's.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The law's key, such as <c>newton</c>.</summary>
    public required string Law { get; set; }

    /// <summary>Canonical JSON of the fit.</summary>
    public required string FitJson { get; set; }

    /// <summary>The curves that it was fitted to.</summary>
    public required string SourcesJson { get; set; }

    public double TrainError { get; set; }

    /// <summary>The family of the runs among the sources; null where all were files, or the runs differ.</summary>
    public string? FamilyKey { get; set; }

    public string? ModelName { get; set; }

    public string? DatasetName { get; set; }

    public string? DatasetHash { get; set; }

    public long CreatedTicks { get; set; }
}
