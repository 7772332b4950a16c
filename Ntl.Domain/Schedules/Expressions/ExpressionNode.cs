namespace Ntl.Domain.Schedules.Expressions;

/// <summary>One node of a formula's tree; immutable.</summary>
internal abstract record ExpressionNode;
