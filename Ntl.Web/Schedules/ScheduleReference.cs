using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ntl.Web.Schedules;

/// <summary>A version of a schedule in the library.</summary>
/// <param name="Id">The schedule.</param>
/// <param name="Version">1 for the first.</param>
public sealed record ScheduleReference(string Id, int Version)
{
    /// <summary>Reads <c>id:version</c>, as URLs and the API write it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScheduleReference? reference)
    {
        reference = text?.Split(':') is [{ Length: > 0 } id, var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
                ? new ScheduleReference(id, version)
                : null;
        return reference is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}:{Version}");
}
