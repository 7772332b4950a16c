using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ntl.Domain.Landscapes;

/// <summary>The river's bed c(y): the loss on the valley's floor, a function of the slow coordinate.</summary>
/// <param name="Shape">Which function.</param>
/// <param name="Scale">Its parameter; finite. Unit: nats, per unit of y where the shape says so.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RiverProfile(RiverShape Shape, double Scale)
{
    /// <summary>No slope: c = 0.</summary>
    public static RiverProfile Level { get; } = new(RiverShape.Level, 0);

    /// <summary>c = −h·y.</summary>
    /// <param name="slope">h, nats per unit of y; falls towards +y when positive.</param>
    public static RiverProfile Falling(double slope) => new(RiverShape.Falling, slope);

    /// <summary>c = A/(1 + y), for y above −1.</summary>
    /// <param name="height">A ≥ 0, nats at y = 0.</param>
    public static RiverProfile Reciprocal(double height) => new(RiverShape.Reciprocal, height);

    /// <summary>c = ½·k·y²: a slow mode that has a floor of its own.</summary>
    /// <param name="curvature">k ≥ 0, nats per unit of y².</param>
    public static RiverProfile Bowl(double curvature) => new(RiverShape.Bowl, curvature);

    /// <summary>c(y), nats.</summary>
    public double Height(double y) => Shape switch
    {
        RiverShape.Falling => -Scale * y,
        RiverShape.Reciprocal => Scale / (1 + y),
        RiverShape.Bowl => 0.5 * Scale * y * y,
        _ => 0,
    };

    /// <summary>c′(y), nats per unit of y.</summary>
    public double Slope(double y) => Shape switch
    {
        RiverShape.Falling => -Scale,
        RiverShape.Reciprocal => -Scale / ((1 + y) * (1 + y)),
        RiverShape.Bowl => Scale * y,
        _ => 0,
    };

    internal Vector256<double> Height(Vector256<double> y)
    {
        var scale = Vector256.Create(Scale);
        return Shape switch
        {
            RiverShape.Falling => -scale * y,
            RiverShape.Reciprocal => scale / (Vector256<double>.One + y),
            RiverShape.Bowl => Vector256.Create(0.5) * scale * y * y,
            _ => Vector256<double>.Zero,
        };
    }

    internal Vector256<double> Slope(Vector256<double> y)
    {
        var scale = Vector256.Create(Scale);
        switch (Shape)
        {
            case RiverShape.Falling:
                return -scale;
            case RiverShape.Reciprocal:
                var distance = Vector256<double>.One + y;
                return -scale / (distance * distance);
            case RiverShape.Bowl:
                return scale * y;
            default:
                return Vector256<double>.Zero;
        }
    }
}
