using System.Collections.Frozen;

namespace Ntl.Domain.Schedules.Expressions;

/// <summary>The words of formulas.</summary>
internal static class ExpressionVocabulary
{
    public static readonly FrozenDictionary<string, ExpressionVariable> Variables = new Dictionary<string, ExpressionVariable>(StringComparer.Ordinal)
    {
        ["t"] = ExpressionVariable.Progress,
        ["k"] = ExpressionVariable.Step,
        ["n"] = ExpressionVariable.Steps,
        ["pi"] = ExpressionVariable.Pi,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, (ExpressionOperation Operation, int Operands)> Functions = new Dictionary<string, (ExpressionOperation, int)>(StringComparer.Ordinal)
    {
        ["sqrt"] = (ExpressionOperation.SquareRoot, 1),
        ["exp"] = (ExpressionOperation.Exponential, 1),
        ["log"] = (ExpressionOperation.Logarithm, 1),
        ["cos"] = (ExpressionOperation.Cosine, 1),
        ["sin"] = (ExpressionOperation.Sine, 1),
        ["abs"] = (ExpressionOperation.Absolute, 1),
        ["floor"] = (ExpressionOperation.Floor, 1),
        ["pow"] = (ExpressionOperation.Power, 2),
        ["min"] = (ExpressionOperation.Minimum, 2),
        ["max"] = (ExpressionOperation.Maximum, 2),
        ["clamp"] = (ExpressionOperation.Clamp, 3),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<ExpressionOperation, string> s_functionNames = Functions.ToFrozenDictionary(pair => pair.Value.Operation, pair => pair.Key);

    private static readonly FrozenDictionary<ExpressionVariable, string> s_variableNames = Variables.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    public static string NameOf(ExpressionOperation function) => s_functionNames[function];

    public static string NameOf(ExpressionVariable variable) => s_variableNames[variable];

    public static bool IsKnown(string name) => Variables.ContainsKey(name) || Functions.ContainsKey(name);

    public static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character == '_';

    public static bool IsNamePart(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
