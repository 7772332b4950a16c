using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;

namespace Ntl.Training.Laws;

/// <summary>How logs are read.</summary>
internal sealed record CurveRequest
{
    /// <summary>Which series to take of each file.</summary>
    public CurveFileChoice Choice { get; init; } = new();

    /// <summary>The schedule of every log without rates; null for none.</summary>
    public ScheduleSpec? Schedule { get; init; }

    /// <summary>Schedules of logs without rates, by the curve's or file's name.</summary>
    public IReadOnlyDictionary<string, ScheduleSpec> Schedules { get; init; } = new Dictionary<string, ScheduleSpec>(StringComparer.Ordinal);

    /// <summary>The schedule of a curve.</summary>
    public ScheduleSpec? ScheduleOf(string curve, string file) => Schedules.GetValueOrDefault(curve) ?? Schedules.GetValueOrDefault(file) ?? Schedule;

    /// <summary>Reads <c>--schedule</c>: <c>FILE</c> for every curve, or <c>CURVE=FILE</c>.</summary>
    /// <exception cref="FormatException">A file is no schedule.</exception>
    public CurveRequest WithSchedules(IEnumerable<string> texts)
    {
        var (all, own) = (Schedule, new Dictionary<string, ScheduleSpec>(Schedules, StringComparer.Ordinal));
        foreach (var text in texts)
        {
            var at = File.Exists(text) ? -1 : text.LastIndexOf('=');
            var file = text[(at + 1)..];
            if (!File.Exists(file))
            {
                throw new FormatException($"--schedule: there is no file '{file}'.");
            }

            if (!ScheduleSpec.TryParse(File.ReadAllText(file), out var schedule, out var problems))
            {
                throw new FormatException($"--schedule: '{file}' is no schedule: {problems[0].Message}");
            }

            if (at < 0)
            {
                all = schedule;
            }
            else
            {
                own[text[..at]] = schedule;
            }
        }

        return this with { Schedule = all, Schedules = own };
    }
}
