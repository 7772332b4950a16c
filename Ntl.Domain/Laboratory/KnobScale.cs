namespace Ntl.Domain.Laboratory;

/// <summary>How a knob turns.</summary>
public enum KnobScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By factors; the range is above 0.</summary>
    Logarithmic,

    /// <summary>By whole numbers.</summary>
    Integer,

    /// <summary>From option to option; the value is the option's place in the list.</summary>
    Choice,
}
