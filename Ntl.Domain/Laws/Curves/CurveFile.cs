using System.Collections.Immutable;
using System.Text;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Reads loss curves from the bytes of a file, whatever they are: a file that is none of the known ones, or is broken, gives a problem in words.</summary>
public static class CurveFile
{
    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>The most samples of one curve.</summary>
    public const int MaximumSamples = 200_000;

    /// <summary>The most runs in one file.</summary>
    public const int MaximumCurves = 200;

    private static readonly UTF8Encoding s_strictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">Its name; names the curve where the file does not.</param>
    /// <param name="choice">Which series; null to find them by their names.</param>
    /// <param name="format">What it is; null to recognise it by its content.</param>
    public static CurveFileOutcome Read(ReadOnlySpan<byte> content, string name, CurveFileChoice? choice = null, CurveFileFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        choice ??= new();
        try
        {
            if (content.IsEmpty)
            {
                throw new CurveFileException("The file is empty.");
            }

            if (content.Length > MaximumBytes)
            {
                throw new CurveFileException(FormattableString.Invariant($"The file has {content.Length:N0} bytes; at most {MaximumBytes:N0} are read."));
            }

            if (format == CurveFileFormat.TensorBoard || (format is null && EventFile.IsOne(content)))
            {
                format = CurveFileFormat.TensorBoard;
                return EventFile.Read(content, NameOf(name), choice);
            }

            var table = CsvTable.Parse(TextOf(content));
            format ??= WandbExport.IsOne(table) ? CurveFileFormat.WandbCsv : CurveFileFormat.Csv;
            return format == CurveFileFormat.WandbCsv ? WandbExport.Read(table, choice) : StepTable.Read(table, NameOf(name), choice);
        }
        catch (CurveFileException exception)
        {
            return new(format, [], exception.Series, [], [new SpecProblem(exception.Path, exception.Message)]);
        }
    }

    /// <summary>The curve of a run, checked for what every curve must hold.</summary>
    internal static CurveSamples Curve(string name, List<LossSample> losses, List<Schedules.RatePoint> rates)
    {
        if (losses.Count < CurveSamples.FewestSamples)
        {
            throw new CurveFileException("loss", $"'{name}' has {losses.Count} losses; a curve needs {CurveSamples.FewestSamples}.", []);
        }

        return new(name, [.. losses], [.. rates]);
    }

    // Without folder and ending.
    private static string NameOf(string fileName)
    {
        var name = fileName.Split('/', '\\')[^1];
        var end = name.LastIndexOf('.');
        name = name.StartsWith("events.out.tfevents", StringComparison.Ordinal) || end <= 0 ? name : name[..end];
        return name.Length == 0 ? "curve" : name;
    }

    private static string TextOf(ReadOnlySpan<byte> content)
    {
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw new CurveFileException("The file is UTF-16; save it as UTF-8.");
        }

        try
        {
            var text = s_strictText.GetString(content).TrimStart('\uFEFF');
            return text.Contains('\0', StringComparison.Ordinal) ? throw new CurveFileException(NoKnownFile) : text;
        }
        catch (DecoderFallbackException)
        {
            throw new CurveFileException(NoKnownFile);
        }
    }

    private const string NoKnownFile = "The file is neither text nor a TensorBoard event file.";

    /// <summary>Names in a sentence, the first few of many.</summary>
    internal static string List(IReadOnlyCollection<string> names)
    {
        const int MostNamed = 12;
        return names.Count == 0 ? "none" : string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
    }

    /// <summary>All names, once each.</summary>
    internal static ImmutableArray<string> Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];
}
