using System.Globalization;

namespace Ntl.Domain.Schedules.Interchange.Export;

/// <summary>Numbers as C# and Python both write them.</summary>
internal static class CodeNumber
{
    /// <summary>A double's shortest text that reads back as the same double, and as no integer.</summary>
    public static string Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().IndexOfAny('.', 'e') < 0 ? text + ".0" : text;
    }

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);
}
