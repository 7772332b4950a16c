using Ntl.Domain.Experiments;
using Ntl.Domain.Thermodynamics.Runs;
using Ntl.Web.Components.Lab;
using Ntl.Web.Thermodynamics;

namespace Ntl.Web.Experiments;

/// <summary>Reads an experiment's runs and reports what they show, a few experiments at a time.</summary>
internal sealed class ExperimentReports(IRunRecords records, LabGate gate)
{
    /// <summary>The report of what is stored now; runs may be missing or unfinished.</summary>
    public async Task<ExperimentReport> ReadAsync(ExperimentRow experiment, CancellationToken cancellationToken)
    {
        using var place = await gate.EnterAsync(cancellationToken);
        List<RunRecord> read = [];
        foreach (var run in experiment.Trunks.Concat(experiment.Members))
        {
            var find = experiment.Kind == ExperimentKind.Sweep ? records.FindLossesAsync(run.Id, cancellationToken) : records.FindAsync(run.Id, cancellationToken);
            if (await find is { } record)
            {
                read.Add(record);
            }
        }

        return await Task.Run(() => ExperimentReport.Of(experiment.Kind, read), cancellationToken);
    }
}
