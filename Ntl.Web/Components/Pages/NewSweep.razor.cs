using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Components.Composer;
using Ntl.Web.Components.Experiments;
using Ntl.Web.Components.Layout;
using Ntl.Web.Experiments;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Pages;

/// <summary>Lays a sweep out from a run, shows its cost and queues it; the URL holds the layout.</summary>
public sealed partial class NewSweep
{
    private const int MostProblems = 8;

    // A whole schedule is too long for a line: those are swept over the API.
    private static readonly SweepKnob[] s_knobs = [.. Enum.GetValues<SweepKnob>().Where(knob => knob != SweepKnob.Schedule).OrderBy(knob => knob == SweepKnob.PeakRate ? 0 : 1)];

    private RunDetail? _detail;
    private SweepDraft _draft = new();
    private ExperimentPlan? _plan;
    private SweepCost? _cost;
    private IReadOnlyList<RunRow> _history = [];
    private IReadOnlyList<SpecProblem> _problems = [];
    private bool _isMissing;
    private bool _isQueueing;
    private PageUrl _url = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IRunQueries Queries { get; set; } = null!;

    [Inject]
    private ISweeps Sweeps { get; set; } = null!;

    private int CellCount => _plan!.Members.DistinctBy(member => member.Spec.Experiment!.Sweep!.Cell, StringComparer.Ordinal).Count();

    // What no field shows beside itself.
    private IReadOnlyList<SpecProblem> Others => [.. _problems.Where(problem => problem.Path is not ("seedCount" or "stop.rungs" or "stop.spreads") && !problem.Path.StartsWith("knobs[", StringComparison.Ordinal))];

    /// <inheritdoc/>
    protected override void OnInitialized() => _url = new(Navigation);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_url.ReadNew() is not { } query)
        {
            return;
        }

        _draft = SweepDraft.FromQuery(query);
        _detail = RunId.TryParse(_draft.From, out var id) ? await Queries.FindAsync(id, Ended) : null;
        _isMissing = _detail is null;
        if (_detail is { } detail)
        {
            _draft = _draft.WithFirstKnob(detail.Spec.Schedule);
            _history = await CostEstimate.ReadHistoryAsync(Queries, Ended);
            await ProposeAsync();
        }
    }

    private static SweepKnob? KnobOf(string? name) => s_knobs.Cast<SweepKnob?>().FirstOrDefault(knob => string.Equals(SweepDraft.NameOf(knob!.Value), name, StringComparison.Ordinal));

    private string KnobName(int row) => _draft.Rows[row].Knob is { } knob ? SweepDraft.NameOf(knob) : "";

    private string HintOf(int row) => _draft.Rows[row].Knob switch
    {
        null => "",
        SweepKnob.DecayShape => string.Join(", ", Enum.GetNames<DecayShape>().Select(name => $"{char.ToLowerInvariant(name[0])}{name[1..]}")),
        SweepKnob.Model => string.Join(", ", ModelPreset.All.Select(model => model.Id)),
        SweepKnob.PeakRate => "All rates are scaled with the peak. A higher peak is hotter until it decays.",
        SweepKnob.TotalSteps => "Every phase is stretched with the total.",
        SweepKnob.WarmupSteps => "The total stays; the hold, or the decay, gives the steps.",
        SweepKnob.DecayFraction => "Share of all steps, above 0 and at most 1; the hold gives the steps.",
        SweepKnob.BatchSize or SweepKnob.GradientAccumulationSteps => "Cells are compared after equal steps, not equal tokens.",
        _ => "With commas between them.",
    };

    private string? ProblemOf(string field) => _problems.FirstOrDefault(problem => string.Equals(problem.Path, field, StringComparison.Ordinal))?.Message;

    private string? ProblemOfRow(int row)
    {
        var place = _draft.UsedRows().ToList().IndexOf(row);
        var start = string.Create(CultureInfo.InvariantCulture, $"knobs[{place}]");
        return place < 0 ? null : _problems.FirstOrDefault(problem => problem.Path.StartsWith(start, StringComparison.Ordinal))?.Message;
    }

    private async Task ShowAsync(SweepDraft draft)
    {
        _draft = draft;
        _url.Write("/experiments/sweep", draft.ToQuery());
        await ProposeAsync();
    }

    private async Task ProposeAsync()
    {
        (_plan, _cost) = (null, null);
        List<SpecProblem> problems = [];
        if (_draft.Read(_detail!.Run.Id, problems) is not { } request)
        {
            _problems = problems;
            return;
        }

        var draft = _draft;
        var proposal = await Sweeps.ProposeAsync(request, Ended);
        if (ReferenceEquals(draft, _draft)) // else a later letter or click has asked for something else
        {
            (_plan, _problems) = (proposal.Plan, proposal.Problems);
            _cost = _plan is null ? null : SweepCost.Of(_plan, _history);
        }
    }

    private async Task QueueAsync()
    {
        List<SpecProblem> problems = [];
        if (_isQueueing || _plan is null || _draft.Read(_detail!.Run.Id, problems) is not { } request)
        {
            return;
        }

        _isQueueing = true;
        try
        {
            var proposal = await Sweeps.QueueAsync(request, Ended);
            _problems = proposal.Problems;
            if (proposal.Plan is { } plan)
            {
                Navigation.NavigateTo($"/experiments/{plan.Id}");
            }
        }
        finally
        {
            _isQueueing = false;
        }
    }
}
