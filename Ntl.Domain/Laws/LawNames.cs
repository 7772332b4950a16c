namespace Ntl.Domain.Laws;

/// <summary>What laws are called.</summary>
public static class LawNames
{
    private static readonly (LawKind Kind, string Key, string Title)[] s_names =
    [
        (LawKind.PowerLaw, "powerLaw", "power law in D"),
        (LawKind.Equilibrium, "equilibrium", "D and η_min in equilibrium"),
        (LawKind.Newton, "newton", "Newton's cooling, one mode"),
        (LawKind.Spectrum, "spectrum", "heat-capacity spectrum"),
        (LawKind.RiverSpectrum, "riverSpectrum", "spectrum with river exponent"),
        (LawKind.Tissue, "tissue", "momentum law (Tissue)"),
        (LawKind.MultiPower, "multiPower", "Multi-Power Law"),
        (LawKind.FunctionalScaling, "functionalScaling", "Functional Scaling Law"),
        (LawKind.AdaptiveSpectrum, "adaptiveSpectrum", "spectrum over an adaptive bath, slowed river"),
        (LawKind.PeakTransfer, "transfer", "transfer law, remembered rate"),
    ];

    /// <summary>Every law, simplest first.</summary>
    public static IReadOnlyList<LawKind> All { get; } = [.. s_names.Select(name => name.Kind)];

    /// <summary>The name in JSON and URLs, e.g. <c>riverSpectrum</c>.</summary>
    public static string KeyOf(LawKind kind) => Find(kind).Key;

    /// <summary>The name for people, e.g. "spectrum with river exponent".</summary>
    public static string TitleOf(LawKind kind) => Find(kind).Title;

    /// <summary>The law of a key; null where there is none.</summary>
    public static LawKind? Parse(string key) => s_names.Where(name => string.Equals(name.Key, key, StringComparison.Ordinal)).Select(name => (LawKind?)name.Kind).FirstOrDefault();

    private static (LawKind Kind, string Key, string Title) Find(LawKind kind) =>
        Array.Find(s_names, name => name.Kind == kind) is { Key: not null } found ? found : throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such law.");
}
