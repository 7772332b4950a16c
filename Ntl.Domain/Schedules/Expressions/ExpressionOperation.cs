namespace Ntl.Domain.Schedules.Expressions;

/// <summary>What one operation of a formula does, with the meaning of IEEE 754: a division by 0 is ±∞, what is undefined is NaN.</summary>
internal enum ExpressionOperation
{
    Constant,
    Progress,
    Step,
    Steps,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    SquareRoot,
    Exponential,
    Logarithm,
    Cosine,
    Sine,
    Absolute,
    Floor,
    Minimum,
    Maximum,
    Clamp,
}
