using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Web.Queue;

namespace Ntl.Web.Components.Runs;

/// <summary>How many of a run's steps are done, as a bar.</summary>
public sealed partial class RunProgress
{
    [Parameter, EditorRequired]
    public RunRow Run { get; set; } = null!;

    private string Percent => (100 * Run.Progress).ToString("0.#", CultureInfo.InvariantCulture);
}
