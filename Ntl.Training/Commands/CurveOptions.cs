using System.CommandLine;
using Ntl.Domain.Laws;
using Ntl.Training.Laws;

namespace Ntl.Training.Commands;

/// <summary>The options that say which loss curves are read, and how.</summary>
internal sealed class CurveOptions
{
    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "Directory of training logs: CSV, Weights & Biases exports, Lightning and Hugging Face logs, JSON lines, TensorBoard event files.",
        Required = true,
    };

    private readonly Option<string[]> _train = new("--train")
    {
        Description = "What to fit to, separated by commas: files, directories of event files, runs within a file. "
            + "Every other log is a test curve. May be given again.",
    };

    private readonly Option<string?> _loss = new("--loss") { Description = "Column, metric or tag of the loss; without it, told by the names." };

    private readonly Option<string?> _rate = new("--rate") { Description = "Column, metric or tag of the learning rate; without it, told by the names." };

    private readonly Option<string?> _step = new("--step") { Description = "Column of the step; without it, told by the names." };

    private readonly Option<string[]> _schedule = new("--schedule")
    {
        Description = "Schedule, as canonical JSON, of logs without learning rates: FILE for all, CURVE=FILE for one. May be given again.",
    };

    private readonly Option<bool> _keepDiverged = new("--keep-diverged")
    {
        Description = "Keep runs that end with a loss that is not finite, up to their last finite loss.",
    };

    private readonly Option<long?> _warmup = new("--warmup")
    {
        Description = "Steps of the trainings' linear warm-up; rows within it are replaced by that line. "
            + "Without it, what the rows show, or until the first row of any file at its peak.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_data, _train, _loss, _rate, _step, _schedule, _keepDiverged, _warmup];

    /// <summary>Reads the curves into a session.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="session">Takes the curves.</param>
    /// <param name="options">Of the fits: losses that they skip are not scored either.</param>
    /// <param name="isEvery">Whether every curve is taken for training where none is named.</param>
    /// <exception cref="FormatException">An option is wrong, or a curve cannot be read.</exception>
    public void Read(ParseResult parsed, LawsSession session, LawFitOptions options, bool isEvery)
    {
        if (parsed.GetValue(_warmup) < 0)
        {
            throw new FormatException("--warmup must be at least 0.");
        }

        var request = new CurveRequest
        {
            Choice = new(parsed.GetValue(_loss), parsed.GetValue(_rate), parsed.GetValue(_step), parsed.GetValue(_keepDiverged)),
        }.WithSchedules(parsed.GetValue(_schedule) ?? []);
        var names = NamesOf(parsed.GetValue(_train) ?? []);
        session.Read(parsed.GetValue(_data)!, isEvery && names.Count == 0 ? [CurveDirectory.Every] : names, parsed.GetValue(_warmup), request, options.SkippedShare);
    }

    // A run's name may hold a comma: in quotes it is one name.
    private static List<string> NamesOf(string[] texts)
    {
        List<string> names = [];
        foreach (var text in texts)
        {
            names.AddRange(text.Length > 1 && text[0] == '"' && text[^1] == '"'
                ? [text[1..^1]]
                : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return names;
    }
}
