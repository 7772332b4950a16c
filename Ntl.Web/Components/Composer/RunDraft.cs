using System.Collections.Frozen;

namespace Ntl.Web.Components.Composer;

/// <summary>What a person has typed into the composer, as text, right or wrong. Only what differs from the defaults stands in the URL.</summary>
internal sealed class RunDraft
{
    private static readonly FrozenDictionary<string, string> s_defaults = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [DraftField.Name] = "",
        [DraftField.Shape] = ScheduleShape.WarmupStableDecay,
        [DraftField.Steps] = "1000",
        [DraftField.Warmup] = "100",
        [DraftField.Peak] = "3e-3",
        [DraftField.Final] = "0",
        [DraftField.Decay] = nameof(Domain.Schedules.DecayShape.OneMinusSquareRoot),
        [DraftField.DecaySteps] = "200",
        [DraftField.Timescale] = "100",
        [DraftField.Power] = "2",
        [DraftField.Factor] = "0.5",
        [DraftField.Every] = "200",
        [DraftField.Points] = "0 0\n100 3e-3\n600 3e-3\n1000 1e-4",
        [DraftField.Phases] = Domain.Schedules.StandardSchedules
            .WarmupStableDecay(1000, 3e-3, Domain.Schedules.DecayShape.OneMinusSquareRoot, 200, 0, 100).CanonicalJson,
        [DraftField.Model] = "nano",
        [DraftField.Layers] = "4",
        [DraftField.Heads] = "4",
        [DraftField.Width] = "128",
        [DraftField.Context] = "128",
        [DraftField.Vocabulary] = "256",
        [DraftField.Dropout] = "0",
        [DraftField.Bias] = "yes",
        [DraftField.Dataset] = "sotu",
        [DraftField.ValidationFraction] = "0.1",
        [DraftField.Optimizer] = nameof(Domain.Runs.OptimizerKind.AdamW),
        [DraftField.Beta1] = "0.9",
        [DraftField.Beta2] = "0.95",
        [DraftField.Epsilon] = "1e-8",
        [DraftField.WeightDecay] = "0.1",
        [DraftField.Clip] = "1",
        [DraftField.Batch] = "16",
        [DraftField.Accumulation] = "1",
        [DraftField.Seed] = "1",
        [DraftField.Precision] = Domain.Runs.Processor.FastestPrecision.ToString(),
        [DraftField.Device] = "cpu",
        [DraftField.ValidationEvery] = "100",
        [DraftField.ValidationBatches] = "8",
        [DraftField.CheckpointEvery] = "200",
        [DraftField.KeepEvery] = "",
        [DraftField.Probes] = "yes",
        [DraftField.NoiseEvery] = "10",
        [DraftField.ColdHorizon] = ProbeReader.Auto,
        [DraftField.CurvatureEvery] = "400",
        [DraftField.Spectrum] = "yes",
        [DraftField.ConductionEvery] = "400",
        [DraftField.RiverWindow] = "500",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _changed = new(StringComparer.Ordinal);

    /// <summary>The text of a field.</summary>
    /// <param name="field">One of <see cref="DraftField"/>.</param>
    public string this[string field]
    {
        get => _changed.TryGetValue(field, out var text) ? text : Untouched(field);
        set
        {
            // What was given is kept even where it is what would be taken: that may change with another peak.
            var mayChange = field is DraftField.Final && ScheduleShape.NeedsPositiveEnd(this);
            if (string.Equals(value, s_defaults[field], StringComparison.Ordinal) && !mayChange)
            {
                _changed.Remove(field);
            }
            else
            {
                _changed[field] = value;
            }
        }
    }

    /// <summary>The text of a field that nobody has touched.</summary>
    public static string Default(string field) => s_defaults[field];

    // A decay that never reaches 0 ends at a hundredth of the peak until somebody says otherwise: every shape is valid as it is chosen.
    private string Untouched(string field)
    {
        const double Share = 0.01;
        const string Usual = "3e-5";
        return field is not DraftField.Final || !ScheduleShape.NeedsPositiveEnd(this) ? s_defaults[field]
            : DraftNumbers.TryParse(this[DraftField.Peak], out var peak) && peak > 0 ? Domain.Schedules.RateText.Format(peak * Share)
            : Usual;
    }

    /// <summary>Reads the fields that a URL names; others it leaves at their defaults.</summary>
    public static RunDraft FromQuery(IEnumerable<KeyValuePair<string, string>> query)
    {
        var draft = new RunDraft();
        draft.Take(query);
        return draft;
    }

    /// <summary>Gives the fields that a URL names its texts.</summary>
    public void Take(IEnumerable<KeyValuePair<string, string>> query)
    {
        foreach (var (field, text) in query)
        {
            if (s_defaults.ContainsKey(field))
            {
                this[field] = text;
            }
        }
    }

    /// <summary>The fields that differ from the defaults, in a fixed order.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() =>
        _changed.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, object? (pair) => pair.Value, StringComparer.Ordinal);

    /// <summary>The fields whose texts are not those of another draft, in a fixed order: what the URL of a clone keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> DifferencesFrom(RunDraft origin) => s_defaults.Keys
        .Where(field => !string.Equals(this[field], origin[field], StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(field => KeyValuePair.Create(field, (string?)this[field]));

    /// <summary>Whether the field decides anything with the shape, model and optimizer chosen now.</summary>
    public bool Uses(string field) => ScheduleShape.Find(this[DraftField.Shape]).Fields.Contains(field);
}
