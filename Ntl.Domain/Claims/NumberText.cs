using Ntl.Domain.Numbers;

namespace Ntl.Domain.Claims;

/// <summary>Numbers in sentences.</summary>
internal static class NumberText
{
    /// <summary>A number with so many significant digits, as <see cref="NumberFormat.Number"/> writes it.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="digits">At least 1.</param>
    public static string Of(double value, int digits = 3) => NumberFormat.Number(value, digits);
}
