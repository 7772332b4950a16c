using System.Collections.Immutable;

namespace Ntl.Domain.Landscapes;

/// <summary>The ensemble after a number of steps.</summary>
/// <param name="Steps">How many steps were done.</param>
/// <param name="IntrinsicTime">D = Σ η of them.</param>
/// <param name="LearningRate">η of the last step done (of the first, before it).</param>
/// <param name="Observed">The landscape's observables, by their constants.</param>
public sealed record EnsembleRecord(long Steps, double IntrinsicTime, double LearningRate, ImmutableArray<EnsembleMean> Observed);
