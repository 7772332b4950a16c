using System.Globalization;
using Microsoft.AspNetCore.Components;
using Ntl.Web.Experiments;

namespace Ntl.Web.Components.Experiments;

/// <summary>How much of an experiment is done, its trunk's steps left out.</summary>
public sealed partial class ExperimentProgress
{
    [Parameter, EditorRequired]
    public ExperimentRow Experiment { get; set; } = null!;

    private string Percent => (100 * Experiment.Progress).ToString("0.#", CultureInfo.InvariantCulture);
}
