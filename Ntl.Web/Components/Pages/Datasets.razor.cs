using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Ntl.Domain.Runs;
using Ntl.Web.Components.Datasets;
using Ntl.Web.Datasets;

namespace Ntl.Web.Components.Pages;

/// <summary>The texts and token files that runs can train on, and how to add one.</summary>
public sealed partial class Datasets
{
    private const long UploadLimit = 2L << 30;

    private IReadOnlyList<DatasetRow>? _rows;
    private IBrowserFile? _file;
    private string _uploadName = "";
    private string? _uploadProblem;
    private bool _isUploading;
    private int _uploadedPercent;
    private string _path = "";
    private DatasetFormat _pathFormat = DatasetFormat.UInt16;
    private string _pathName = "";
    private string? _pathProblem;
    private bool _isAdding;
    private string? _said;

    [Inject]
    private IDatasetCatalog Catalog { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _rows = await Catalog.ListAsync(Ended);

    private static string FormatTitle(DatasetFormat format) => format switch
    {
        DatasetFormat.Text => "UTF-8 text",
        DatasetFormat.UInt16 => "nanoGPT tokens (uint16)",
        DatasetFormat.LlmC => "llm.c tokens",
        _ => format.ToString(),
    };

    private void Choose(InputFileChangeEventArgs change)
    {
        _file = change.File;
        _uploadProblem = _file.Size > UploadLimit ? "The file is larger than the server takes; put it on the server and add it by path." : null;
        if (_uploadName.Length == 0)
        {
            _uploadName = Path.GetFileNameWithoutExtension(_file.Name);
        }
    }

    private async Task UploadAsync()
    {
        if (_file is null || _isUploading || _file.Size > UploadLimit)
        {
            return;
        }

        _isUploading = true;
        _uploadedPercent = 0;
        _uploadProblem = null;
        try
        {
            await using var content = new ProgressStream(_file.OpenReadStream(UploadLimit, Ended), ShowUploaded);
            var outcome = await Catalog.UploadAsync(_uploadName.Trim(), content, Ended);
            _uploadProblem = await TellAsync(outcome);
            if (_uploadProblem is null)
            {
                (_uploadName, _file) = ("", null);
            }
        }
        catch (IOException exception)
        {
            _uploadProblem = $"The upload broke off: {exception.Message}";
        }
        finally
        {
            _isUploading = false;
        }
    }

    private void ShowUploaded(long bytes)
    {
        var percent = (int)(100 * bytes / Math.Max(1, _file!.Size));
        if (percent != _uploadedPercent)
        {
            _uploadedPercent = percent;
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private async Task AddPathAsync()
    {
        if (_isAdding)
        {
            return;
        }

        _isAdding = true;
        _pathProblem = null;
        try
        {
            _pathProblem = await TellAsync(await Catalog.AddPathAsync(_pathName.Trim(), _path.Trim(), _pathFormat, Ended));
        }
        finally
        {
            _isAdding = false;
        }
    }

    // What is wrong, or null when the data set is listed now.
    private async Task<string?> TellAsync(DatasetOutcome outcome)
    {
        if (outcome.Dataset is not { } added)
        {
            return string.Join(' ', outcome.Problems.Select(problem => problem.Message));
        }

        _rows = await Catalog.ListAsync(Ended);
        _said = $"{added.Name} was added.";
        return null;
    }
}
