using Ntl.Domain.Laws.Curves;
using Ntl.Domain.Schedules;

namespace Ntl.Web.Laws;

/// <summary>A file of curves to be imported.</summary>
/// <param name="FileName">Names the curve where the file does not.</param>
/// <param name="Content">The bytes.</param>
public sealed record CurveImport(string FileName, ReadOnlyMemory<byte> Content)
{
    /// <summary>What the file is; null to recognise it.</summary>
    public CurveFileFormat? Format { get; init; }

    /// <summary>Which of the file's series; null to find them by their names.</summary>
    public CurveFileChoice? Choice { get; init; }

    /// <summary>The rates of every curve in the file that has none.</summary>
    public ScheduleSpec? Schedule { get; init; }
}
