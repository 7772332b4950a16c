using System.Collections.Immutable;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A file of curves that cannot be read. Caught in <see cref="CurveFile"/>, which tells it as a problem.</summary>
internal sealed class CurveFileException(string path, string message, ImmutableArray<string> series) : Exception(message)
{
    public CurveFileException(string message)
        : this("file", message, [])
    {
    }

    /// <summary>The field that it belongs beside.</summary>
    public string Path { get; } = path;

    /// <summary>What the file has, to choose from.</summary>
    public ImmutableArray<string> Series { get; } = series;

    /// <summary>The runs of the file that are no curves.</summary>
    public ImmutableArray<LeftOutCurve> LeftOut { get; init; } = [];
}
