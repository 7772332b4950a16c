using Ntl.Domain.Numbers;
using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>What lists call a model: its preset's id, or its shape.</summary>
public static class ModelNames
{
    // Below it a tenth of a million is no longer a size.
    private const int FewestInMillions = 100_000;

    public static string Of(ModelSpec model) =>
        ModelPreset.All.FirstOrDefault(preset => preset.Model == model)?.Id
        ?? FormattableString.Invariant($"{model.LayerCount} × {model.EmbeddingWidth}, {Size(model.ParameterCount)}");

    private static string Size(long parameters) => parameters < FewestInMillions
        ? CountFormat.Compact(parameters)
        : FormattableString.Invariant($"{parameters / 1e6:0.0}M");
}
