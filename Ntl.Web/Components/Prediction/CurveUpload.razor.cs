using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;
using Ntl.Web.Laws;

namespace Ntl.Web.Components.Prediction;

/// <summary>Takes a file of curves; asks for what the file does not tell.</summary>
public sealed partial class CurveUpload
{
    private IBrowserFile? _file;
    private string _loss = "";
    private string _rate = "";
    private string _schedule = "";
    private string? _problem;
    private string? _said;
    private bool _needsSchedule;
    private bool _isSending;

    /// <summary>Keeps the curves of a file.</summary>
    [Parameter, EditorRequired]
    public Func<CurveImport, Task<CurveImportOutcome>> Import { get; set; } = null!;

    private IReadOnlyList<string> Series { get; set; } = [];

    private void Choose(InputFileChangeEventArgs change)
    {
        (_file, Series, _loss, _rate, _schedule, _needsSchedule, _said) = (change.File, [], "", "", "", false, null);
        _problem = _file.Size > CurveFile.MaximumBytes ? "The file is larger than curves are read from; keep fewer rows." : null;
    }

    private async Task SendAsync()
    {
        if (_file is null || _isSending || _file.Size > CurveFile.MaximumBytes)
        {
            return;
        }

        List<SpecProblem> problems = [];
        var schedule = ReadSchedule(problems);
        _problem = Say(problems);
        if (problems.Count > 0)
        {
            return;
        }

        (_isSending, _said) = (true, null);
        try
        {
            using var content = new MemoryStream();
            await using (var stream = _file.OpenReadStream(CurveFile.MaximumBytes))
            {
                await stream.CopyToAsync(content);
            }

            var outcome = await Import(new(_file.Name, content.ToArray())
            {
                Choice = new(_loss.Length == 0 ? null : _loss, _rate.Length == 0 ? null : _rate),
                Schedule = schedule,
            });
            Series = outcome.Problems.Count > 0 ? outcome.Series : [];
            _needsSchedule = outcome.Problems.Any(problem => string.Equals(problem.Path, "schedule", StringComparison.Ordinal));
            _problem = Say(outcome.Problems);
            _said = outcome.Problems.Count > 0 ? null : string.Join(' ', outcome.Notes.Prepend(outcome.Curves.Count == 1 ? $"{outcome.Curves[0].Name} is there." : $"{outcome.Curves.Count} curves are there."));
        }
        catch (IOException exception)
        {
            _problem = $"The upload broke off: {exception.Message}";
        }
        finally
        {
            _isSending = false;
        }
    }

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

        problems.AddRange(wrong);
        return null;
    }

    private static string? Say(IReadOnlyList<SpecProblem> problems) => problems.Count == 0 ? null : string.Join('\n', problems.Select(problem => problem.Message));
}
