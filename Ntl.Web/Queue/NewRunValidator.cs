using Ntl.Domain.Runs;
using Ntl.Training.Data;
using Ntl.Web.Configuration;
using Ntl.Web.Datasets;

namespace Ntl.Web.Queue;

/// <summary>Says what keeps a spec from being queued on this server: its own rules, the data at hand, the devices at hand.</summary>
public sealed class NewRunValidator(IDatasetCatalog catalog, NtlOptions options)
{
    public async Task<IReadOnlyList<SpecProblem>> ValidateAsync(RunSpec spec, CancellationToken cancellationToken)
    {
        List<SpecProblem> problems = [.. RunSpecValidator.Validate(spec)];
        if (problems.Count > 0)
        {
            return problems;
        }

        if (!options.DeviceNames.Contains(spec.Device, StringComparer.Ordinal))
        {
            problems.Add(new SpecProblem("device", $"This server has no device '{spec.Device}'; it has {string.Join(", ", options.DeviceNames)}."));
        }

        // Only what the catalog lists: a path in a spec must not make the trainer read any other file of the server.
        var dataset = await catalog.FindAsync(spec.Dataset.Name, cancellationToken);
        if (dataset is null)
        {
            problems.Add(new SpecProblem("dataset.name", $"There is no data set '{spec.Dataset.Name}'."));
        }
        else if (dataset.ToSpec() != spec.Dataset with { ValidationFraction = dataset.ToSpec().ValidationFraction })
        {
            problems.Add(new SpecProblem("dataset", $"The spec's path, format or hash is not that of the data set '{spec.Dataset.Name}' on this server."));
        }
        else if (FitProblem(dataset, spec) is { } problem)
        {
            problems.Add(problem);
        }

        return problems;
    }

    private static SpecProblem? FitProblem(DatasetRow dataset, RunSpec spec)
    {
        try
        {
            new DatasetInspection(dataset.Format, dataset.SizeBytes, dataset.TokenCount, dataset.VocabularySize - 1, dataset.Hash)
                .RequireFits(spec.Model, spec.HeldOutBatches is null ? spec.Dataset.ValidationFraction : spec.Dataset.ValidationFraction / 2);
            return null;
        }
        catch (DatasetException exception)
        {
            return new SpecProblem(exception.Problem == DatasetProblem.TokenOutOfRange ? "model.vocabularySize" : "dataset.validationFraction", exception.Message);
        }
    }
}
