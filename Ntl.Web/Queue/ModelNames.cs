using Ntl.Domain.Runs;

namespace Ntl.Web.Queue;

/// <summary>What lists call a model: its preset's id, or its shape.</summary>
public static class ModelNames
{
    public static string Of(ModelSpec model) =>
        ModelPreset.All.FirstOrDefault(preset => preset.Model == model)?.Id
        ?? FormattableString.Invariant($"{model.LayerCount} × {model.EmbeddingWidth}, {model.ParameterCount / 1e6:0.0}M");
}
