using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>An imported curve as a list shows it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">The run's name in the file, or the file's.</param>
/// <param name="FileName">Of the file.</param>
/// <param name="Format">Of the file.</param>
/// <param name="Steps">Updates of the whole path.</param>
/// <param name="SampleCount">Losses in it.</param>
/// <param name="PeakRate">The highest rate.</param>
/// <param name="IntrinsicTime">D at its end.</param>
/// <param name="LastLoss">The last loss; nats/token.</param>
/// <param name="CreatedAt">When it was imported.</param>
public sealed record ImportedCurve(
    RunId Id, string Name, string FileName, CurveFileFormat Format, long Steps, long SampleCount, double PeakRate, double IntrinsicTime, double LastLoss, DateTimeOffset CreatedAt)
{
    /// <summary>Its name in URLs and stored fits.</summary>
    public CurveRef Ref => new(CurveOrigin.File, Id);
}
