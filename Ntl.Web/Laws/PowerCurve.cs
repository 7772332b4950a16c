namespace Ntl.Web.Laws;

/// <summary>L₀ + A·D^−p through final losses, by least squares: what they collapse onto if D alone counts.</summary>
/// <param name="Floor">L₀; nats/token.</param>
/// <param name="Scale">A; nats/token at D = 1.</param>
/// <param name="Exponent">p.</param>
/// <param name="RSquare">Share of the spread that the curve explains.</param>
internal sealed record PowerCurve(double Floor, double Scale, double Exponent, double RSquare)
{
    private const int Exponents = 200;
    private const double ExponentStep = 0.01;

    public double At(double time) => Floor + (Scale * Math.Pow(time, -Exponent));

    /// <summary>The best of a grid of exponents; the rest is linear.</summary>
    /// <param name="points">D and loss; at least three different D.</param>
    public static PowerCurve Through(IReadOnlyList<(double Time, double Loss)> points) =>
        Enumerable.Range(1, Exponents).Select(i => Through(points, i * ExponentStep)).MaxBy(curve => curve.RSquare)!;

    private static PowerCurve Through(IReadOnlyList<(double Time, double Loss)> points, double exponent)
    {
        List<double> powers = [.. points.Select(point => Math.Pow(point.Time, -exponent))];
        var (meanPower, meanLoss) = (powers.Average(), points.Average(point => point.Loss));
        var scale = powers.Zip(points, (power, point) => (power - meanPower) * (point.Loss - meanLoss)).Sum() / powers.Sum(power => (power - meanPower) * (power - meanPower));
        var curve = new PowerCurve(meanLoss - (scale * meanPower), scale, exponent, 0);
        var left = points.Sum(point => Math.Pow(point.Loss - curve.At(point.Time), 2));
        var spread = points.Sum(point => Math.Pow(point.Loss - meanLoss, 2));
        return curve with { RSquare = spread > 0 ? 1 - (left / spread) : 0 };
    }
}
