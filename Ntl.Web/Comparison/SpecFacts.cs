using System.Runtime.CompilerServices;
using Ntl.Domain.Comparison;
using Ntl.Domain.Runs;

namespace Ntl.Web.Comparison;

/// <summary>What a comparison asks of a spec again and again, worked out once and kept for as long as the spec itself.</summary>
internal sealed class SpecFacts
{
    private static readonly ConditionalWeakTable<RunSpec, SpecFacts> s_known = [];

    private readonly Lazy<IReadOnlyList<KeyValuePair<string, string>>> _fields;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _byPath;
    private readonly Lazy<string> _seedless;

    private SpecFacts(RunSpec spec)
    {
        _fields = new(() => SpecTable.FieldsOf(spec));
        _byPath = new(() => _fields.Value.ToDictionary(StringComparer.Ordinal));
        _seedless = new(() => RunSpecJson.Hash(spec with { Seed = 0 }));
    }

    /// <summary>The fields in the spec's own order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields.Value;

    /// <summary>The fields by their paths.</summary>
    public IReadOnlyDictionary<string, string> ByPath => _byPath.Value;

    /// <summary>Equal for specs that differ in seed, name and experiment only.</summary>
    public string Seedless => _seedless.Value;

    public static SpecFacts Of(RunSpec spec) => s_known.GetValue(spec, static own => new(own));
}
