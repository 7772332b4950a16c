using System.Collections.Immutable;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>What a walk over every step of a formula found: sums and extremes by blocks, the steps where the curve bends, and the first step without a sound rate.</summary>
/// <remarks>Sums are carried in two doubles, so they are exact to the last digit of what is returned and never fall. Memory: 32 bytes a block of 64 steps.</remarks>
internal sealed class RateSurvey
{
    private const int BlockLength = ExpressionProgram.BlockLength;

    private readonly long _steps;
    private readonly (double High, double Low)[] _sums; // Σ of the rates before block i
    private readonly (double Least, double Most)[] _extremes;

    /// <summary>Walks over the steps.</summary>
    public RateSurvey(ExpressionProgram program, long steps)
    {
        (Program, _steps) = (program, steps);
        var rates = new double[steps];
        var blocks = (int)((steps + BlockLength - 1) / BlockLength);
        _sums = new (double, double)[blocks];
        _extremes = new (double, double)[blocks];
        var sum = (High: 0.0, Low: 0.0);
        for (var block = 0; block < blocks; block++)
        {
            var values = rates.AsSpan(block * BlockLength, (int)Math.Min(BlockLength, steps - (long)block * BlockLength));
            program.Fill((long)block * BlockLength, values);
            _sums[block] = sum;
            var (least, most) = (double.PositiveInfinity, 0.0);
            for (var i = 0; i < values.Length; i++)
            {
                if (!IsSound(values[i]))
                {
                    FirstBad = ((long)block * BlockLength + i, values[i]);
                    BendSteps = [];
                    return;
                }

                sum = Add(sum, values[i]);
                (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
            }

            _extremes[block] = (least, most);
        }

        Total = sum.High;
        (Minimum, Peak) = (_extremes.Min(block => block.Least), _extremes.Max(block => block.Most));
        BendSteps = CurveBends.Find(rates, Peak - Minimum);
    }

    public ExpressionProgram Program { get; }

    /// <summary>The first step whose value is no learning rate, and that value; null when all are.</summary>
    public (long Step, double Value)? FirstBad { get; }

    public double Peak { get; }

    public double Minimum { get; }

    /// <summary>Steps between which straight lines draw the curve closely, the strongest bend first; neither end among them.</summary>
    public ImmutableArray<long> BendSteps { get; }

    private double Total { get; }

    public static bool IsSound(double value) => value is >= 0 and <= ScheduleSpec.MaximumRate;

    public double SumOfFirst(long steps)
    {
        if (steps == _steps)
        {
            return Total;
        }

        var block = steps / BlockLength;
        Span<double> values = stackalloc double[(int)(steps % BlockLength)];
        Program.Fill(block * BlockLength, values);
        var sum = _sums[block];
        foreach (var value in values)
        {
            sum = Add(sum, value);
        }

        return sum.High;
    }

    /// <summary>The steps of the lowest and of the highest rate among the first ones.</summary>
    public (long Lowest, long Highest) ExtremeSteps(long steps)
    {
        var whole = (int)(steps / BlockLength);
        var tail = new double[steps % BlockLength];
        Program.Fill((long)whole * BlockLength, tail);
        var (least, most) = (tail.DefaultIfEmpty(double.PositiveInfinity).Min(), tail.DefaultIfEmpty(0).Max());
        var (leastBlock, mostBlock) = (whole, whole);
        for (var block = whole - 1; block >= 0; block--)
        {
            (least, leastBlock) = _extremes[block].Least <= least ? (_extremes[block].Least, block) : (least, leastBlock);
            (most, mostBlock) = _extremes[block].Most >= most ? (_extremes[block].Most, block) : (most, mostBlock);
        }

        return (StepOf(least, leastBlock), StepOf(most, mostBlock));
    }

    private long StepOf(double rate, int block)
    {
        var step = (long)block * BlockLength;
        while (Program.At(step) != rate)
        {
            step++;
        }

        return step;
    }

    // Adds to a sum of two doubles that do not overlap (Knuth's exact sum, then normalised).
    private static (double High, double Low) Add((double High, double Low) sum, double value)
    {
        var next = sum.High + value;
        var part = next - sum.High;
        var low = sum.High - (next - part) + (value - part) + sum.Low;
        var high = next + low;
        return (high, low - (high - next));
    }
}
