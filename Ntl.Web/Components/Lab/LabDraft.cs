using System.Globalization;
using Ntl.Domain.Laboratory;
using Ntl.Domain.Runs;

namespace Ntl.Web.Components.Lab;

/// <summary>A card with the texts on its knobs, as typed, right or wrong.</summary>
internal sealed class LabDraft
{
    private const string SeedKnob = "seed";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads a URL's query; knobs that it does not name have their defaults.</summary>
    /// <param name="card">Whose knobs.</param>
    /// <param name="query">A value by name; null for none.</param>
    public LabDraft(LabCard card, Func<string, string?> query)
    {
        Card = card;
        foreach (var knob in card.Knobs)
        {
            _texts[knob.Id] = query(knob.Id) ?? knob.Text(knob.Default);
        }

        Read();
    }

    public LabCard Card { get; }

    /// <summary>The values; null while something is wrong.</summary>
    public KnobValues? Values { get; private set; }

    public IReadOnlyList<SpecProblem> Problems { get; private set; } = [];

    public bool HasSeed => Card.Knobs.Any(knob => IsSeed(knob));

    /// <summary>The knobs that are not at their defaults: what the URL keeps.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Changed => Card.Knobs
        .Where(knob => !IsDefault(knob))
        .Select(knob => KeyValuePair.Create(knob.Id, (string?)_texts[knob.Id]));

    /// <summary>Problems that belong to no one knob.</summary>
    public IEnumerable<string> CommonProblems => Problems.Where(problem => !_texts.ContainsKey(problem.Path)).Select(problem => problem.Message);

    public static bool IsSeed(Knob knob) => string.Equals(knob.Id, SeedKnob, StringComparison.Ordinal);

    public string Text(Knob knob) => _texts[knob.Id];

    public string? ProblemOf(Knob knob) => Problems.FirstOrDefault(problem => string.Equals(problem.Path, knob.Id, StringComparison.Ordinal))?.Message;

    public void Set(Knob knob, string text)
    {
        _texts[knob.Id] = text;
        Read();
    }

    /// <summary>Other noise, everything else the same.</summary>
    /// <param name="seed">≥ 0.</param>
    public void Reseed(int seed) => Set(Card.Knobs.First(IsSeed), seed.ToString(CultureInfo.InvariantCulture));

    // "0.10" is the default 0.1 too.
    private bool IsDefault(Knob knob) =>
        knob.Scale != KnobScale.Choice && double.TryParse(_texts[knob.Id], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value.Equals(knob.Default)
            : string.Equals(_texts[knob.Id], knob.Text(knob.Default), StringComparison.OrdinalIgnoreCase);

    private void Read()
    {
        _ = KnobValues.TryParse(Card, _texts, out var values, out var problems);
        (Values, Problems) = (values, problems);
    }
}
