using System.Collections.Immutable;
using System.Globalization;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laboratory;

/// <summary>One number, or one choice, that a person may change on a card.</summary>
/// <param name="Id">Name in a URL and on the command line, such as <c>rate</c>.</param>
/// <param name="Label">In words: "learning rate".</param>
/// <param name="Symbol">As in the formulas: "η"; may be empty.</param>
/// <param name="Unit">May be empty.</param>
/// <param name="Default">In [Min, Max].</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Scale">How it turns.</param>
public sealed record Knob(string Id, string Label, string Symbol, string Unit, double Default, double Min, double Max, KnobScale Scale = KnobScale.Linear)
{
    /// <summary>The options of a choice, by the words that a person reads and types; empty for numbers.</summary>
    public ImmutableArray<string> Options { get; private init; } = [];

    /// <summary>A choice; the first option is the default.</summary>
    public static Knob Choice(string id, string label, params ImmutableArray<string> options) =>
        new(id, label, "", "", 0, 0, options.Length - 1, KnobScale.Choice) { Options = options };

    /// <summary>A value as text, the way <see cref="Read"/> reads it.</summary>
    public string Text(double value) => Scale == KnobScale.Choice ? Options[(int)value] : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a value, or adds a problem.</summary>
    /// <param name="text">What a person typed.</param>
    /// <param name="problems">Where a problem goes.</param>
    internal double? Read(string text, ICollection<SpecProblem> problems)
    {
        if (Scale == KnobScale.Choice)
        {
            var place = Options.IndexOf(text.Trim(), StringComparer.OrdinalIgnoreCase);
            return place >= 0 ? place : Problem($"There is no {Label} '{text}'; there are {string.Join(", ", Options)}.");
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return Problem($"The {Label} must be a number; '{text}' is not.");
        }

        if (value < Min || value > Max)
        {
            return Problem($"The {Label} {Symbol} must be from {Round(Min)} to {Round(Max)}{(Unit.Length == 0 ? "" : $" {Unit}")}; it is {Round(value)}.".Replace("  ", " ", StringComparison.Ordinal));
        }

        return Scale == KnobScale.Integer && value != Math.Floor(value) ? Problem($"The {Label} must be a whole number; it is {Round(value)}.") : value;

        double? Problem(string message)
        {
            problems.Add(new(Id, message));
            return null;
        }
    }

    private static string Round(double value) => value.ToString(Math.Abs(value) is >= 1000 and < 1e15 ? "#,0.##" : "G6", CultureInfo.InvariantCulture);
}
