using System.Globalization;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>A track while it is typed: what a run fixes, and what is said beside it.</summary>
/// <param name="run">Whose model, data, batch, steps and optimizer; null while they are not right.</param>
internal sealed class TrackDraft(RunSpec? run)
{
    private IReadOnlyList<SpecProblem> _problems = [];

    public string Name { get; set; } = run is null ? "" : $"{run.Dataset.Name}, {run.TotalSteps.ToString(CultureInfo.InvariantCulture)} steps";

    public string By { get; set; } = "";

    public string Note { get; set; } = "";

    public string TargetLoss { get; set; } = "";

    public string HeldOutBatches { get; set; } = (run?.HeldOutBatches ?? run?.ValidationBatches)?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>What would be fixed, for the page to show.</summary>
    public SavedTrack? Preview => run is null ? null : new("", TrackSpec.From(run, Name, RuleBook.Current.Version), TrackSpecJson.Hash(TrackSpec.From(run, Name, RuleBook.Current.Version)), By, Note, default);

    /// <summary>What is wrong beside no field of its own.</summary>
    public string? General => _problems.FirstOrDefault(problem => problem.Path is not ("name" or "by" or "note" or "targetLoss" or "heldOutBatches"))?.Message;

    public string? ProblemOf(string path) => _problems.FirstOrDefault(problem => string.Equals(problem.Path, path, StringComparison.Ordinal))?.Message;

    public void Refuse(IReadOnlyList<SpecProblem> problems) => _problems = problems;

    /// <summary>The track as typed; null where a number cannot be read, which is then said beside its field.</summary>
    public NewTrack? Read()
    {
        if (run is null)
        {
            Refuse([new("", "What the track would fix is not right yet: change it first.")]);
            return null;
        }

        List<SpecProblem> problems = [];
        double? target = null;
        if (TargetLoss.Trim().Length > 0)
        {
            target = double.TryParse(TargetLoss, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss) ? loss : null;
            problems.AddRange(target is null ? [new("targetLoss", $"'{TargetLoss}' is not a number.")] : []);
        }

        if (!int.TryParse(HeldOutBatches, NumberStyles.None, CultureInfo.InvariantCulture, out var heldOut))
        {
            problems.Add(new("heldOutBatches", $"'{HeldOutBatches}' is not a whole number."));
        }

        Refuse(problems);
        return problems.Count > 0 ? null : new(TrackSpec.From(run, Name.Trim(), RuleBook.Current.Version) with { TargetLoss = target, HeldOutBatches = heldOut }, By, Note);
    }
}
