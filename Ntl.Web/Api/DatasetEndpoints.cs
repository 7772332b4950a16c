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

    // The body is the text itself, streamed to disk.
    private static async Task<IResult> UploadAsync(HttpContext http, string name, IDatasetCatalog catalog, NtlOptions options, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // One byte more than the catalog takes, so that the catalog's own message is what the client reads.
            limit.MaxRequestBodySize = options.MaxUploadBytes + 1;
        }

        return Of(await catalog.UploadAsync(name, http.Request.Body, cancellationToken));
    }

    private static async Task<IResult> AddPathAsync(DatasetPath given, IDatasetCatalog catalog, CancellationToken cancellationToken) =>
        Of(await catalog.AddPathAsync(given.Name, given.Path, given.Format, cancellationToken));

    private static IResult Of(DatasetOutcome outcome) =>
        outcome.Dataset is { } dataset ? TypedResults.Created("/api/v1/datasets", dataset) : ApiResults.Invalid(outcome.Problems);

    /// <summary>A file on the server to be listed.</summary>
    public sealed record DatasetPath(string Name, string Path, DatasetFormat Format);
}
