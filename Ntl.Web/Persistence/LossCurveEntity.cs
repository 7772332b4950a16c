namespace Ntl.Web.Persistence;

/// <summary>Table <c>loss_curves</c>: a curve that was imported from a file. Never changed.</summary>
public sealed class LossCurveEntity
{
    /// <summary>Ten characters, formed like a run's.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string FileName { get; set; }

    public required string Format { get; set; }

    /// <summary>SHA-256 of the file.</summary>
    public required string FileHash { get; set; }

    /// <summary>Updates of the whole path.</summary>
    public long Steps { get; set; }

    public long SampleCount { get; set; }

    public double PeakRate { get; set; }

    public double IntrinsicTime { get; set; }

    public double LastLoss { get; set; }

    /// <summary>The samples, as <c>ImportedSamples</c> writes them.</summary>
    public required string SamplesJson { get; set; }

    public long CreatedTicks { get; set; }
}
