namespace Ntl.Domain.Landscapes;

/// <summary>The functions by which a valley can sharpen along its river.</summary>
public enum CurvatureShape
{
    /// <summary>s = 1: equally wide everywhere.</summary>
    Uniform,

    /// <summary>s = e^{q·y}.</summary>
    Exponential,

    /// <summary>s = 1 + q·y².</summary>
    Quadratic,
}
