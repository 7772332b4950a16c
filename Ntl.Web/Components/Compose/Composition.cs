using System.Globalization;
using Ntl.Domain.Annealing;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Editing;
using Ntl.Web.Components.Composer;

namespace Ntl.Web.Components.Compose;

/// <summary>All that the composer's page shows: the schedule with its history, what it is compared with, and what was chosen and typed beside it. Its URL is made of it and makes it again.</summary>
internal sealed class Composition
{
    public const string DefaultCoolingRate = "34";
    public const string DefaultTokens = "2048";

    private const string OffWord = "off";
    private const string TotalWord = "total";

    private ValleyReading? _valley;
    private (ScheduleSpec Schedule, double Rate)? _valleyOf;

    public EditHistory History { get; private set; } = new(Start);

    /// <summary>What a hand is dragging towards; null when no hand is.</summary>
    public EditOutcome? Preview { get; private set; }

    /// <summary>What to say of the last edit: why it could not be, or what to know of it.</summary>
    public string? Message { get; private set; }

    /// <summary>Whether the message is a refusal.</summary>
    public bool IsRefused { get; private set; }

    public string Name { get; set; } = "";

    public StretchMode Mode { get; set; }

    public bool Snaps { get; set; } = true;

    public bool IsDrawing { get; set; }

    public string CoolingRateText { get; set; } = DefaultCoolingRate;

    public string TokensText { get; set; } = DefaultTokens;

    public string? FitId { get; set; }

    /// <summary>The library's version that the schedule was taken from, as <c>id:version</c>; null for one of its own.</summary>
    public string? From { get; set; }

    public List<PinnedSchedule> Pins { get; } = [];

    /// <summary>The schedule at rest.</summary>
    public ScheduleSpec Schedule => History.Schedule;

    /// <summary>The schedule as the eye sees it: with what a hand is dragging.</summary>
    public ScheduleSpec Shown => Preview?.Schedule ?? Schedule;

    /// <summary>κ of the chosen fit and where it comes from; null where there is no fit, or its law has none.</summary>
    public (double Rate, string Source)? FittedCooling { get; set; }

    /// <summary>κ: the fit's, else what is typed; null while that is none.</summary>
    public double? CoolingRate => FittedCooling?.Rate ?? TypedCoolingRate;

    private double? TypedCoolingRate => DraftNumbers.TryParse(CoolingRateText, out var rate) && rate is > 0 and < 1e12 ? rate : null;

    public string? CoolingRateProblem => CoolingRate is null ? "κ is a number above 0, in 1/η; language models of 25M to 400M parameters have 45 to 23." : null;

    public long TokensPerStep => DraftNumbers.TryParse(TokensText, out var tokens) && tokens is >= 1 and <= 1e12 && tokens == Math.Truncate(tokens) ? (long)tokens : 1;

    public string? TokensProblem => TokensPerStep == 1 && !string.Equals(TokensText.Trim(), "1", StringComparison.Ordinal) ? "Tokens of a step are a whole number from 1 on." : null;

    /// <summary>Theory's reading of what is shown; null without κ.</summary>
    public ValleyReading? Valley
    {
        get
        {
            if (CoolingRate is not { } rate)
            {
                return null;
            }

            if (_valleyOf is not { } of || of.Rate != rate || !ReferenceEquals(of.Schedule, Shown))
            {
                (_valley, _valleyOf) = (ValleyReading.Of(Shown, rate), (Shown, rate));
            }

            return _valley;
        }
    }

    /// <summary>What an untouched page shows.</summary>
    public static ScheduleSpec Start { get; } = StandardSchedules.WarmupStableDecay(1_000, 3e-3, DecayShape.OneMinusSquareRoot, 200, 0, 100);

    /// <summary>Takes an edit over, or says why it cannot be.</summary>
    public void Do(EditOutcome outcome, bool goesOn = false)
    {
        Preview = null;
        History = History.Do(outcome, goesOn);
        IsRefused = !outcome.IsDone;
        Message = outcome.IsDone ? outcome.Note : string.Join(' ', outcome.Problems.Select(problem => problem.Message));
    }

    /// <summary>Shows an edit without taking it over.</summary>
    public void Show(EditOutcome outcome) => Preview = outcome.IsDone ? outcome : null;

    public void Cancel() => Preview = null;

    public void Say(string? message, bool isRefused = false) => (Message, IsRefused) = (message, isRefused);

    public void Select(int index) => History = History.Select(index);

    public void Undo()
    {
        Cancel();
        Say(History.UndoName is { } name ? $"Undid: {name}." : null);
        History = History.Undo();
    }

    public void Redo()
    {
        Cancel();
        Say(History.RedoName is { } name ? $"Did again: {name}." : null);
        History = History.Redo();
    }

    /// <summary>Begins anew with another schedule; undo comes back to this one.</summary>
    public void Load(ScheduleSpec schedule, string what) => Do(new(what, schedule, 0, []));

    /// <summary>The URL's query.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        var schedule = Schedule.Equals(Start) && From is null ? null : ScheduleLink.Write(Schedule);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["schedule"] = schedule is { Length: > ScheduleLink.LongestText } ? null : schedule,
            ["name"] = Name.Length == 0 ? null : Name,
            ["phase"] = History.Selected == 0 ? null : (History.Selected + 1).ToString(CultureInfo.InvariantCulture),
            ["kappa"] = string.Equals(CoolingRateText, DefaultCoolingRate, StringComparison.Ordinal) ? null : CoolingRateText,
            ["tokens"] = string.Equals(TokensText, DefaultTokens, StringComparison.Ordinal) ? null : TokensText,
            ["fit"] = FitId,
            ["from"] = From,
            ["steps"] = Mode == StretchMode.ChangeTotal ? TotalWord : null,
            ["snap"] = Snaps ? null : OffWord,
            ["pins"] = ScheduleLink.WritePins(Pins) is { Length: <= ScheduleLink.LongestText } pins ? pins : null,
        }.Where(pair => pair.Value is not null);
    }

    /// <summary>Whether the URL names a schedule of the library and says nothing else of it: it is to be read from there.</summary>
    public bool IsFromLibrary { get; private set; }

    /// <summary>Begins with a schedule of the library.</summary>
    public void Begin(ScheduleSpec schedule, string name)
    {
        History = new(schedule, History.Selected);
        IsFromLibrary = false;
        Name = Name.Length > 0 ? Name : name;
    }

    /// <summary>Whether the schedule is too long for the URL to keep.</summary>
    public bool IsTooLongForLink => ScheduleLink.Write(Schedule).Length > ScheduleLink.LongestText;

    /// <summary>Takes what a URL says. A schedule that cannot be read leaves the one before, and the page says why.</summary>
    public void Take(Func<string, string?> query)
    {
        var problems = new List<SpecProblem>();
        var text = query("schedule");
        var schedule = text is null ? Start : ScheduleLink.Read(text, problems);
        if (schedule is null)
        {
            const int MostSaid = 5;
            var said = problems.Take(MostSaid).Select(problem => problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}");
            Say($"The link's schedule cannot be read. {string.Join(' ', said)}{(problems.Count > MostSaid ? $" And {problems.Count - MostSaid} more." : "")}", isRefused: true);
        }

        var phase = int.TryParse(query("phase"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : 0;
        History = new(schedule ?? History.Schedule, phase);
        Name = query("name") ?? "";
        CoolingRateText = query("kappa") ?? DefaultCoolingRate;
        TokensText = query("tokens") ?? DefaultTokens;
        FitId = query("fit");
        From = query("from");
        IsFromLibrary = From is not null && text is null;
        Mode = string.Equals(query("steps"), TotalWord, StringComparison.Ordinal) ? StretchMode.ChangeTotal : StretchMode.TakeFromNeighbour;
        Snaps = !string.Equals(query("snap"), OffWord, StringComparison.Ordinal);
        Pins.Clear();
        Pins.AddRange(ScheduleLink.ReadPins(query("pins")));
    }
}
