using System.Runtime.InteropServices;
using Ntl.Domain.Numbers;

namespace Ntl.Domain.Plots;

/// <summary>Points that a chart has no place for, so that they can be told beside it.</summary>
/// <param name="NotPositive">Finite points at or below zero on a logarithmic axis.</param>
/// <param name="Missing">Points whose place or value is not finite.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LeftOut(int NotPositive, int Missing)
{
    /// <summary>How many there are.</summary>
    public int Count => NotPositive + Missing;

    /// <summary>Whether a point can be drawn.</summary>
    /// <param name="x">Its place.</param>
    /// <param name="y">Its value.</param>
    /// <param name="logX">Whether the x-axis is logarithmic.</param>
    /// <param name="logY">Whether the y-axis is logarithmic.</param>
    public static bool IsShown(double x, double y, bool logX, bool logY) =>
        double.IsFinite(x) && double.IsFinite(y) && (!logX || x > 0) && (!logY || y > 0);

    /// <summary>Counts the points of one line that cannot be drawn.</summary>
    /// <param name="x">Places.</param>
    /// <param name="y">Values, as many.</param>
    /// <param name="logX">Whether the x-axis is logarithmic.</param>
    /// <param name="logY">Whether the y-axis is logarithmic.</param>
    public static LeftOut Of(IReadOnlyList<double> x, IReadOnlyList<double> y, bool logX, bool logY)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var (notPositive, missing) = (0, 0);
        for (var i = 0; i < x.Count; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
            {
                missing++;
            }
            else if (!IsShown(x[i], y[i], logX, logY))
            {
                notPositive++;
            }
        }

        return new(notPositive, missing);
    }

    /// <summary>Both together.</summary>
    public LeftOut Plus(LeftOut other) => new(NotPositive + other.NotPositive, Missing + other.Missing);

    /// <summary>"3 values ≤ 0 are not shown on a log axis. 1 value is missing or not finite."; empty where everything is drawn.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        NotPositive == 0 ? "" : $"{Values(NotPositive)} ≤ 0 {(NotPositive == 1 ? "is" : "are")} not shown on a log axis.",
        Missing == 0 ? "" : $"{Values(Missing)} {(Missing == 1 ? "is" : "are")} missing or not finite.",
    }.Where(sentence => sentence.Length > 0));

    private static string Values(int count) => count == 1 ? "1 value" : $"{CountFormat.Count(count)} values";
}
