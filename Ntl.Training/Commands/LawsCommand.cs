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
        Option<DirectoryInfo> data = new("--data")
        {
            Description = "Directory of training logs: CSV, Weights & Biases exports, Lightning and Hugging Face logs, JSON lines, TensorBoard event files.",
            Required = true,
        };
        Option<string[]> train = new("--train")
        {
            Description = "What to fit to, separated by commas: files, directories of event files, runs within a file. "
                + "Every other log is a test curve. May be given again.",
            Required = true,
        };
        Option<string?> loss = new("--loss") { Description = "Column, metric or tag of the loss; without it, told by the names." };
        Option<string?> rate = new("--rate") { Description = "Column, metric or tag of the learning rate; without it, told by the names." };
        Option<string?> step = new("--step") { Description = "Column of the step; without it, told by the names." };
        Option<string[]> schedule = new("--schedule")
        {
            Description = "Schedule, as canonical JSON, of logs without learning rates: FILE for all, CURVE=FILE for one. May be given again.",
        };
        Option<bool> keepDiverged = new("--keep-diverged")
        {
            Description = "Keep runs that end with a loss that is not finite, up to their last finite loss.",
        };
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
            data, train, loss, rate, step, schedule, keepDiverged, law, published, replicates, warmup, weightDecay, json,
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

                var request = new CurveRequest
                {
                    Choice = new(parsed.GetValue(loss), parsed.GetValue(rate), parsed.GetValue(step), parsed.GetValue(keepDiverged)),
                }.WithSchedules(parsed.GetValue(schedule) ?? []);
                session.Read(parsed.GetValue(data)!, NamesOf(parsed.GetValue(train)!), parsed.GetValue(warmup), request);
                session.Tell(parsed.InvocationConfiguration.Error);
                LawFitOptions options = new() { Replicates = parsed.GetValue(replicates), WeightDecay = decay };
                session.Run(kinds, isAuto, judged, options, parsed.GetValue(json));
            })));
        return command;
    }

    // A run's name may hold a comma: in quotes it is one name.
    private static List<string> NamesOf(string[] texts)
    {
        List<string> names = [];
        foreach (var text in texts)
        {
            names.AddRange(text.Length > 1 && text[0] == '"' && text[^1] == '"' ? [text[1..^1]] : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return names;
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
