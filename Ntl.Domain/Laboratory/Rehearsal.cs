using System.Globalization;
using Ntl.Domain.Landscapes;

namespace Ntl.Domain.Laboratory;

/// <summary>
/// Every card once, as small as it goes, for a program that serves people: what a card's first run spends on compiling its code, up to half a second, is
/// spent before somebody waits for it. The results are thrown away.
/// </summary>
public static class Rehearsal
{
    // Two tiles, so that the code which adds up tiles is met as well.
    private const int FewReplicas = Tile.Width + 1;
    private const int FewSteps = 100;

    /// <summary>A card's defaults, but few replicas and steps.</summary>
    /// <exception cref="ArgumentException">The card's other defaults do not go with so few.</exception>
    public static KnobValues Small(LabCard card)
    {
        var texts = card.Knobs.Where(knob => knob.Id is SharedKnobs.Replicas or SharedKnobs.Steps).ToDictionary(
            knob => knob.Id,
            knob => Math.Clamp(knob.Id is SharedKnobs.Replicas ? FewReplicas : FewSteps, knob.Min, knob.Max).ToString(CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
        return KnobValues.TryParse(card, texts, out var values, out var problems)
            ? values
            : throw new ArgumentException(string.Join(" ", problems.Select(problem => problem.Message)), nameof(card));
    }

    /// <summary>Runs them all, one after the other.</summary>
    /// <param name="cancellationToken">Stops it within milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run(CancellationToken cancellationToken)
    {
        foreach (var card in LabCards.All)
        {
            card.Run(Small(card), progress: null, cancellationToken);
        }
    }
}
