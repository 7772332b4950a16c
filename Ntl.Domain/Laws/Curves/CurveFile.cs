using System.Collections.Immutable;
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

            var text = LogText.Read(content);
            if (format == CurveFileFormat.Json || (format is null && JsonLog.IsOne(text)))
            {
                format = CurveFileFormat.Json;
                return StepTable.Read(JsonLog.Read(text), NameOf(name), choice, CurveFileFormat.Json);
            }

            var table = CsvTable.Parse(text);
            format ??= WandbExport.IsOne(table) ? CurveFileFormat.WandbCsv : CurveFileFormat.Csv;
            return format == CurveFileFormat.WandbCsv ? WandbExport.Read(table, choice) : StepTable.Read(table, NameOf(name), choice, CurveFileFormat.Csv);
        }
        catch (CurveFileException exception)
        {
            return new(format, [], exception.Series, [], [new SpecProblem(exception.Path, exception.Message)]) { LeftOut = exception.LeftOut };
        }
    }

    // Without folder and ending.
    private static string NameOf(string fileName)
    {
        var name = fileName.Split('/', '\\')[^1];
        var end = name.LastIndexOf('.');
        name = name.StartsWith("events.out.tfevents", StringComparison.Ordinal) || end <= 0 ? name : name[..end];
        return name.Length == 0 ? "curve" : name;
    }

    /// <summary>Names in a sentence, the first few of many.</summary>
    internal static string List(IReadOnlyCollection<string> names)
    {
        const int MostNamed = 12;
        return names.Count == 0 ? "none" : string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
    }

    /// <summary>All names, once each.</summary>
    internal static ImmutableArray<string> Distinct(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal)];
}
