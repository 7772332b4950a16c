using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Laboratory;

/// <summary>A value for every knob of a card; each in its range, and all of them together possible.</summary>
public sealed class KnobValues
{
    private readonly ImmutableDictionary<string, double> _values;
    private readonly LabCard _card;

    private KnobValues(LabCard card, ImmutableDictionary<string, double> values) => (_card, _values) = (card, values);

    /// <summary>A knob's value; a choice's place in its list.</summary>
    /// <param name="id">Of a knob of the card.</param>
    public double this[string id] => _values[id];

    /// <summary>The card's defaults.</summary>
    public static KnobValues Defaults(LabCard card) => new(card, card.Knobs.ToImmutableDictionary(knob => knob.Id, knob => knob.Default, StringComparer.Ordinal));

    /// <summary>Reads values; knobs that are not named keep their defaults.</summary>
    /// <param name="card">Whose knobs.</param>
    /// <param name="texts">Texts by knob id.</param>
    /// <param name="values">When there are no problems.</param>
    /// <param name="problems">Every problem, its path a knob's id.</param>
    public static bool TryParse(
        LabCard card,
        IReadOnlyDictionary<string, string> texts,
        [NotNullWhen(true)] out KnobValues? values,
        out IReadOnlyList<SpecProblem> problems)
    {
        List<SpecProblem> found = [];
        var read = Defaults(card)._values.ToBuilder();
        foreach (var (id, text) in texts)
        {
            if (card.Knobs.FirstOrDefault(knob => string.Equals(knob.Id, id, StringComparison.Ordinal)) is not { } knob)
            {
                found.Add(new(id, $"The card '{card.Id}' has no knob '{id}'; it has {string.Join(", ", card.Knobs.Select(known => known.Id))}."));
            }
            else if (knob.Read(text, found) is { } value)
            {
                read[id] = value;
            }
        }

        values = new(card, read.ToImmutable());
        if (found.Count == 0)
        {
            found.AddRange(card.Check(values));
        }

        problems = found;
        values = found.Count == 0 ? values : null;
        return values is not null;
    }

    /// <summary>A whole number.</summary>
    public int Integer(string id) => (int)_values[id];

    /// <summary>The chosen option's word.</summary>
    public string Choice(string id) => _card.Knobs.First(knob => string.Equals(knob.Id, id, StringComparison.Ordinal)).Options[Integer(id)];

    /// <summary>Every knob's value as text, in the card's order: what a URL carries.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts() => _card.Knobs.Select(knob => KeyValuePair.Create(knob.Id, knob.Text(_values[knob.Id])));
}
