namespace Ntl.Domain.Runs;

/// <summary>A named model shape.</summary>
/// <param name="Id">Short lower-case name, stable.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Model">The shape, with a byte vocabulary but for GPT-2 itself.</param>
public sealed record ModelPreset(string Id, string Title, ModelSpec Model)
{
    private const int ByteVocabulary = 256;
    private const int Gpt2Vocabulary = 50_257;

    /// <summary>All presets, smallest first.</summary>
    public static IReadOnlyList<ModelPreset> All { get; } =
    [
        Of("nano", 2, 2, 64, 64, ByteVocabulary),
        Of("micro", 4, 4, 128, 128, ByteVocabulary),
        Of("small", 6, 6, 192, 256, ByteVocabulary),
        Of("mini", 6, 6, 384, 256, ByteVocabulary),
        Of("gpt2", 12, 12, 768, 1024, Gpt2Vocabulary),
    ];

    /// <summary>Finds a preset by its id.</summary>
    /// <param name="id">The id; case matters.</param>
    /// <returns>The preset, or null when there is none of that id.</returns>
    public static ModelPreset? Find(string? id) => All.FirstOrDefault(preset => string.Equals(preset.Id, id, StringComparison.Ordinal));

    private static ModelPreset Of(string id, int layers, int heads, int width, int context, int vocabulary)
    {
        var model = new ModelSpec
        {
            LayerCount = layers,
            HeadCount = heads,
            EmbeddingWidth = width,
            ContextLength = context,
            VocabularySize = vocabulary,
        };
        var millions = model.ParameterCount / 1e6;
        return new(id, FormattableString.Invariant($"{id} · {millions:0.0}M · {layers} × {width}, context {context}"), model);
    }
}
