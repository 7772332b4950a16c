using Ntl.Domain.Laws;
using Ntl.Domain.Runs;
using Ntl.Web.Experiments;
using Ntl.Web.Laws;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>Curves, fits and suggestions in memory behind the ports that pages use.</summary>
internal sealed class FakeLaws : ICurveSources, IImportedCurves, IRunFamilies, ILawFits, ISuggestions
{
    public Dictionary<CurveRef, LossCurve> Curves { get; } = [];

    public List<ImportedCurve> Imported { get; } = [];

    public List<RunRow> Family { get; } = [];

    public List<(SavedFit Saved, LawFit Fit)> Saved { get; } = [];

    public List<SuggestionRequest> Requests { get; } = [];

    public Task<CurveReading> ReadAsync(CurveRef curve, CancellationToken cancellationToken) =>
        Task.FromResult(Curves.TryGetValue(curve, out var found) ? new CurveReading(new SourceCurve(curve, found, "validation loss", null), null) : new(null, $"There is no curve {curve}."));

    public Task<IReadOnlyList<ImportedCurve>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ImportedCurve>>(Imported);

    public async Task<SourceCurve?> ReadAsync(RunId id, CancellationToken cancellationToken) =>
        (await ReadAsync(new CurveRef(CurveOrigin.File, id), cancellationToken)).Curve;

    public Task<CurveImportOutcome> ImportAsync(CurveImport file, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(RunId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RunRow>> ListAsync(RunId run, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RunRow>>(Family);

    Task<IReadOnlyList<SavedFit>> ILawFits.ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SavedFit>>([.. Saved.Select(pair => pair.Saved)]);

    public Task<SavedFit?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Saved.Where(pair => pair.Saved.Id.Value == id).Select(pair => pair.Saved).FirstOrDefault());

    public Task<LawFit?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Saved.Where(pair => pair.Saved.Id.Value == id).Select(pair => pair.Fit).FirstOrDefault());

    public Task<FitOutcome> SaveAsync(string name, LawFit fit, IReadOnlyList<SourceCurve> sources, CancellationToken cancellationToken)
    {
        var saved = new SavedFit(RunId.New(), name, fit.Law.Kind, fit.TrainError, [.. sources.Select(source => new FitSource(source.Ref, source.Curve.Name, source.Measure))], null, null, null, null, DateTimeOffset.UnixEpoch);
        Saved.Add((saved, fit));
        return Task.FromResult(new FitOutcome(saved, []));
    }

    public async Task<SuggestionOutcome> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var advice = Ntl.Domain.Laws.Advice.ScheduleAdvisor.Suggest((await ReadAsync(request.FitId, cancellationToken))!, request.Constraints, request.Baseline, cancellationToken);
        return new(new Suggestion((await FindAsync(request.FitId, cancellationToken))!, request.Constraints, advice), []);
    }

    public Task<ExperimentProposal> ProposeAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExperimentProposal> QueueAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken) => throw new NotSupportedException();
}
