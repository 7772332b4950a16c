using System.Globalization;
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

    private static readonly DatasetFormat[] s_formats = [DatasetFormat.Text, DatasetFormat.UInt16, DatasetFormat.UInt32, DatasetFormat.LlmC];

    private IReadOnlyList<DatasetRow>? _rows;
    private IBrowserFile? _file;
    private string _uploadName = "";
    private bool _isUploadNameTyped;
    private DatasetFormat _uploadFormat = DatasetFormat.Text;
    private DatasetOutcome? _uploadOutcome;
    private string? _uploadProblem;
    private bool _isUploading;
    private int _uploadedPercent;
    private string _path = "";
    private DatasetFormat _pathFormat = DatasetFormat.UInt16;
    private string _pathName = "";
    private string? _pathVocabulary;
    private DatasetOutcome? _pathOutcome;
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
        DatasetFormat.UInt32 => "32-bit tokens (uint32)",
        DatasetFormat.LlmC => "llm.c tokens (with header)",
        _ => format.ToString(),
    };

    private void Choose(InputFileChangeEventArgs change)
    {
        _file = change.File;
        _uploadOutcome = null;
        _uploadProblem = _file.Size > UploadLimit ? "The file is larger than the server takes; put it on the server and add it by path." : null;
        if (!_isUploadNameTyped)
        {
            _uploadName = Path.GetFileNameWithoutExtension(_file.Name);
        }
    }

    // A name that was typed stays when another file is chosen; an emptied field follows the file again.
    private void TypeUploadName(ChangeEventArgs change)
    {
        _uploadName = change.Value as string ?? "";
        _isUploadNameTyped = _uploadName.Length > 0;
    }

    private Task UploadAsync() => UploadAsync(acceptsWarnings: false);

    private async Task UploadAsync(bool acceptsWarnings)
    {
        if (_file is null || _isUploading || _file.Size > UploadLimit)
        {
            return;
        }

        _isUploading = true;
        _uploadedPercent = 0;
        (_uploadProblem, _uploadOutcome) = (null, null);
        try
        {
            await using var content = new ProgressStream(_file.OpenReadStream(UploadLimit, Ended), ShowUploaded);
            _uploadOutcome = await Catalog.UploadAsync(new(_uploadName.Trim(), _uploadFormat) { AcceptsWarnings = acceptsWarnings }, content, Ended);
            if (await TellAsync(_uploadOutcome))
            {
                (_uploadName, _isUploadNameTyped, _file) = ("", false, null);
            }
        }
        catch (IOException)
        {
            _uploadProblem = "The upload broke off. Choose the file again.";
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

    private Task AddPathAsync() => AddPathAsync(acceptsWarnings: false);

    private async Task AddPathAsync(bool acceptsWarnings)
    {
        if (_isAdding)
        {
            return;
        }

        (_pathProblem, _pathOutcome) = (null, null);
        int? vocabulary = null;
        if (!string.IsNullOrWhiteSpace(_pathVocabulary))
        {
            if (!int.TryParse(_pathVocabulary, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var given))
            {
                _pathProblem = $"The vocabulary is a whole number; '{_pathVocabulary}' is none.";
                return;
            }

            vocabulary = given;
        }

        _isAdding = true;
        try
        {
            _pathOutcome = await Catalog.AddPathAsync(
                new(_pathName.Trim(), _pathFormat) { VocabularySize = vocabulary, AcceptsWarnings = acceptsWarnings }, _path.Trim(), Ended);
            await TellAsync(_pathOutcome);
        }
        finally
        {
            _isAdding = false;
        }
    }

    // Whether the data set is listed now.
    private async Task<bool> TellAsync(DatasetOutcome outcome)
    {
        if (outcome.Dataset is not { } added)
        {
            return false;
        }

        _rows = await Catalog.ListAsync(Ended);
        _said = $"{added.Name} was added.";
        return true;
    }

    private static string? ProblemOf(DatasetOutcome? outcome) =>
        outcome is { Warnings.Count: 0 } ? string.Join(' ', outcome.Problems.Select(problem => problem.Message)) : null;
}
