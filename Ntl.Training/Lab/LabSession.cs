using System.Diagnostics;
using System.Text.Json;
using Ntl.Domain.Claims;
using Ntl.Domain.Laboratory;
using Ntl.Domain.Plots;

namespace Ntl.Training.Lab;

/// <summary>Cards run one after the other on the command line.</summary>
internal sealed class LabSession(TextWriter output, TextWriter error, CancellationToken cancellationToken)
{
    public void List()
    {
        foreach (var card in LabCards.All)
        {
            output.WriteLine($"{card.Id,-20} {card.Title}");
            output.WriteLine($"{"",-20} knobs: {string.Join(", ", card.Knobs.Select(knob => $"{knob.Id}={knob.Text(knob.Default)}"))}");
        }
    }

    /// <summary>The cards with their values; null, with every problem told, when something is wrong.</summary>
    /// <param name="ids">Ids of cards.</param>
    /// <param name="settings">Texts such as <c>rate=0.1</c>.</param>
    public IReadOnlyList<(LabCard Card, KnobValues Values)>? Read(IEnumerable<string> ids, IReadOnlyCollection<string> settings)
    {
        List<(LabCard Card, KnobValues Values)> planned = [];
        var isSound = true;
        var pairs = settings.Select(setting => setting.Split('=', 2)).ToList();
        foreach (var odd in pairs.Where(pair => pair.Length < 2))
        {
            isSound = Refuse("--set", $"'{odd[0]}' is not of the form knob=value.");
        }

        var cards = ids.Select(id => (Id: id, Card: LabCards.Find(id))).ToList();
        foreach (var (id, card) in cards)
        {
            if (card is null)
            {
                isSound = Refuse(id, $"There is no such card; there are {string.Join(", ", LabCards.All.Select(known => known.Id))}.");
                continue;
            }

            // With several cards a setting is for those that have the knob.
            var mine = pairs.Where(pair => pair.Length == 2 && (cards.Count == 1 || card.Knobs.Any(knob => string.Equals(knob.Id, pair[0], StringComparison.Ordinal))));
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in mine)
            {
                texts[pair[0]] = pair[1];
            }

            if (KnobValues.TryParse(card, texts, out var values, out var problems))
            {
                planned.Add((card, values));
            }

            foreach (var problem in problems)
            {
                isSound = Refuse($"{card.Id}: {problem.Path}", problem.Message);
            }
        }

        return isSound ? planned : null;

        bool Refuse(string where, string message)
        {
            error.WriteLine($"{where}: {message}");
            return false;
        }
    }

    /// <summary>Runs and prints.</summary>
    /// <returns>Whether no claim fails.</returns>
    public bool Run(IReadOnlyList<(LabCard Card, KnobValues Values)> planned, LabFormat format, DirectoryInfo? plots)
    {
        List<(LabCard Card, LabResult Result)> done = [];
        foreach (var (card, values) in planned)
        {
            var start = Stopwatch.GetTimestamp();
            var result = card.Run(values, progress: null, cancellationToken);
            done.Add((card, result));
            if (format == LabFormat.Text)
            {
                PrintText(card, result, Stopwatch.GetElapsedTime(start));
            }
            else if (format == LabFormat.Json)
            {
                output.WriteLine(JsonSerializer.Serialize(new { card = card.Id, knobs = values.Texts().ToDictionary(StringComparer.Ordinal), outcome = result.Outcome.Text, claims = result.Claims.Select(claim => Row(card, claim)) }));
            }

            if (plots is not null)
            {
                WritePlots(plots, card, result);
            }
        }

        if (format == LabFormat.Markdown)
        {
            PrintMarkdown(done);
        }
        else if (format == LabFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { rows = done.SelectMany(pair => pair.Result.Claims.Select(claim => Row(pair.Card, claim))) }));
        }

        return done.All(pair => pair.Result.Claims.All(claim => claim.Verdict != ClaimVerdict.Fails));
    }

    private static void WritePlots(DirectoryInfo folder, LabCard card, LabResult result)
    {
        folder.Create();
        foreach (var (i, plot) in result.Plots.Index())
        {
            File.WriteAllText(Path.Combine(folder.FullName, FormattableString.Invariant($"{card.Id}-{i + 1}.svg")), PlotFile.Write(plot));
        }
    }

    private static object Row(LabCard card, Claim claim) => new
    {
        id = $"{card.Id}/{claim.Id}",
        row = claim.AcceptanceRow,
        comparison = claim.Comparison.ToString(),
        expected = claim.Expected,
        measured = claim.IsMeasured ? claim.Measured : (double?)null,
        standardError = claim.IsMeasured ? claim.StandardError : (double?)null,
        tolerance = claim.Tolerance,
        holds = claim.Verdict == ClaimVerdict.Holds,
        verdict = claim.Verdict.ToString(),
        unit = claim.Unit,
    };

    private void PrintText(LabCard card, LabResult result, TimeSpan elapsed)
    {
        output.WriteLine(FormattableString.Invariant($"{card.Id}: {card.Title}  ({elapsed.TotalMilliseconds:0} ms)"));
        if (result.Outcome.Text.Length > 0)
        {
            output.WriteLine($"  {result.Outcome.Text}");
        }

        foreach (var claim in result.Claims)
        {
            output.WriteLine($"  {ClaimText.Mark(claim.Verdict),-14} {(claim.AcceptanceRow > 0 ? $"[{claim.AcceptanceRow}]" : ""),-5}{claim.Text}: {claim.Symbol} = {ClaimText.Measured(claim)}, expected {ClaimText.Expectation(claim)}. {claim.Why}");
        }

        output.WriteLine();
    }

    private void PrintMarkdown(List<(LabCard Card, LabResult Result)> done)
    {
        output.WriteLine("| row | card | claim | quantity | expected | measured | verdict |");
        output.WriteLine("|--:|---|---|---|--:|--:|---|");
        foreach (var (card, claim) in done.SelectMany(pair => pair.Result.Claims.Select(claim => (pair.Card, Claim: claim)))
            .OrderBy(pair => pair.Claim.AcceptanceRow == 0 ? int.MaxValue : pair.Claim.AcceptanceRow))
        {
            var unit = claim.Unit.Length == 0 ? "" : $" ({claim.Unit})";
            output.WriteLine(
                $"| {(claim.AcceptanceRow == 0 ? "–" : claim.AcceptanceRow)} | {card.Id} | {ClaimText.Escape(claim.Text)} | {ClaimText.Escape(claim.Symbol + unit)} | {ClaimText.Expectation(claim)} | {ClaimText.Measured(claim)} | {ClaimText.Mark(claim.Verdict)} |");
        }
    }
}
