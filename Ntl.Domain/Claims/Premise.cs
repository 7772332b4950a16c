namespace Ntl.Domain.Claims;

/// <summary>Something that must be true before a quantity means anything or a law can be tested.</summary>
/// <param name="Id">Stable name, such as <c>heat-resolved</c>.</param>
/// <param name="Statement">What must be true, one sentence.</param>
/// <param name="Failure">What it means when it is not.</param>
/// <param name="IsSatisfied">Whether it is.</param>
public sealed record Premise(string Id, string Statement, PremiseFailure Failure, bool IsSatisfied)
{
    /// <summary>The number that was compared with <see cref="Threshold"/>; null where the premise is not about a number, or where there
    /// is none.</summary>
    public double? Measured { get; init; }

    /// <summary>What <see cref="Measured"/> is compared with; null where the premise is not about a number.</summary>
    public double? Threshold { get; init; }

    /// <summary>Of <see cref="Measured"/> and <see cref="Threshold"/>; may be empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Why it fails, one sentence with numbers; empty where it is satisfied.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What would make it true, one sentence; empty where it is satisfied or nothing would.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>Reason and remedy as one text.</summary>
    public string Explanation => Remedy.Length == 0 ? Reason : $"{Reason} {Remedy}";

    /// <summary>A premise about a number.</summary>
    /// <param name="id">Stable name.</param>
    /// <param name="statement">What must be true.</param>
    /// <param name="failure">What it means when it is not.</param>
    /// <param name="isSatisfied">Whether it is.</param>
    /// <param name="measured">The number; one that is not finite is left out.</param>
    /// <param name="threshold">What it is compared with.</param>
    /// <param name="unit">Of both.</param>
    /// <param name="reason">Used where the premise fails.</param>
    /// <param name="remedy">Used where the premise fails.</param>
    internal static Premise Of(
        string id, string statement, PremiseFailure failure, bool isSatisfied, double? measured, double? threshold, string unit,
        string reason, string remedy) =>
        new(id, statement, failure, isSatisfied)
        {
            Measured = measured is { } number && double.IsFinite(number) ? number : null,
            Threshold = threshold,
            Unit = unit,
            Reason = isSatisfied ? "" : reason,
            Remedy = isSatisfied ? "" : remedy,
        };

    /// <summary>A premise about a fact.</summary>
    /// <param name="id">Stable name.</param>
    /// <param name="statement">What must be true.</param>
    /// <param name="failure">What it means when it is not.</param>
    /// <param name="isSatisfied">Whether it is.</param>
    /// <param name="reason">Used where the premise fails.</param>
    /// <param name="remedy">Used where the premise fails.</param>
    internal static Premise Of(string id, string statement, PremiseFailure failure, bool isSatisfied, string reason, string remedy) =>
        Of(id, statement, failure, isSatisfied, null, null, "", reason, remedy);
}
