using Ntl.Domain.Runs;

namespace Ntl.Web.Components.Composer;

/// <summary>The draft on the page and what it amounts to; given to the composer's fields as a cascading value.</summary>
internal sealed class ComposerState(RunDraft draft)
{
    private IReadOnlyList<DatasetSpec> _datasets = [];
    private DraftReading? _reading;

    /// <summary>Called when a person has given a field another text.</summary>
    public Action? Changed { get; set; }

    public RunDraft Draft { get; private set; } = draft;

    public DraftReading Reading => _reading ??= DraftReader.Read(Draft, _datasets);

    public void Set(string field, string text)
    {
        Draft[field] = text;
        _reading = null;
        Changed?.Invoke();
    }

    public void Load(RunDraft draft)
    {
        Draft = draft;
        _reading = null;
    }

    public void Offer(IReadOnlyList<DatasetSpec> datasets)
    {
        _datasets = datasets;
        _reading = null;
    }

    /// <summary>Shows problems that only the server could find, until the draft changes.</summary>
    public void Refuse(IEnumerable<SpecProblem> problems) =>
        _reading = Reading with { Spec = null, Problems = [.. DraftReader.FieldsOf(Draft, problems)] };
}
