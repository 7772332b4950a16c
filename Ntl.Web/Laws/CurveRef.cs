using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ntl.Domain.Runs;

namespace Ntl.Web.Laws;

/// <summary>Names a loss curve of this server, in URLs and stored fits: <c>run:0123456789</c> or <c>file:0123456789</c>.</summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Id">The run's or the import's identity.</param>
[StructLayout(LayoutKind.Auto)]
[JsonConverter(typeof(JsonText))]
public readonly record struct CurveRef(CurveOrigin Origin, RunId Id)
{
    private const string RunScheme = "run:";
    private const string FileScheme = "file:";

    /// <summary>Reads a name; a bare identity is a run's.</summary>
    public static bool TryParse(string? text, out CurveRef curve)
    {
        var (origin, id) = text switch
        {
            not null when text.StartsWith(RunScheme, StringComparison.Ordinal) => (CurveOrigin.Run, text[RunScheme.Length..]),
            not null when text.StartsWith(FileScheme, StringComparison.Ordinal) => (CurveOrigin.File, text[FileScheme.Length..]),
            _ => (CurveOrigin.Run, text),
        };
        var isOne = RunId.TryParse(id, out var run);
        curve = new(origin, run);
        return isOne;
    }

    public override string ToString() => $"{(Origin == CurveOrigin.Run ? RunScheme : FileScheme)}{Id}";

    private sealed class JsonText : JsonConverter<CurveRef>
    {
        public override CurveRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var curve) ? curve : throw new JsonException("Not a curve: run:… or file:….");

        public override void Write(Utf8JsonWriter writer, CurveRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
