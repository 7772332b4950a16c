namespace Ntl.Web.Laws;

/// <summary>What the prediction page shows, as its URL keeps it.</summary>
/// <param name="Train">Curves that laws are fitted to.</param>
/// <param name="Test">Curves that they are judged on.</param>
/// <param name="Law">Key of the law that is shown whole; empty for the chosen one.</param>
public sealed record PredictionView(IReadOnlyList<CurveRef> Train, IReadOnlyList<CurveRef> Test, string Law)
{
    /// <summary>Percent of D that a fit leaves out at the start, unless another is typed.</summary>
    public const string DefaultSkip = "2";

    /// <summary>Percent of the greatest D at whose start no loss counts, as typed.</summary>
    public string Skip { get; init; } = DefaultSkip;

    /// <summary>The same as a share; null when it is no number from 0 to 90.</summary>
    public double? SkippedShare =>
        double.TryParse(Skip, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 90 ? percent / 100 : null;

    /// <summary>Weight decay of imported curves, as typed; empty to assume the usual one.</summary>
    public string Decay { get; init; } = "";

    /// <summary>The same as a number; null when it is empty or no number in range.</summary>
    public double? WeightDecay =>
        double.TryParse(Decay, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var decay)
        && decay is >= 0 and <= BakeOffRequest.MostWeightDecay ? decay : null;

    /// <summary>Whether both numbers can be used.</summary>
    public bool IsSound => SkippedShare is not null && (string.IsNullOrWhiteSpace(Decay) || WeightDecay is not null);

    public static PredictionView Empty { get; } = new([], [], "");

    public bool IsEmpty => Train.Count + Test.Count == 0;

    public static PredictionView FromQuery(Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var train = Refs(query("train"));
        var test = Refs(query("test")).Except(train).Take(Math.Max(0, BakeOffRequest.MostCurves - train.Count));
        return new([.. train.Take(BakeOffRequest.MostCurves)], [.. test], query("law") ?? "")
        {
            Skip = query("skip") ?? DefaultSkip,
            Decay = query("wd") ?? "",
        };
    }

    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Train.Count > 0)
        {
            yield return new("train", string.Join(',', Train));
        }

        if (Test.Count > 0)
        {
            yield return new("test", string.Join(',', Test));
        }

        if (Law.Length > 0)
        {
            yield return new("law", Law);
        }

        if (!string.Equals(Skip, DefaultSkip, StringComparison.Ordinal))
        {
            yield return new("skip", Skip);
        }

        if (Decay.Length > 0)
        {
            yield return new("wd", Decay);
        }
    }

    /// <summary>Puts a curve in one part, or in none.</summary>
    public PredictionView With(CurveRef curve, bool? isTest) => this with
    {
        Train = [.. Train.Where(other => other != curve), .. isTest == false ? [curve] : Array.Empty<CurveRef>()],
        Test = [.. Test.Where(other => other != curve), .. isTest == true ? [curve] : Array.Empty<CurveRef>()],
    };

    /// <summary>Whether the fits of another view are this one's too.</summary>
    public bool HasFitsOf(PredictionView? other) =>
        other is not null && Train.SequenceEqual(other.Train) && Test.SequenceEqual(other.Test) && string.Equals(Skip, other.Skip, StringComparison.Ordinal)
        && string.Equals(Decay, other.Decay, StringComparison.Ordinal);

    private static List<CurveRef> Refs(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => CurveRef.TryParse(name, out var curve) ? curve : (CurveRef?)null).OfType<CurveRef>().Distinct(),
    ];
}
