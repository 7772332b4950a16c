namespace Ntl.Domain.Laws;

/// <summary>A law's form as a fit sees it: what is linear follows from a few numbers that are not.</summary>
internal abstract class LawShape
{
    /// <summary>The grid of the numbers that are not linear, one list for each; α is not among them.</summary>
    public abstract double[][] Grid { get; }

    /// <summary>The grid of α.</summary>
    public abstract double[] Exponents { get; }

    /// <summary>λ of the smoothness of the heats.</summary>
    public virtual double Smoothness => 0;

    /// <summary>Which of the numbers may leave the grid in the end; α may wherever any polish is made.</summary>
    public virtual bool[] Polished => new bool[Grid.Length];

    /// <summary>Whether α and <see cref="Polished"/> leave the grid in the end.</summary>
    public virtual bool IsPolished => true;

    /// <summary>How many grid points away from the fit a replicate's numbers may settle.</summary>
    public virtual int NumberReach => 3;

    /// <summary>The same for α.</summary>
    public virtual int ExponentReach => 4;

    /// <summary>The river's clock in each row.</summary>
    public abstract double[] Clock(TrainingRows rows, double[] shape);

    /// <summary>The columns that heats multiply, for each row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shape">One number for each grid.</param>
    /// <param name="isFinal">Whether the result is kept: the search may be coarser.</param>
    public abstract double[][] Features(TrainingRows rows, double[] shape, bool isFinal);

    /// <summary>The law of a fit.</summary>
    public abstract LossLaw Make(TrainingRows rows, double[] shape, double exponent, LinearFit fit);

    /// <summary>Numbers from first to last, evenly.</summary>
    protected static double[] Even(double first, double step, int count) => [.. Enumerable.Range(0, count).Select(i => first + (step * i))];

    /// <summary>Numbers from first to last, in equal ratios.</summary>
    protected static double[] Geometric(double first, double last, int count) => [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(last / first, i / (count - 1.0)))];
}
