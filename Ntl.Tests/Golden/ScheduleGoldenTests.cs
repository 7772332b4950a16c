using System.Text.Json;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Tests.Support;

namespace Ntl.Tests.Golden;

/// <summary>Replays schedules.json: each import has the rates that the other library's own code gave. schedules.py says how they were made.</summary>
public class ScheduleGoldenTests
{
    // Of the peak. PyTorch multiplies from step to step, so its own rounding adds up; the others work each step out by itself.
    private const double OfPyTorch = 1e-13;
    private const double OfOthers = 1e-15;

    private static readonly Lazy<JsonElement[]> s_cases = new(() =>
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(NtlServer.RepositoryRoot, "Ntl.Tests", "Golden", "schedules.json")))!);

    public static TheoryData<int, string> Cases => [.. s_cases.Value.Select((golden, i) => (i, Shorten(golden.GetProperty("import").GetRawText())))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_OtherLibrarysSchedule_HasItsRatesAtEveryStep(int index, string import)
    {
        var golden = s_cases.Value[index];
        var rates = golden.GetProperty("rates").EnumerateArray().Select(rate => rate.GetDouble()).ToArray();

        var outcome = ScheduleImport.Read(golden.GetProperty("import").GetRawText());

        Assert.True(outcome.Schedule is not null, $"{import}: {string.Join("; ", outcome.Problems)}");
        Assert.Equal(rates.Length, outcome.Schedule.TotalSteps);
        var peak = rates.Max();
        var tolerance = (outcome.Format == ImportFormat.PyTorch ? OfPyTorch : OfOthers) * peak;
        for (var step = 0; step < rates.Length; step++)
        {
            Assert.True(
                Math.Abs(rates[step] - outcome.Schedule.LearningRate(step)) <= tolerance,
                FormattableString.Invariant($"{import}: step {step} is {outcome.Schedule.LearningRate(step):R}, not {rates[step]:R}"));
        }

        Assert.InRange(outcome.LargestDifference!.Value, 0, OfOthers * peak);
        Assert.NotEmpty(outcome.Notes);
    }

    [Fact]
    public void Cases_EveryNameThatIsRead_IsAmongThem()
    {
        var names = s_cases.Value.SelectMany(golden => golden.GetProperty("import").EnumerateObject())
            .Where(field => field.Value.ValueKind == JsonValueKind.String).Select(field => field.Value.GetString()!).ToHashSet(StringComparer.Ordinal);

        string[] read =
        [
            "linear", "cosine", "cosine_with_restarts", "polynomial", "constant_with_warmup", "inverse_sqrt", "cosine_with_min_lr", "cosine_warmup_with_min_lr", "warmup_stable_decay",
            "StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts", "OneCycleLR", "CyclicLR", "SequentialLR",
            "constant_schedule", "linear_schedule", "polynomial_schedule", "cosine_decay_schedule", "exponential_decay", "piecewise_constant_schedule", "piecewise_interpolate_schedule",
            "linear_onecycle_schedule", "cosine_onecycle_schedule", "warmup_constant_schedule", "warmup_cosine_decay_schedule", "warmup_exponential_decay_schedule", "sgdr_schedule",
        ];
        Assert.Empty(read.Except(names));
    }

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200];
}
