using System.CommandLine;
using Ntl.Domain.Laws;
using Ntl.Training.Laws;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train laws</c>: fits laws to some loss curves of a directory and predicts the others.</summary>
internal static class LawsCommand
{
    private static readonly Dictionary<string, MultiPowerLaw> s_published = new(StringComparer.Ordinal)
    {
        ["25M"] = MultiPowerLaw.Published25M,
        ["100M"] = MultiPowerLaw.Published100M,
        ["400M"] = MultiPowerLaw.Published400M,
    };

    // In place of a law: whatever each curve's prediction is best left to.
    private const string Auto = "auto";

    public static Command Create()
    {
        Option<DirectoryInfo> data = new("--data") { Description = "Directory of CSV files with the columns step, lr, loss.", Required = true };
        Option<string> train = new("--train") { Description = "Files in it to fit to, separated by commas; every other CSV file is a test curve.", Required = true };
        Option<string[]> law = new("--law")
        {
            Description = $"A law; may be given again. Without it, all: {string.Join(", ", LawNames.All.Select(LawNames.KeyOf))}. "
                + $"'{Auto}' fits all, and answers each curve with the law that is chosen for it.",
        };
        Option<string[]> published = new("--published") { Description = $"Judge the published Multi-Power Law of a model too: {string.Join(", ", s_published.Keys)}." };
        Option<int> replicates = new("--replicates") { Description = "Bootstrap replicates for intervals and bands.", DefaultValueFactory = _ => 40 };
        Option<long?> warmup = new("--warmup")
        {
            Description = "Steps of the trainings' linear warm-up; rows within it are replaced by that line. "
                + "Without it, what the rows show, or until the first row of any file at its peak.",
        };
        Option<double?> weightDecay = new("--weight-decay")
        {
            Description = FormattableString.Invariant(
                $"Weight decay of the trainings, for the transfer law; without it {PeakTransferLaw.AssumedWeightDecay} is assumed."),
        };
        Option<bool> json = new("--json") { Description = "One line of JSON in place of tables." };
        Command command = new("laws", "Fits loss laws to some curves and predicts the others.")
        {
            data, train, law, published, replicates, warmup, weightDecay, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new(parsed.InvocationConfiguration.Output, cancellationToken),
            parsed.InvocationConfiguration.Error,
            session =>
            {
                var names = parsed.GetValue(law) ?? [];
                var isAuto = names.Contains(Auto, StringComparer.Ordinal);
                string[] others = [.. names.Where(name => !string.Equals(name, Auto, StringComparison.Ordinal))];
                var known = LawNames.All.Select(LawNames.KeyOf).Append(Auto);
                var kinds = isAuto && others.Length == 0 ? [] : Chosen("--law", others, LawNames.Parse, known);
                var judged = (parsed.GetValue(published) ?? []).ToDictionary(size => size, size => s_published.GetValueOrDefault(size) ?? throw Unknown("--published", size, s_published.Keys), StringComparer.Ordinal);
                if (parsed.GetValue(replicates) is < 0 or > LawFitOptions.MaximumReplicates || parsed.GetValue(warmup) < 0)
                {
                    throw new FormatException($"--replicates must be from 0 to {LawFitOptions.MaximumReplicates}, --warmup at least 0.");
                }

                var decay = parsed.GetValue(weightDecay);
                if (decay is { } value && !(double.IsFinite(value) && value >= 0))
                {
                    throw new FormatException(FormattableString.Invariant(
                        $"--weight-decay must be a number of at least 0, but is {value}."));
                }

                session.Read(parsed.GetValue(data)!, parsed.GetValue(train)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(warmup));
                LawFitOptions options = new() { Replicates = parsed.GetValue(replicates), WeightDecay = decay };
                session.Run(kinds, isAuto, judged, options, parsed.GetValue(json));
            })));
        return command;
    }

    private static int Run(LawsSession session, TextWriter error, Action<LawsSession> action)
    {
        try
        {
            action(session);
            return TrainerExitCode.Finished;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(exception.Message);
            return TrainerExitCode.Usage;
        }
    }

    private static IReadOnlyList<LawKind> Chosen(string option, string[]? texts, Func<string, LawKind?> parse, IEnumerable<string> known) =>
        texts is null or [] ? LawNames.All : [.. texts.Select(text => parse(text) ?? throw Unknown(option, text, known)).Distinct()];

    private static FormatException Unknown(string option, string text, IEnumerable<string> known) => new($"{option}: there is no '{text}'; there are {string.Join(", ", known)}.");
}
