using Ntl.Web.Components.Composer;

namespace Ntl.Tests.Web.Components.Composer;

public sealed class RunDraftTests
{
    [Fact]
    public void ToQuery_ChangedAndChangedBack_HoldsOnlyWhatDiffers()
    {
        var draft = new RunDraft { [DraftField.Peak] = "1e-3", [DraftField.Batch] = "8" };
        draft[DraftField.Batch] = "16";

        Assert.Equal([KeyValuePair.Create(DraftField.Peak, (object?)"1e-3")], draft.ToQuery());
    }

    [Fact]
    public void DifferencesFrom_OfAClone_HoldsWhatWasChangedBackToADefaultToo()
    {
        var origin = new RunDraft { [DraftField.Peak] = "1e-3", [DraftField.Batch] = "8" };
        var clone = new RunDraft { [DraftField.Batch] = "8" };

        Assert.Equal([KeyValuePair.Create(DraftField.Peak, (string?)"3e-3")], clone.DifferencesFrom(origin));
    }

    [Fact]
    public void FromQuery_UnknownKeys_AreLeftOut()
    {
        var draft = RunDraft.FromQuery([new("from", "abc"), new(DraftField.Seed, "7"), new("<script>", "x")]);

        Assert.Equal("7", draft[DraftField.Seed]);
        Assert.Equal([DraftField.Seed], draft.ToQuery().Keys);
    }
}
