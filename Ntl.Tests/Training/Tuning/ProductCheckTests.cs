using Ntl.Tests.Support;
using Ntl.Training.Tuning;

namespace Ntl.Tests.Training.Tuning;

[Collection(Libtorch.Name)]
public sealed class ProductCheckTests
{
    [Fact]
    public void Passes_OnThisMachinesKernels() => Assert.True(ProductCheck.Passes());
}
