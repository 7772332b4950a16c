using Ntl.Training.Runs;

namespace Ntl.Tests.Training.Runs;

public class RunDirectoryTests
{
    [Fact]
    public void Attempts_ForeignNames_AreLeftOut()
    {
        using var fixture = new RunFixture();
        fixture.Run.CreateAttempt(10);
        fixture.Run.CreateAttempt(2);
        Directory.CreateDirectory(Path.Combine(fixture.Run.AttemptsPath, "old"));

        Assert.Equal([1, 2, 10], fixture.Run.Attempts().Select(attempt => attempt.Number));
    }

    [Fact]
    public void DurableFile_FailedWrite_KeepsTheOldContent()
    {
        using var fixture = new RunFixture();
        var path = Path.Combine(fixture.Run.Root, "file");
        DurableFile.Write(path, "old"u8);
        Directory.CreateDirectory($"{path}.{Environment.ProcessId}.tmp");

        Assert.ThrowsAny<Exception>(() => DurableFile.Write(path, "new"u8));

        Assert.Equal("old", File.ReadAllText(path));
    }
}
