using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Tests.Web.Queue;

public sealed class ModelNamesTests
{
    [Theory]
    [InlineData(1, 8, 8, "1 × 8, 3\u2009k")]
    [InlineData(2, 64, 64, "nano")]
    [InlineData(2, 64, 32, "2 × 64, 0.1M")]
    [InlineData(4, 192, 128, "4 × 192, 1.9M")]
    public void Of_AModel_IsItsPresetOrAShapeWithASizeAboveZero(int layers, int width, int context, string expected)
    {
        var model = new ModelSpec { LayerCount = layers, HeadCount = 1, EmbeddingWidth = width, ContextLength = context, VocabularySize = 256 };

        Assert.Equal(expected, ModelNames.Of(model with { HeadCount = width > 63 ? 2 : 1 }));
    }
}
