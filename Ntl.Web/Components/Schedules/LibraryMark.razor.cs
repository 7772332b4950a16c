using Microsoft.AspNetCore.Components;
using Ntl.Domain.Runs;
using Ntl.Web.Schedules;

namespace Ntl.Web.Components.Schedules;

/// <summary>Where a run's schedule stands in the library, or how to put it there.</summary>
public sealed partial class LibraryMark
{
    private IReadOnlyList<KnownSchedule>? _known;
    private string? _looked;

    [Inject]
    private IScheduleLibrary Library { get; set; } = null!;

    /// <summary>The schedule's content hash.</summary>
    [Parameter, EditorRequired]
    public string Hash { get; set; } = "";

    /// <summary>The run whose schedule it is.</summary>
    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!string.Equals(_looked, Hash, StringComparison.Ordinal))
        {
            _looked = Hash;
            _known = await Library.FindByHashAsync(Hash, CancellationToken.None);
        }
    }
}
