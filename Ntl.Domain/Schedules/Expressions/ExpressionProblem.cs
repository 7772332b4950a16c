namespace Ntl.Domain.Schedules.Expressions;

/// <summary>What is wrong with a formula, and where.</summary>
/// <param name="Position">Of the character at fault, from 1; one past the end where something is missing.</param>
/// <param name="Message">One sentence that names the position.</param>
public sealed record ExpressionProblem(int Position, string Message);
