namespace Ntl.Domain.Laws;

/// <summary>One number of a law.</summary>
/// <param name="Symbol">As in formulas: κ, L₀.</param>
/// <param name="Name">In words.</param>
/// <param name="Value">What the law computes with.</param>
/// <param name="Low">Lower end of the 90 % interval over bootstrap replicates; null where there are none, or where the number was not fitted.</param>
/// <param name="High">Upper end.</param>
/// <param name="Unit">Unit in words; empty for a pure number.</param>
/// <param name="Reading">Its physical meaning, a sentence.</param>
public sealed record LawParameter(string Symbol, string Name, double Value, double? Low, double? High, string Unit, string Reading);
