using System.Globalization;
using System.Text;
using Ntl.Domain.Laws;

namespace Ntl.Web.Laws;

/// <summary>A bake-off as CSV: a row a law and curve.</summary>
internal static class BakeOffFile
{
    public static string Write(BakeOff result)
    {
        var csv = new StringBuilder("law,curve,part,mean_error_nats,measured_final_nats,predicted_final_nats\n");
        foreach (var row in result.Rows.Where(row => row.Fit is not null))
        {
            foreach (var (part, scores) in new[] { ("train", row.Fit!.Train), ("left-out", row.Fit.LeaveOneOut), ("test", row.Test) })
            {
                foreach (var score in scores)
                {
                    csv.Append(LawNames.KeyOf(row.Kind)).Append(',').Append(Quoted(score.Name)).Append(',').Append(part)
                        .Append(CultureInfo.InvariantCulture, $",{score.MeanError:R},{score.MeasuredFinal:R},{score.PredictedFinal:R}\n");
                }
            }
        }

        return csv.ToString();
    }

    // A leading = + - @ would be run as a formula by a spreadsheet.
    private static string Quoted(string text) => $"\"{(text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
