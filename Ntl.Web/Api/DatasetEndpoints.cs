using Microsoft.AspNetCore.Http.Features;
using Ntl.Domain.Runs;
using Ntl.Web.Configuration;
using Ntl.Web.Datasets;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/datasets</c>.</summary>
public static class DatasetEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", (IDatasetCatalog catalog, CancellationToken cancellationToken) => catalog.ListAsync(cancellationToken));
        group.MapPost("/", UploadAsync);
        group.MapPost("/path", AddPathAsync).IsHeavy(HeavyWork.Computing);
    }

    // The body is the file itself, streamed to disk.
    private static async Task<IResult> UploadAsync(
        HttpContext http,
        string name,
        IDatasetCatalog catalog,
        NtlOptions options,
        CancellationToken cancellationToken,
        string? format = null,
        int? vocabularySize = null,
        bool acceptWarnings = false)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // One byte more than the catalog takes, so that the catalog's own message is what the client reads.
            limit.MaxRequestBodySize = options.MaxUploadBytes + 1;
        }

        return ApiEnum.TryRead<DatasetFormat>(format ?? "text", out var known)
            ? Of(await catalog.UploadAsync(
                new(name, known) { VocabularySize = vocabularySize, AcceptsWarnings = acceptWarnings }, http.Request.Body, cancellationToken))
            : NoFormat(format);
    }

    private static async Task<IResult> AddPathAsync(DatasetPath given, IDatasetCatalog catalog, CancellationToken cancellationToken) =>
        ApiEnum.TryRead<DatasetFormat>(given.Format, out var format)
            ? Of(await catalog.AddPathAsync(
                new(given.Name, format) { VocabularySize = given.VocabularySize, AcceptsWarnings = given.AcceptWarnings }, given.Path, cancellationToken))
            : NoFormat(given.Format);

    private static IResult NoFormat(string? format) =>
        ApiResults.Invalid([new("format", $"{(format is null ? "The format is missing" : $"There is no format '{format}'")}: text, uint16, uint32 or llmc.")]);

    private static IResult Of(DatasetOutcome outcome) =>
        outcome.Dataset is { } dataset ? TypedResults.Created("/api/v1/datasets", dataset)
        : outcome.Warnings.Count == 0 ? ApiResults.Invalid(outcome.Problems)
        : TypedResults.Problem(new HttpValidationProblemDetails(
            ApiResults.ByField([.. outcome.Problems, new("acceptWarnings", "Send true to add the file all the same.")]))
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "The file looks like something else.",
            Extensions = { ["warnings"] = outcome.Warnings },
        });

    /// <summary>A file on the server to be listed.</summary>
    public sealed record DatasetPath(string? Name, string? Path, string? Format, int? VocabularySize = null, bool AcceptWarnings = false);
}
