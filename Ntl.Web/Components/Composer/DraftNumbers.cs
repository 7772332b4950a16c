using System.Globalization;

namespace Ntl.Web.Components.Composer;

/// <summary>Reads a draft's numbers; what is not a number becomes a problem of its field and the default stands in for it.</summary>
internal sealed class DraftNumbers(RunDraft draft, ICollection<FieldProblem> problems)
{
    private const double LargestWhole = 1L << 53; // beyond it a double skips whole numbers

    /// <summary>Fields whose text is no number; whatever else is said about them would only confuse.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    public double Real(string field)
    {
        if (TryParse(draft[field], out var value))
        {
            return value;
        }

        Report(field, $"Give a number such as 0.003 or 3e-3; '{draft[field]}' is not one.");
        return Parse(RunDraft.Default(field));
    }

    public long Whole(string field) => Whole(field, $"Give a whole number; '{draft[field]}' is not one.");

    public long Whole(string field, string problem)
    {
        if (TryParse(draft[field], out var value) && Math.Abs(value) <= LargestWhole && value == Math.Truncate(value))
        {
            return (long)value;
        }

        Report(field, problem);
        return TryParse(RunDraft.Default(field), out var standIn) ? (long)standIn : 1;
    }

    public int Small(string field) => (int)Math.Clamp(Whole(field), int.MinValue, int.MaxValue);

    public T Choice<T>(string field) where T : struct, Enum
    {
        if (Enum.TryParse<T>(draft[field], ignoreCase: true, out var value) && Enum.IsDefined(value))
        {
            return value;
        }

        Report(field, $"There is no such choice as '{draft[field]}'.");
        return Enum.Parse<T>(RunDraft.Default(field));
    }

    public void Report(string field, string message)
    {
        Unreadable.Add(field);
        problems.Add(new(field, message));
    }

    /// <summary>Reads a number; spaces and underscores may group its digits.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(
            text.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out value) && double.IsFinite(value);

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
