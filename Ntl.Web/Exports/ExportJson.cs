using System.Text.Json;
using Ntl.Web.Api;

namespace Ntl.Web.Exports;

/// <summary>How exported files write JSON: as the API does.</summary>
internal static class ExportJson
{
    public static JsonSerializerOptions Options { get; } = Made();

    private static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions();
        ApiJson.Configure(options);
        return options;
    }
}
