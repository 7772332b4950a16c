namespace Ntl.Web.Laws;

/// <summary>Reads loss curves of runs and of imported files alike.</summary>
public interface ICurveSources
{
    /// <summary>A curve as it is now: a run that trains gives what it has so far.</summary>
    Task<CurveReading> ReadAsync(CurveRef curve, CancellationToken cancellationToken);
}
