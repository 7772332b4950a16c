namespace Ntl.Domain.Annealing;

/// <summary>The nearest sequence that never rises, in least squares: pool adjacent violators (Ayer et al. 1955).</summary>
public static class FallingProjection
{
    /// <summary>Replaces a sequence by its projection, in linear time.</summary>
    /// <param name="values">Finite; may be empty.</param>
    public static void Apply(Span<double> values)
    {
        var sums = new double[values.Length];
        var counts = new int[values.Length];
        var blocks = 0;
        foreach (var value in values)
        {
            (sums[blocks], counts[blocks]) = (value, 1);
            blocks++;
            while (blocks > 1 && sums[blocks - 1] * counts[blocks - 2] > sums[blocks - 2] * counts[blocks - 1])
            {
                blocks--;
                sums[blocks - 1] += sums[blocks];
                counts[blocks - 1] += counts[blocks];
            }
        }

        for (var block = 0; block < blocks; block++)
        {
            values[..counts[block]].Fill(sums[block] / counts[block]);
            values = values[counts[block]..];
        }
    }
}
