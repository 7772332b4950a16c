using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>A wish for seeds while it is typed, with what was found wrong.</summary>
internal sealed class AskDraft
{
    private IReadOnlyList<SpecProblem> _problems = [];

    public SeedPurpose Purpose { get; set; } = SeedPurpose.MoreSeeds;

    public string By { get; set; } = "";

    public string Reason { get; set; } = "";

    public string Against { get; set; } = "";

    public string? General => _problems.FirstOrDefault(problem => problem.Path.Length == 0 || problem.Path.StartsWith("runs", StringComparison.Ordinal))?.Message;

    public string? ProblemOf(string path) => _problems.FirstOrDefault(problem => string.Equals(problem.Path, path, StringComparison.Ordinal))?.Message;

    public void Refuse(IReadOnlyList<SpecProblem> problems) => _problems = problems;

    public SeedRequest ToRequest() => new(Purpose, By, Reason, Against.Length == 0 || Purpose is SeedPurpose.Reproduction or SeedPurpose.Robustness ? null : Against);
}
