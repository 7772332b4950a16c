using System.Collections.Immutable;
using Ntl.Domain.Experiments;
using Ntl.Domain.Runs;

namespace Ntl.Web.Experiments;

/// <summary>A sweep to be laid out on this server, which draws its seeds.</summary>
/// <param name="Run">The run whose settings stay where no knob turns them.</param>
/// <param name="Knobs">1 to 3.</param>
/// <param name="SeedCount">Seeds in every cell.</param>
/// <param name="Stop">When hopeless members are stopped early; null for never.</param>
public sealed record SweepRequest(RunId Run, ImmutableArray<SweepAxis> Knobs, int SeedCount, SweepStopRule? Stop);
