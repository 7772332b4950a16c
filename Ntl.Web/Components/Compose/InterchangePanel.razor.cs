using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;

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
        (ImportFormat.Csv, "CSV"),
        (ImportFormat.Json, "JSON"),
    ];

    private ElementReference _text;
    private string _format = "";
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
        await using var text = await page.InvokeAsync<IJSStreamReference>("textOf", _text);
        await ReadAsync(() => text.OpenReadStreamAsync(LargestImport).AsTask());
    }

    private Task ReadFileAsync(InputFileChangeEventArgs change) => ReadAsync(() => Task.FromResult(change.File.OpenReadStream(LargestImport)));

    private async Task ReadAsync(Func<Task<Stream>> open)
    {
        (_isReading, _isOpen) = (true, true);
        try
        {
            await using var stream = await open();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var text = await reader.ReadToEndAsync();
            ImportFormat? format = Enum.TryParse<ImportFormat>(_format, out var chosen) ? chosen : null;
            _outcome = await Task.Run(() => ScheduleImport.Read(text, format));
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            _outcome = new(null, null, [], [new("", $"It could not be read: at most {LargestImport / (1024 * 1024)} MiB are taken.")]);
        }
        finally
        {
            _isReading = false;
        }

        if (_outcome.Schedule is { } schedule)
        {
            await Imported.InvokeAsync((schedule, TitleOf(_outcome.Format)));
        }
    }
}
