using Ntl.Domain.Leaderboard.Statistics;

namespace Ntl.Domain.Leaderboard;

/// <summary>An entry on the slice that its author never saw.</summary>
/// <param name="Mean">Mean loss over its counted seeds, nats/token.</param>
/// <param name="Gap">Held-out less public loss, mean over seeds, nats/token. Not 0 even for an honest entry, as one slice is harder than the other; what tells is a gap larger than the field's.</param>
/// <param name="GapInterval">Student's, of the gap, at the rules' confidence.</param>
/// <param name="BeatenBy">Entries that stand below it, differ significantly from it on the public slice, and have a lower mean on this one. Above 0 the public order is contradicted: a sign of tuning on the public slice.</param>
public sealed record HeldOutResult(double Mean, double Gap, Interval GapInterval, int BeatenBy)
{
    /// <summary>Whether the held-out slice contradicts the entry's rank.</summary>
    public bool IsContradicted => BeatenBy > 0;
}
