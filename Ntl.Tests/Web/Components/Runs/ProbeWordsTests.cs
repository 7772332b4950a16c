using Ntl.Domain.Runs;
using Ntl.Web.Components.Runs;

namespace Ntl.Tests.Web.Components.Runs;

public sealed class ProbeWordsTests
{
    [Fact]
    public void Of_Probes_SaysWhichAndHowOften()
    {
        var off = new ProbeSpec { NoiseIntervalSteps = null, ColdHorizonSteps = null, CurvatureIntervalSteps = null, SpectrumAtPhaseEnds = false, ConductionIntervalSteps = null, RiverWindowSteps = null };

        Assert.Equal("none", ProbeWords.Of(null));
        Assert.Equal("none", ProbeWords.Of(off));
        Assert.Equal("noise every step, curvature every 2\u2009000 steps", ProbeWords.Of(off with { NoiseIntervalSteps = 1, CurvatureIntervalSteps = 2_000 }));
    }
}
