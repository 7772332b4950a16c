using Ntl.Domain.Laws;

namespace Ntl.Training.Laws;

/// <summary>Laws and curves as tables for people.</summary>
internal static class LawsText
{
    public static void Write(TextWriter output, IReadOnlyList<LawRow> rows, int trained)
    {
        output.WriteLine("Mean |predicted − measured|, millinats/token");
        output.WriteLine(FormattableString.Invariant($"{"law",-48} {"train",8} {"test",8} {"fit, s",8}"));
        foreach (var row in rows)
        {
            output.WriteLine(FormattableString.Invariant($"{row.Title,-48} {1e3 * row.Scores.Take(trained).Average(score => score.MeanError),8:f3} {1e3 * row.MeanTestError,8:f3} {row.Seconds,8:f2}"));
        }

        foreach (var row in rows)
        {
            output.WriteLine();
            WriteLaw(output, row, trained);
        }
    }

    private static void WriteLaw(TextWriter output, LawRow row, int trained)
    {
        output.WriteLine(row.Title);
        foreach (var parameter in row.Fit?.Parameters ?? row.Law.Parameters)
        {
            var interval = parameter is { Low: { } low, High: { } high } ? FormattableString.Invariant($" [{low:g5}, {high:g5}]") : "";
            output.WriteLine(FormattableString.Invariant($"  {parameter.Symbol,-7}{parameter.Name,-24}{parameter.Value,10:g5}{interval,-24} {parameter.Unit}"));
        }

        output.WriteLine($"  {"curve",-28} {"mean error",11} {"predicted",10} {"measured",10} {"error",8}");
        foreach (var (i, score) in row.Scores.Index())
        {
            var numbers = FormattableString.Invariant($"{1e3 * score.MeanError,11:f3} {score.PredictedFinal,10:f4} {score.MeasuredFinal,10:f4}");
            var error = FormattableString.Invariant($"{score.FinalError,8:+0.0000;-0.0000}");
            var chosen = row.Choices is { } choices ? "  " + LawNames.KeyOf(choices[i].Fit.Law.Kind) : "";
            output.WriteLine($"  {score.Name,-28} {numbers} {error}{(i < trained ? "  train" : "")}{chosen}");
        }

        foreach (var caution in row.Fit?.Cautions ?? [])
        {
            output.WriteLine($"  ! {caution}");
        }
    }
}
