using Ntl.Domain.Claims;
using Ntl.Tests.Domain.Laboratory;

namespace Ntl.Tests.Domain.Claims;

/// <summary>Through a card, as judging is internal: one measurement judged at different precisions.</summary>
public class ClaimTests
{
    [Fact]
    public void Verdict_TooFewReplicas_CannotTell()
    {
        var claim = LabCardTests.Run("cooled-too-fast", ("replicas", "16")).Claims.Single(judged => judged.Id == "path");

        Assert.Equal(ClaimVerdict.Inconclusive, claim.Verdict);
        Assert.Contains("standard errors", claim.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_ValleyThatSharpens_ViolatesTheCollapse()
    {
        var claim = LabCardTests.Run("collapse", ("sharpening", "0.5"), ("replicas", "256")).Claims.Single(judged => judged.Id == "spread");

        Assert.Equal(ClaimVerdict.Fails, claim.Verdict);
    }

    [Fact]
    public void Verdict_RateThatIsNotSmall_ViolatesEquipartition()
    {
        var claims = LabCardTests.Run("equipartition", ("optimizer", "SGD"), ("rate", "0.2")).Claims;

        Assert.Equal(ClaimVerdict.Fails, claims.Single(judged => judged.Id == "SGD-a4").Verdict);
    }
}
