namespace Ntl.Web.Live;

/// <summary>Points that an attempt measured after the checkpoint from which a later attempt went on.</summary>
public sealed record OrphanedTail(int Attempt, IReadOnlyList<double> X, IReadOnlyList<double> Y);
