using System.Globalization;
using Ntl.Domain.Leaderboard;
using Ntl.Domain.Leaderboard.Statistics;
using Ntl.Domain.Leaderboard.Tracks;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Leaderboard;

namespace Ntl.Web.Components.Leaderboard;

/// <summary>How boards are put into words and digits.</summary>
internal static class BoardWords
{
    private const int MostDecimals = 6;

    /// <summary>A loss with as many decimals as its spread bears, two digits of it; "–" for none, "∞" for an entry with a diverged seed.</summary>
    /// <param name="loss">Nats per token.</param>
    /// <param name="spread">Its error or spread, nats per token; NaN where it is not known.</param>
    public static string Loss(double? loss, double spread = double.NaN) => loss switch
    {
        null or double.NaN => "–",
        double.PositiveInfinity => "∞",
        { } value => value.ToString($"F{Decimals(spread)}", CultureInfo.InvariantCulture),
    };

    /// <summary>A difference of losses, with its sign.</summary>
    public static string Difference(double difference, double spread) =>
        double.IsFinite(difference) ? difference.ToString($"+0.{new string('0', Decimals(spread))};−0.{new string('0', Decimals(spread))}", CultureInfo.InvariantCulture) : "–";

    /// <summary>An interval as "low … high".</summary>
    public static string Interval(Interval? interval, bool isDifference = false) =>
        interval is not { } some || !double.IsFinite(some.Low) || !double.IsFinite(some.High) ? "–"
        : isDifference ? $"{Difference(some.Low, some.High - some.Low)} … {Difference(some.High, some.High - some.Low)}"
        : $"{Loss(some.Low, some.High - some.Low)} … {Loss(some.High, some.High - some.Low)}";

    /// <summary>A p-value.</summary>
    public static string P(double p) => p switch
    {
        double.NaN => "–",
        >= 1 => "1",
        < 1e-4 => "< 0.0001",
        _ => p.ToString("G2", CultureInfo.InvariantCulture),
    };

    public static string Tokens(double? tokens) => tokens switch
    {
        null or double.NaN => "–",
        double.PositiveInfinity => "missed",
        { } value => Format.Compact(value),
    };

    /// <summary>An entry's place: its group, or why it has none.</summary>
    public static string Place(BoardRow row) => row.State switch
    {
        EntryState.Ranked or EntryState.Diverged => row.Rank!.Value.ToString(CultureInfo.InvariantCulture),
        EntryState.Provisional => "prov.",
        _ => "–",
    };

    /// <summary>Why an entry stands as it does; null where its rank says it.</summary>
    public static string? Why(BoardRow row, RuleBook rules) => row.State switch
    {
        EntryState.Diverged => MeanNote(row),
        EntryState.Provisional => row.Waiting > 0
            ? $"{row.Waiting} of its first {rules.BatchSize} seeds still to come"
            : $"fewer than {rules.MinimumSeeds} seeds in complete batches",
        EntryState.Incomplete => row.Stopped == 1 ? "one run was stopped: resume it to its end" : $"{row.Stopped} runs were stopped: resume them to their end",
        _ => null,
    };

    /// <summary>What makes an entry's mean infinite; null for a finite one.</summary>
    public static string? MeanNote(BoardRow row) => row.Diverged == 0 ? null
        : FormattableString.Invariant($"{row.Diverged} of {row.Seeds} seeds diverged or exploded, which counts as ∞: no finite mean");

    /// <summary>A seed's final loss, or that it diverged or exploded and counts as ∞.</summary>
    /// <param name="final">Under the board's rules.</param>
    /// <param name="spread">Of the loss, nats per token; NaN where it is not known.</param>
    public static string Loss(FinalLoss final, double spread)
    {
        ArgumentNullException.ThrowIfNull(final);
        return final.State switch
        {
            FinalLossState.Diverged => "∞ (diverged)",
            FinalLossState.Exploded => "∞ (exploded)",
            _ => Loss(final.Value, spread),
        };
    }

    public static string Purpose(SeedPurpose purpose) => purpose switch
    {
        SeedPurpose.Submission => "Submission",
        SeedPurpose.MoreSeeds => "More seeds",
        SeedPurpose.Reproduction => "Reproduction",
        SeedPurpose.Challenge => "Challenge",
        _ => "Robustness",
    };

    /// <summary>What the board says of its top, in a sentence.</summary>
    public static string Headline(TrackBoard board)
    {
        var top = board.Standings.Where(standing => standing.Row is { State: EntryState.Ranked, Rank: 1 }).ToList();
        return top switch
        {
            [] => "No entry is ranked yet.",
            [var only] when board.Standings.Count(standing => standing.Row.State == EntryState.Ranked) == 1 => $"{only.Entry.Name} is the only ranked entry.",
            [var only] => $"{only.Entry.Name} is lower than every other ranked entry.",
            [var first, ..] => $"{top.Count} entries are tied at the top; {first.Entry.Name} has the lowest mean, which alone means nothing.",
        };
    }

    private static int Decimals(double spread) =>
        double.IsFinite(spread) && spread > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(spread)), 2, MostDecimals) : 4;
}
