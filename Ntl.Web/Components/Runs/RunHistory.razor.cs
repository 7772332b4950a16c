using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>What happened to a run, newest first: changes of status and what its trainer recorded.</summary>
public sealed partial class RunHistory
{
    private const int EntriesShown = 100;

    private IReadOnlyList<RunEventRow>? _events;
    private bool _mustRender;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public RunDetail Detail { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // A run's figures come several times a second and are none of this list's; its events are read anew every few seconds.
        _mustRender = !ReferenceEquals(_events, Detail.Events);
        _events = Detail.Events;
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _mustRender;

    private IEnumerable<(DateTimeOffset At, string Title, string Text, string Name)> Entries() =>
        Detail.Events.Select(own => (own.At, RunWords.Title(own.Kind), TextOf(own), own.Kind == RunEventKind.Warning ? "warning" : "event"))
            .Concat(Detail.StatusChanges.Select(change => (change.At, change.To.ToString(), change.Reason, change.To.ToString().ToLowerInvariant())))
            .OrderByDescending(entry => entry.At)
            .Take(EntriesShown);

    private static string TextOf(RunEventRow own) =>
        own.Step is { } step ? $"step {Format.Count(step)}{(own.Message.Length > 0 ? $": {own.Message}" : "")}" : own.Message;
}
