using System.Globalization;
using System.Text;

namespace Ntl.Web.Live;

/// <summary>Stored points as CSV, bit for bit: "R" formatting reads back as the same double. A key cannot begin with a formula sign.</summary>
internal static class PointsCsv
{
    public static async Task WriteAsync(Stream stream, IAsyncEnumerable<StoredPoints> stored, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync("key,attempt,step,value,orphaned\n");
        var text = new StringBuilder();
        await foreach (var points in stored.WithCancellation(cancellationToken))
        {
            for (var i = 0; i < points.Steps.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{points.Key},{points.Attempt},{points.Steps[i]},{points.Values[i]:R},{(points.Steps[i] >= points.VisibleUntilStep ? 1 : 0)}\n");
            }

            await writer.WriteAsync(text, cancellationToken);
            text.Clear();
        }
    }
}
