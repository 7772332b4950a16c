using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Web.Components.Composer;

namespace Ntl.Web.Components.Compose;

/// <summary>Schedules of other libraries in, and out.</summary>
public sealed partial class InterchangePanel
{
    private const int MostLines = 8;
    private const long LargestImport = 32 * 1024 * 1024;
    private const string Example = "{\"lr_scheduler_type\": \"cosine\", \"learning_rate\": 3e-4, \"warmup_steps\": 100, \"max_steps\": 1000}";

    private static readonly (ExportFormat Format, string Title)[] s_exports =
    [
        (ExportFormat.PyTorch, "PyTorch"),
        (ExportFormat.Optax, "optax"),
        (ExportFormat.HuggingFace, "Hugging Face"),
        (ExportFormat.CSharp, "C#"),
        (ExportFormat.Csv, "CSV"),
        (ExportFormat.Json, "JSON"),
        (ExportFormat.Svg, "SVG"),
    ];

    private static readonly (ImportFormat Format, string Title)[] s_imports =
    [
        (ImportFormat.HuggingFace, "Hugging Face"),
        (ImportFormat.PyTorch, "PyTorch"),
        (ImportFormat.Optax, "optax"),
        (ImportFormat.Python, "Python"),
        (ImportFormat.Csv, "CSV"),
        (ImportFormat.Json, "Ntl JSON"),
    ];

    private ElementReference _text;
    private string _format = "";
    private string? _rate;
    private string? _steps;
    private ImportOutcome? _outcome;
    private bool _isReading;
    private bool _isOpen;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Parameter, EditorRequired]
    public ScheduleSpec Schedule { get; set; } = null!;

    /// <summary>A schedule was imported.</summary>
    [Parameter]
    public EventCallback<(ScheduleSpec Schedule, string From)> Imported { get; set; }

    private static string TitleOf(ImportFormat? format) => s_imports.FirstOrDefault(pair => pair.Format == format).Title ?? "a schedule";

    private async Task ExportAsync(ExportFormat format)
    {
        var schedule = Schedule;
        var file = await Task.Run(() => ScheduleExport.Write(schedule, format)); // a CSV of a million steps takes a while
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        using var text = new DotNetStreamReference(new MemoryStream(Encoding.UTF8.GetBytes(file.Text)));
        await page.InvokeVoidAsync("saveStream", file.Name, file.MediaType, text);
    }

    private async Task SavePictureAsync()
    {
        var file = ScheduleExport.Write(Schedule, ExportFormat.Svg);
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        await page.InvokeVoidAsync("savePicture", Path.ChangeExtension(file.Name, ".png"), file.Text);
    }

    private async Task ReadTextAsync()
    {
        await using var page = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["lib/page.js"]}");
        var size = await page.InvokeAsync<long>("textSize", _text);
        if (size is 0 or > LargestImport)
        {
            _isOpen = true;
            _outcome = Refused("", size == 0
                ? "There is nothing to import: paste a text, or choose a file."
                : $"The text has {size / (1024 * 1024)} MiB; at most {LargestImport / (1024 * 1024)} MiB are read.");
            return;
        }

        await using var text = await page.InvokeAsync<IJSStreamReference>("textOf", _text);
        await ReadAsync(() => text.OpenReadStreamAsync(LargestImport).AsTask());
    }

    private Task ReadFileAsync(InputFileChangeEventArgs change) => ReadAsync(() => Task.FromResult(change.File.OpenReadStream(LargestImport)));

    private static ImportOutcome Refused(string path, string message) => new(null, null, [], [new(path, message)]);

    // What stands beside the text; problems where it cannot be read.
    private ImportDefaults? ReadDefaults()
    {
        var (rateText, stepsText) = ((_rate ?? "").Trim(), (_steps ?? "").Trim());
        double? rate = null;
        double? steps = null;
        if (rateText.Length > 0)
        {
            if (!DraftNumbers.TryParse(rateText, out var number))
            {
                _outcome = Refused("Base rate", $"Give a number such as 3e-4; '{rateText}' is not one.");
                return null;
            }

            rate = number;
        }

        if (stepsText.Length > 0)
        {
            if (!DraftNumbers.TryParse(stepsText, out var number) || number != Math.Truncate(number) || Math.Abs(number) > ScheduleSpec.MaximumSteps)
            {
                _outcome = Refused("Updates", $"Give a whole number from 1 to {ScheduleSpec.MaximumSteps}; '{stepsText}' is not one.");
                return null;
            }

            steps = number;
        }

        return new(rate, (long?)steps);
    }

    private async Task ReadAsync(Func<Task<Stream>> open)
    {
        (_isReading, _isOpen) = (true, true);
        try
        {
            if (ReadDefaults() is not { } defaults)
            {
                return;
            }

            await using var stream = await open();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var text = await reader.ReadToEndAsync();
            ImportFormat? format = Enum.TryParse<ImportFormat>(_format, out var chosen) ? chosen : null;
            _outcome = await Task.Run(() => ScheduleImport.Read(text, format, defaults));
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            _outcome = Refused("", $"It could not be read: at most {LargestImport / (1024 * 1024)} MiB are taken.");
        }
        finally
        {
            _isReading = false;
        }

        if (_outcome?.Schedule is { } schedule)
        {
            await Imported.InvokeAsync((schedule, TitleOf(_outcome.Format)));
        }
    }
}
