using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules.Expressions;

namespace Ntl.Domain.Schedules;

/// <summary>Rates by a formula, as <c>peak*(1-t)^1.5</c>: see <see cref="ScheduleExpression"/> for what it may say.</summary>
/// <remarks>
/// Nothing is known of a formula but its values, so a walk over all steps, once and when first asked, finds peak, minimum and sums. That is why such phases are limited in length
/// (<see cref="MaximumSteps"/>, together in a schedule), and every step's value is known to be a rate: finite, from 0 to <see cref="ScheduleSpec.MaximumRate"/>.
/// </remarks>
public sealed record ExpressionPhase : SchedulePhase
{
    /// <summary>The most steps that a schedule's formulas may have together; one that was cut counts whole.</summary>
    public const long MaximumSteps = 1_000_000;

    internal const string KindName = "expression";

    private const int MostConstants = 32;
    private const int LongestName = 40;
    private const int LongestInWords = 60;

    private readonly ScheduleExpression? _expression;
    private readonly ExpressionProblem? _problem;
    private readonly ImmutableSortedDictionary<string, double> _given;
    private readonly Lazy<RateSurvey?> _survey;

    /// <summary>Rates by a formula.</summary>
    /// <param name="steps">Length n in steps; at most <see cref="MaximumSteps"/>.</param>
    /// <param name="formula">The formula; kept in its one text where it can be read, as given otherwise.</param>
    /// <param name="constants">A finite number for each name of the formula; names that it does not use are left out.</param>
    public ExpressionPhase(long steps, string formula, IReadOnlyDictionary<string, double>? constants = null)
        : base(steps)
    {
        ArgumentNullException.ThrowIfNull(formula);
        _expression = ScheduleExpression.Parse(formula, out _problem);
        _given = (constants ?? ImmutableSortedDictionary<string, double>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
        Formula = _expression?.Text ?? formula;
        Constants = _expression is null ? _given : _given.RemoveRange(_given.Keys.Except(_expression.Names, StringComparer.Ordinal).ToList());
        _survey = new(Survey);
    }

    private ExpressionPhase(ExpressionPhase original)
        : base(original)
    {
        (_expression, _problem, _given, Formula, Constants) = (original._expression, original._problem, original._given, original.Formula, original.Constants);
        _survey = new(Survey); // the copy may get another length
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>The formula in its one text; as given where it cannot be read.</summary>
    public string Formula { get; }

    /// <summary>The numbers of the formula's names, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, double> Constants { get; }

    /// <summary>The formula; null where it cannot be read.</summary>
    public ScheduleExpression? Expression => _expression;

    /// <inheritdoc/>
    public override double EntryRate => RateAt(0);

    /// <summary>What the formula gives at t = 1, one step after the last, where that is a rate; the last step's rate otherwise.</summary>
    public override double ExitRate => Program() is { } program && program.At(Steps) is var end && RateSurvey.IsSound(end) ? end : RateAt(Steps - 1);

    /// <inheritdoc/>
    public override double Peak => _survey.Value?.Peak ?? double.NaN;

    /// <inheritdoc/>
    public override double Minimum => _survey.Value?.Minimum ?? double.NaN;

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var numbers = string.Join(", ", Constants.Select(constant => $"{constant.Key} {RateText.Format(constant.Value)}"));
            var formula = Formula.Length <= LongestInWords ? Formula : Formula[..LongestInWords] + "…";
            return numbers.Length == 0 ? $"{formula} for {Steps}" : $"{formula} ({numbers}) for {Steps}";
        }
    }

    /// <inheritdoc/>
    public override double RateAt(long step) => Program()?.At(step) ?? double.NaN;

    /// <inheritdoc/>
    public override double SumOfFirst(long steps) => _survey.Value?.SumOfFirst(steps) ?? double.NaN;

    /// <summary>What follows the first <paramref name="steps"/> steps, as a formula of its own: the same rates to the bit.</summary>
    /// <param name="steps">In <c>[1, Steps)</c>.</param>
    /// <returns>Null where that formula would be too long.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many steps, or none would be left.</exception>
    public ExpressionPhase? After(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(steps, Steps);
        return _expression?.After(steps, Steps) is { } rest ? new(Steps - steps, rest.Text, Constants) : null;
    }

    /// <inheritdoc/>
    public bool Equals(ExpressionPhase? other) =>
        other is not null && Steps == other.Steps && string.Equals(Formula, other.Formula, StringComparison.Ordinal) && Constants.SequenceEqual(other.Constants);

    /// <inheritdoc/>
    public override int GetHashCode() => Constants.Aggregate(HashCode.Combine(Steps, Formula), HashCode.Combine);

    internal override IEnumerable<long> CornersOfFirst(long steps)
    {
        if (_survey.Value is not { } survey)
        {
            return [];
        }

        var (lowest, highest) = survey.ExtremeSteps(steps);
        return new[] { lowest, highest }.Where(step => step > 0 && step < steps - 1).Distinct().Order();
    }

    internal override IEnumerable<long> BendSteps() => _survey.Value?.BendSteps ?? [];

    internal override void Validate(string path, ICollection<SpecProblem> problems)
    {
        var before = problems.Count;
        if (PhaseRules.Steps(Steps, $"{path}.steps", problems) && Steps > MaximumSteps)
        {
            problems.Add(new($"{path}.steps", $"A phase by a formula has at most {MaximumSteps} steps, since each is worked out, but is {Steps}. Use points, or a shape that has a sum."));
        }

        if (_problem is not null)
        {
            problems.Add(new($"{path}.formula", _problem.Message));
        }

        ValidateConstants(path, problems);
        if (problems.Count == before && _survey.Value?.FirstBad is { } bad)
        {
            problems.Add(new($"{path}.formula", $"At step {bad.Step} (t = {RateText.Format((double)bad.Step / Steps)}) the formula gives {WordsFor(bad.Value)}"));
        }
    }

    private static string WordsFor(double value) => value switch
    {
        double.NaN => "no number: 0/0, or a root, power or logarithm of a negative number.",
        double.PositiveInfinity or double.NegativeInfinity => "an infinite rate: a division by 0, or a number too large.",
        < 0 => $"{RateText.Format(value)}: a learning rate must not be negative. Put max(0, …) around it, or mend it.",
        _ => $"{RateText.Format(value)}: a learning rate must be at most {RateText.Format(ScheduleSpec.MaximumRate)}.",
    };

    private void ValidateConstants(string path, ICollection<SpecProblem> problems)
    {
        if (_given.Count > MostConstants)
        {
            problems.Add(new($"{path}.constants", $"A formula has at most {MostConstants} named numbers; there are {_given.Count}."));
            return;
        }

        foreach (var (name, value) in _given)
        {
            if (name.Length is 0 or > LongestName || !ExpressionVocabulary.IsNameStart(name[0]) || !name.All(ExpressionVocabulary.IsNamePart))
            {
                problems.Add(new($"{path}.constants", $"A name has from 1 to {LongestName} letters a to z, digits and _, and begins with no digit; '{(name.Length <= LongestName ? name : name[..LongestName] + "…")}' is none."));
            }
            else if (ExpressionVocabulary.IsKnown(name))
            {
                problems.Add(new($"{path}.constants.{name}", $"'{name}' has a meaning of its own in formulas: choose another name."));
            }
            else if (!double.IsFinite(value))
            {
                problems.Add(new($"{path}.constants.{name}", string.Create(CultureInfo.InvariantCulture, $"A named number must be finite, but is {value}.")));
            }
        }

        foreach (var constant in _expression?.Constants ?? [])
        {
            if (!_given.ContainsKey(constant.Name))
            {
                var name = constant.Name.Length <= LongestName ? constant.Name : constant.Name[..LongestName] + "…";
                problems.Add(new($"{path}.formula", $"At character {constant.Position}: '{name}' is neither t, k, n or pi nor one of the named numbers{(_given.IsEmpty ? "" : $" {string.Join(", ", _given.Keys)}")}."));
            }
        }
    }

    private ExpressionProgram? Program() => _survey.IsValueCreated && _survey.Value is { } survey ? survey.Program : Prepare();

    private ExpressionProgram? Prepare() =>
        _expression is not null && _expression.Names.All(Constants.ContainsKey) ? new(_expression, Constants, Steps) : null;

    private RateSurvey? Survey() => Prepare() is { } program && Steps is >= 1 and <= MaximumSteps ? new(program, Steps) : null;
}
