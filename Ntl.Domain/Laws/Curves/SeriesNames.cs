using System.Collections.Immutable;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Which series is which, by its name. Case and signs do not matter: <c>train/loss</c> and <c>Train Loss</c> are one.</summary>
internal static class SeriesNames
{
    // In the order in which they are preferred: a measured validation loss has no noise of the batch.
    private static readonly ImmutableArray<string> s_losses =
        ["loss", "valloss", "validationloss", "evalloss", "testloss", "trainloss", "trainingloss", "losstrain", "lossval", "lossvalidation", "crossentropy", "nll"];

    private static readonly ImmutableArray<string> s_rates =
        ["lr", "learningrate", "eta", "η", "trainlr", "trainlearningrate", "lrgroup0", "rate", "optimizerlr", "lradamw", "lradam"];

    private static readonly ImmutableArray<string> s_steps =
        ["step", "steps", "globalstep", "trainglobalstep", "trainerglobalstep", "iter", "iteration", "iterations", "update", "updates", "trainstep", "batch"];

    public static bool IsStep(string name) => s_steps.Contains(Bare(name), StringComparer.Ordinal);

    public static string? FindStep(IEnumerable<string> names) => Find(names, s_steps);

    /// <summary>The loss's series; null where no name says it.</summary>
    public static string? FindLoss(IReadOnlyList<string> names) =>
        Find(names, s_losses) ?? names.FirstOrDefault(name => Bare(name).EndsWith("loss", StringComparison.Ordinal)) ?? names.FirstOrDefault(name => Bare(name).Contains("loss", StringComparison.Ordinal));

    /// <summary>The learning rate's series; null where no name says it.</summary>
    public static string? FindRate(IReadOnlyList<string> names) =>
        Find(names, s_rates) ?? names.FirstOrDefault(name => Bare(name) is var bare && (bare.Contains("learningrate", StringComparison.Ordinal) || bare.EndsWith("lr", StringComparison.Ordinal)));

    private static string? Find(IEnumerable<string> names, ImmutableArray<string> known) =>
        names.Select(name => (Name: name, Place: known.IndexOf(Bare(name)))).Where(found => found.Place >= 0).OrderBy(found => found.Place).Select(found => found.Name).FirstOrDefault();

    private static string Bare(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
