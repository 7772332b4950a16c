using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Laws;

/// <inheritdoc cref="ICurveSources"/>
internal sealed class CurveSources(IRunRecords records, IImportedCurves imported) : ICurveSources
{
    public async Task<CurveReading> ReadAsync(CurveRef curve, CancellationToken cancellationToken)
    {
        if (curve.Origin == CurveOrigin.File)
        {
            return await imported.ReadAsync(curve.Id, cancellationToken) is { } source
                ? new(source, null)
                : new(null, $"There is no imported curve {curve.Id}.");
        }

        return await records.FindAsync(curve.Id, cancellationToken) is { } record
            ? await Task.Run(() => RunCurve.Of(record), cancellationToken)
            : new(null, $"There is no run {curve.Id}.");
    }
}
