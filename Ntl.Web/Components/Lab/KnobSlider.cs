using System.Globalization;
using Ntl.Domain.Laboratory;

namespace Ntl.Web.Components.Lab;

/// <summary>Places of a slider and the values that they stand for: round ones, as a hand is not exact.</summary>
internal static class KnobSlider
{
    /// <summary>The slider goes from 0 to this.</summary>
    public const int Places = 200;

    // Whole numbers over more than two decades turn by factors too.
    private const double WideRange = 100;

    /// <summary>The value at a place.</summary>
    /// <param name="knob">A number.</param>
    /// <param name="place">In [0, <see cref="Places"/>].</param>
    public static double ValueAt(Knob knob, int place)
    {
        var share = (double)place / Places;
        var value = IsByFactors(knob) ? knob.Min * Math.Pow(knob.Max / knob.Min, share) : knob.Min + (share * (knob.Max - knob.Min));
        value = double.Parse(value.ToString(IsByFactors(knob) ? "G2" : "G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(knob.Scale == KnobScale.Integer ? Math.Round(value) : value, knob.Min, knob.Max);
    }

    /// <summary>The place nearest to a value.</summary>
    /// <param name="knob">A number.</param>
    /// <param name="value">Any; beyond the range it is the end.</param>
    public static int PlaceOf(Knob knob, double value)
    {
        var at = double.IsNaN(value) ? knob.Default : Math.Clamp(value, knob.Min, knob.Max);
        var share = IsByFactors(knob) ? Math.Log(at / knob.Min) / Math.Log(knob.Max / knob.Min) : (at - knob.Min) / (knob.Max - knob.Min);
        return (int)Math.Round(share * Places);
    }

    private static bool IsByFactors(Knob knob) =>
        knob.Scale == KnobScale.Logarithmic || (knob.Scale == KnobScale.Integer && knob.Min > 0 && knob.Max / knob.Min > WideRange);
}
