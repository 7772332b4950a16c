using Ntl.Domain.Laboratory.Cards;

namespace Ntl.Domain.Laboratory;

/// <summary>All cards, in the order in which to read them.</summary>
public static class LabCards
{
    /// <summary>All cards; each id once.</summary>
    public static IReadOnlyList<LabCard> All { get; } =
    [
        new RiverValleyCard(),
        new EquipartitionCard(),
        new OptimizerConstantsCard(),
        new NewtonCoolingCard(),
        new SecondLawCard(),
        new ClausiusCard(),
        new BestAnnealCard(),
        new CooledTooFastCard(),
        new BackwardRiverCard(),
        new EntropicDriftCard(),
        new CollapseCard(),
        new ConductionCard(),
        new GradientBalanceCard(),
        new EntropicLossCard(),
        new MpembaCard(),
    ];

    /// <summary>The card with an id; null if there is none.</summary>
    public static LabCard? Find(string id) => All.FirstOrDefault(card => string.Equals(card.Id, id, StringComparison.Ordinal));
}
