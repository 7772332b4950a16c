using System.Collections.Immutable;
using Ntl.Domain.Runs;

namespace Ntl.Domain.Experiments;

/// <summary>A sweep as it is wanted.</summary>
/// <param name="Template">The run whose settings stay where no knob turns them.</param>
/// <param name="Knobs">1 to 3 different ones.</param>
/// <param name="SeedCount">Seeds in every cell; 1 to 20.</param>
/// <param name="Stop">When hopeless members are stopped early; null for never.</param>
public sealed record SweepDesign(RunSpec Template, ImmutableArray<SweepAxis> Knobs, int SeedCount, SweepStopRule? Stop);
