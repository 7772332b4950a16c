using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Tests.Domain.Runs;

/// <summary>Specs to start a test from.</summary>
internal static class RunSpecs
{
    public static RunSpec Valid { get; } = new()
    {
        Name = "warm and cold",
        Model = ModelPreset.Find("nano")!.Model,
        Dataset = new()
        {
            Name = "sotu",
            Path = "builtin:sotu",
            Format = DatasetFormat.Text,
            Hash = new string('a', 64),
        },
        Schedule = StandardSchedules.Cosine(1_000, 3e-3, 3e-4, 100),
        BatchSize = 8,
        Seed = 7,
    };
}
