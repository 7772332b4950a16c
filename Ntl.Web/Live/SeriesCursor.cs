using System.Globalization;

namespace Ntl.Web.Live;

/// <summary>How far a viewer has seen each key of a run. Opaque to clients: they hand back what they were given.</summary>
/// <remarks>Points of a key ascend by (attempt, step), so the last pair seen says exactly which points are new, whatever was restarted in between.</remarks>
public sealed class SeriesCursor
{
    private readonly Dictionary<string, SeriesPosition> _seen;

    private SeriesCursor(Dictionary<string, SeriesPosition> seen, long eventSequence)
    {
        _seen = seen;
        EventSequence = eventSequence;
    }

    /// <summary>Nothing seen yet.</summary>
    public static SeriesCursor Start { get; } = new(new(StringComparer.Ordinal), 0);

    /// <summary>The last event seen.</summary>
    public long EventSequence { get; }

    /// <summary>The last point seen of a key; before all points when none was.</summary>
    public SeriesPosition this[string key] => _seen.TryGetValue(key, out var position) ? position : SeriesPosition.Start;

    /// <summary>The cursor after seeing more of some keys.</summary>
    public SeriesCursor Advance(IEnumerable<KeyValuePair<string, SeriesPosition>> seen, long? eventSequence = null)
    {
        var next = new Dictionary<string, SeriesPosition>(_seen, StringComparer.Ordinal);
        foreach (var (key, position) in seen)
        {
            if (position.CompareTo(this[key]) > 0)
            {
                next[key] = position;
            }
        }

        return new SeriesCursor(next, Math.Max(EventSequence, eventSequence ?? 0));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Null when the text is not a cursor.</returns>
    public static SeriesCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Start;
        }

        var parts = text.Split(';');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return null;
        }

        var seen = new Dictionary<string, SeriesPosition>(StringComparer.Ordinal);
        foreach (var part in parts.AsSpan(1))
        {
            var fields = part.Split(':');
            if (fields.Length != 3
                || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            {
                return null;
            }

            seen[Uri.UnescapeDataString(fields[0])] = new SeriesPosition(attempt, step);
        }

        return new SeriesCursor(seen, sequence);
    }

    /// <summary>The form that clients keep: <c>event;key:attempt:step;…</c>.</summary>
    public override string ToString() =>
        string.Join(';', _seen.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(pair.Key)}:{pair.Value.Attempt}:{pair.Value.Step}"))
            .Prepend(EventSequence.ToString(CultureInfo.InvariantCulture)));
}
