namespace Ntl.Domain.Laws;

/// <summary>The points of one peak rate beside the common curve.</summary>
/// <param name="Peak">The rate.</param>
/// <param name="Count">How many points.</param>
/// <param name="MeanResidual">Mean of measured − curve: above zero, trainings of this peak lose more than their D says. nats/token.</param>
public sealed record CollapseGroup(double Peak, int Count, double MeanResidual);
