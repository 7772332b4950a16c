namespace Ntl.Domain.Schedules.Expressions;

/// <summary>The names that every formula knows.</summary>
internal enum ExpressionVariable
{
    /// <summary><c>t</c>: progress k/n, in [0, 1).</summary>
    Progress,

    /// <summary><c>k</c>: the local step.</summary>
    Step,

    /// <summary><c>n</c>: the phase's number of steps.</summary>
    Steps,

    /// <summary><c>pi</c>.</summary>
    Pi,
}
