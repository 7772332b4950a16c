using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Ntl.Web.Api;
using Ntl.Web.Components.Formatting;
using Ntl.Web.Components.Leaderboard;
using Ntl.Web.Leaderboard;
using Ntl.Web.Load;
using Ntl.Web.Queue;

namespace Ntl.Web.Exports;

/// <summary>A track's board as a file of its own: what is fixed, every row, every seed, the rules, and all of it as JSON.</summary>
internal static class BoardExport
{
    private const int EntriesDrawn = 60;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/tracks/{id}/export.html", SendAsync).ExcludeFromDescription().IsHeavy();

    /// <summary>The file's text.</summary>
    public static string Write(TrackBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        var spec = board.Track.Spec;
        var export = new HtmlExport(spec.Name, board.ReadAt, $"The board of a track opened by {board.Track.By}, ranked by rules {board.Rules.Version}: {board.Standings.Count} entries, {board.RunCount} runs. {board.Track.Note}".Trim());
        export.Facts(
        [
            ("Model", ModelNames.Of(spec.Model)),
            ("Data", $"{spec.Dataset.Name}, SHA-256 {spec.Dataset.Hash}"),
            ("Steps", Format.Count(spec.Steps)),
            ("Budget", $"{Format.Count(spec.Tokens)} tokens"),
            ("Batch", $"{spec.BatchSize} × {spec.GradientAccumulationSteps} × {spec.Model.ContextLength} tokens"),
            ("Optimizer", spec.Optimizer.Kind.ToString()),
            ("Precision", $"{spec.Precision} on {spec.Device}"),
            ("Slices", $"{spec.ValidationBatches} + {spec.HeldOutBatches} batches"),
            ("Track's hash", board.Track.SpecHash),
        ]);
        export.Heading("Board").Paragraph($"{BoardWords.Headline(board)} {Format.Count(board.Board.SeparatedPairs)} of {Format.Count(board.Board.Pairs)} pairs differ significantly at the {Format.Percent(board.Rules.Level)} level of the whole board.");
        export.Table(
            $"Mean loss after the last step on the public slice, with its {Format.Percent(board.Rules.Confidence)} interval (Student); entries of one group are tied",
            ["Entry", "By", "Group", "Mean (nats/token)", "Interval", "n", "σ", "To target (tokens)", "Held out", "D", "η min", "Schedule"],
            board.Standings.Select(RowOf));
        export.Chart(SeedsOf(board));
        export.Heading("Every seed").Table(
            "Seeds are drawn by the server; none is left out",
            ["Run", "Entry", "Batch", "Seed", "State", "Loss (nats/token)", "Held out"],
            board.Standings.SelectMany(standing => standing.Runs.Select(run => (IReadOnlyList<string>)
            [
                run.Id.Value,
                standing.Entry.Name,
                run.RateFactor is { } factor ? $"{run.Batch}, rates × {Format.Number(factor)}" : run.Batch.ToString(CultureInfo.InvariantCulture),
                run.Seed.ToString(CultureInfo.InvariantCulture),
                run.Status.ToString(),
                BoardWords.Loss(standing.FinalOf(run), standing.Row.StandardDeviation / 10),
                standing.Row.HeldOut is null ? "–" : BoardWords.Loss(run.HeldOutLoss, standing.Row.StandardDeviation / 10),
            ])));
        export.Heading("Search cost").Table(
            "What each author has spent on this track",
            ["Author", "Entries", "Runs", "Trained (tokens)"],
            board.Authors.Select(author => (IReadOnlyList<string>)[author.By, Format.Count(author.EntryCount), Format.Count(author.RunCount), Format.Count(author.Tokens)]));
        export.Heading($"Rules, version {board.Rules.Version}");
        foreach (var (i, sentence) in board.Rules.Sentences.Index())
        {
            export.Paragraph($"{i + 1}. {sentence}");
        }

        return export.Data("ntl-data", BoardAnswer.Of(board)).Write();
    }

    private static async Task<IResult> SendAsync(string id, [FromServices] ITrackBoards boards, CancellationToken cancellationToken, string? rules = null) =>
        await boards.ReadAsync(id, rules, cancellationToken) is { } board
            ? TypedResults.File(Encoding.UTF8.GetBytes(Write(board)), "text/html; charset=utf-8", $"ntl-track-{id}.html")
            : TypedResults.NotFound();

    private static IReadOnlyList<string> RowOf(EntryStanding standing) =>
    [
        standing.Entry.Name,
        standing.Entry.By,
        BoardWords.Place(standing.Row),
        BoardWords.Loss(standing.Row.Mean, standing.Row.StandardDeviation),
        BoardWords.Interval(standing.Row.Interval),
        standing.Row.Seeds.ToString(CultureInfo.InvariantCulture),
        BoardWords.Loss(double.IsNaN(standing.Row.StandardDeviation) ? null : standing.Row.StandardDeviation, standing.Row.StandardDeviation),
        BoardWords.Tokens(standing.Row.MedianTokensToTarget),
        BoardWords.Loss(standing.Row.HeldOut?.Mean, standing.Row.StandardDeviation),
        Format.Number(standing.Entry.Schedule.IntrinsicTime),
        Format.Rate(standing.Entry.Schedule.Minimum),
        standing.Entry.Schedule.Description,
    ];

    private static string NoteOf(TrackBoard board)
    {
        var diverged = board.Standings.Take(EntriesDrawn).Sum(standing => standing.Seeds.Count(seed => seed.HasDiverged));
        return string.Join(' ', new[]
        {
            board.Standings.Count > EntriesDrawn ? $"The first {EntriesDrawn} of {Format.Count(board.Standings.Count)} entries." : null,
            diverged > 0 ? $"{Format.Count(diverged)} {(diverged == 1 ? "seed" : "seeds")} diverged or exploded and cannot be drawn." : null,
        }.OfType<string>());
    }

    // Each entry at its place: a dot a seed, and beside them the ends of its interval.
    private static ExportChart SeedsOf(TrackBoard board)
    {
        List<double> seedX = [], seedY = [], intervalX = [], intervalY = [];
        foreach (var (i, standing) in board.Standings.Take(EntriesDrawn).Index())
        {
            foreach (var loss in standing.Losses)
            {
                seedX.Add(i + 1);
                seedY.Add(loss);
            }

            if (standing.Row.Interval is { } interval && double.IsFinite(interval.Low) && double.IsFinite(interval.High))
            {
                intervalX.AddRange([i + 1.15, i + 1.15]);
                intervalY.AddRange([interval.Low, interval.High]);
            }
        }

        return new ExportChart("Seeds and intervals, nats/token", "place on the board", [new("seeds", 1, 0, seedX, seedY), new($"{Format.Percent(board.Rules.Confidence)} interval of the mean, its ends", 2, 0, intervalX, intervalY)])
        {
            IsScatter = true,
            Note = NoteOf(board),
        };
    }
}
