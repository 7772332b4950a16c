using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>Takes files of curves; tells what was read of them and asks for what they do not tell.</summary>
public sealed partial class CurveUpload
{
    private const int MostFiles = 60;
    private const string EventPrefix = "events.out.tfevents";

    private static readonly string[] s_fields = ["loss", "rate", "step", "schedule"];

    private IReadOnlyList<IBrowserFile> _files = [];
    private IReadOnlyList<SpecProblem> _problems = [];
    private IReadOnlyList<string> _notes = [];
    private CurveImportOutcome? _outcome;
    private string _loss = "";
    private string _rate = "";
    private string _step = "";
    private string _schedule = "";
    private string? _said;
    private bool _keepDiverged;
    private bool _needsSchedule;
    private bool _isSending;

    /// <summary>Keeps the curves of a file.</summary>
    [Parameter, EditorRequired]
    public Func<CurveImport, Task<CurveImportOutcome>> Import { get; set; } = null!;

    private IReadOnlyList<string> Series => _outcome?.Series ?? [];

    private static string Taken(string? column) => column is null ? "" : $" ({column})";

    // A problem stands beside its field where the field is shown, else beside the file.
    private string? ProblemOf(string field)
    {
        var isFile = string.Equals(field, "file", StringComparison.Ordinal);
        var own = _problems.Where(problem => isFile ? !IsShown(problem.Path) : string.Equals(problem.Path, field, StringComparison.Ordinal)).ToList();
        return own.Count == 0 ? null : string.Join('\n', own.Select(problem => problem.Message));
    }

    private bool IsShown(string field) =>
        s_fields.Contains(field, StringComparer.Ordinal) && (string.Equals(field, "schedule", StringComparison.Ordinal) ? _needsSchedule || _schedule.Length > 0 : Series.Count > 0);

    private void Choose(InputFileChangeEventArgs change)
    {
        _files = change.FileCount > MostFiles ? [] : change.GetMultipleFiles(MostFiles);
        (_outcome, _loss, _rate, _step, _schedule, _keepDiverged, _needsSchedule, _said, _notes) = (null, "", "", "", "", false, false, null, []);
        _problems = change.FileCount > MostFiles ? [new("file", $"At most {MostFiles} files at once.")]
            : _files.Sum(file => file.Size) > CurveFile.MaximumBytes ? [new("file", "That is more than curves are read from at once; choose fewer files, or keep fewer rows.")]
            : [];
    }

    private async Task SendAsync()
    {
        if (_files.Count == 0 || _isSending || _files.Sum(file => file.Size) > CurveFile.MaximumBytes)
        {
            return;
        }

        List<SpecProblem> problems = [];
        var schedule = ReadSchedule(problems);
        _problems = problems;
        if (problems.Count > 0)
        {
            return;
        }

        (_isSending, _said, _notes) = (true, null, []);
        try
        {
            List<string> names = [];
            List<string> notes = [];
            foreach (var (name, content) in await ReadFilesAsync())
            {
                _outcome = await Import(new(name, content) { Choice = new(Given(_loss), Given(_rate), Given(_step), _keepDiverged), Schedule = schedule });
                names.AddRange(_outcome.Curves.Select(curve => curve.Name));
                notes.AddRange(_outcome.Notes.Select(note => _files.Count > 1 ? $"{name}: {note}" : note));
                problems.AddRange(_outcome.Problems.Select(problem => _files.Count > 1 ? problem with { Message = $"{name}: {problem.Message}" } : problem));
                notes.AddRange(_outcome.Problems.Count > 0 && _outcome.LeftOut.Count > 1 ? _outcome.LeftOut.Select(run => $"{run.Name}: {run.Reason}.") : []);
            }

            _needsSchedule = problems.Exists(problem => string.Equals(problem.Path, "schedule", StringComparison.Ordinal));
            (_problems, _notes) = (problems, notes);
            _said = names.Count switch { 0 => null, 1 => $"Imported {names[0]}.", _ => $"Imported {names.Count} curves." };
        }
        catch (IOException exception)
        {
            _problems = [new("file", $"The upload broke off: {exception.Message}")];
        }
        finally
        {
            _isSending = false;
        }
    }

    // Event files chosen together are the attempts of one run, and are joined.
    private async Task<List<(string Name, byte[] Content)>> ReadFilesAsync()
    {
        List<(string Name, byte[] Content)> contents = [];
        using var events = new MemoryStream();
        string? first = null;
        foreach (var file in _files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            using var content = new MemoryStream();
            await using var stream = file.OpenReadStream(CurveFile.MaximumBytes);
            if (file.Name.StartsWith(EventPrefix, StringComparison.Ordinal))
            {
                first ??= file.Name;
                await stream.CopyToAsync(events);
                continue;
            }

            await stream.CopyToAsync(content);
            contents.Add((file.Name, content.ToArray()));
        }

        return first is null ? contents : [.. contents, (first, events.ToArray())];
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private ScheduleSpec? ReadSchedule(List<SpecProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(_schedule))
        {
            return null;
        }

        if (ScheduleSpec.TryParse(_schedule, out var schedule, out var wrong))
        {
            return schedule;
        }

        problems.AddRange(wrong.Select(problem => problem with { Path = "schedule" }));
        return null;
    }
}
