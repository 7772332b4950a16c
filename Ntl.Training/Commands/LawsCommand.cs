using System.CommandLine;
using Ntl.Domain.Laws;
using Ntl.Training.Laws;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train laws</c>: fits laws to some loss curves of a directory and predicts the others.</summary>
internal static class LawsCommand
{
    // In place of a law: whatever each curve's prediction is best left to.
    private const string Auto = "auto";

    private static readonly Dictionary<string, MultiPowerLaw> s_published = new(StringComparer.Ordinal)
    {
        ["25M"] = MultiPowerLaw.Published25M,
        ["100M"] = MultiPowerLaw.Published100M,
        ["400M"] = MultiPowerLaw.Published400M,
    };

    public static Command Create()
    {
        CurveOptions curves = new();
        Option<bool> coverage = new("--coverage")
        {
            Description = "In place of a prediction: how often each law's 90 % band holds the final loss of a curve kept out of its fit. "
                + "Takes every curve of the directory, and minutes.",
        };
        Option<string[]> law = new("--law")
        {
            Description = $"A law; may be given again. Without it, all: {string.Join(", ", LawNames.All.Select(LawNames.KeyOf))}. "
                + $"'{Auto}' fits all, and answers each curve with the law that is chosen for it.",
        };
        Option<string[]> published = new("--published") { Description = $"Judge the published Multi-Power Law of a model too: {string.Join(", ", s_published.Keys)}." };
        Option<int> replicates = new("--replicates") { Description = "Bootstrap replicates for intervals and bands.", DefaultValueFactory = _ => 40 };
        Option<double?> weightDecay = new("--weight-decay")
        {
            Description = FormattableString.Invariant(
                $"Weight decay of the trainings, for the transfer law; without it {PeakTransferLaw.AssumedWeightDecay} is assumed."),
        };
        Option<double> skip = new("--skip")
        {
            Description = "Share of the greatest D at whose start no loss counts; for young models 0.1 or more.",
            DefaultValueFactory = _ => new LawFitOptions().SkippedShare,
        };
        Option<bool> json = new("--json") { Description = "One line of JSON in place of tables." };
        Command command = new("laws", "Fits loss laws to some curves and predicts the others.");
        foreach (var option in curves.All.Concat([coverage, law, published, replicates, weightDecay, skip, json]))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new(parsed.InvocationConfiguration.Output, cancellationToken),
            parsed.InvocationConfiguration.Error,
            session =>
            {
                var (kinds, isAuto) = Laws(parsed.GetValue(law) ?? []);
                var judged = (parsed.GetValue(published) ?? [])
                    .ToDictionary(size => size, size => s_published.GetValueOrDefault(size) ?? throw Unknown("--published", size, s_published.Keys), StringComparer.Ordinal);
                var options = Options(parsed.GetValue(replicates), parsed.GetValue(weightDecay), parsed.GetValue(skip));
                var isCoverage = parsed.GetValue(coverage);
                curves.Read(parsed, session, options, isCoverage);
                session.Tell(parsed.InvocationConfiguration.Error);
                if (isCoverage)
                {
                    session.Cover(kinds, options, parsed.GetValue(json));
                }
                else
                {
                    session.Run(kinds, isAuto, judged, options, parsed.GetValue(json));
                }
            })));
        return command;
    }

    private static LawFitOptions Options(int replicates, double? weightDecay, double skip)
    {
        if (!(skip is >= 0 and < 1))
        {
            throw new FormatException(FormattableString.Invariant($"--skip must be at least 0 and below 1, but is {skip}."));
        }

        if (replicates is < 0 or > LawFitOptions.MaximumReplicates)
        {
            throw new FormatException($"--replicates must be from 0 to {LawFitOptions.MaximumReplicates}.");
        }

        return weightDecay is { } value && !(double.IsFinite(value) && value >= 0)
            ? throw new FormatException(FormattableString.Invariant($"--weight-decay must be a number of at least 0, but is {value}."))
            : new() { Replicates = replicates, WeightDecay = weightDecay, SkippedShare = skip };
    }

    private static (IReadOnlyList<LawKind> Kinds, bool IsAuto) Laws(string[] names)
    {
        var isAuto = names.Contains(Auto, StringComparer.Ordinal);
        List<string> others = [.. names.Where(name => !string.Equals(name, Auto, StringComparison.Ordinal))];
        var known = LawNames.All.Select(LawNames.KeyOf).Append(Auto);
        return (others.Count > 0 ? [.. others.Select(name => LawNames.Parse(name) ?? throw Unknown("--law", name, known)).Distinct()] : isAuto ? [] : LawNames.All, isAuto);
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

    private static FormatException Unknown(string option, string text, IEnumerable<string> known) => new($"{option}: there is no '{text}'; there are {string.Join(", ", known)}.");
}
