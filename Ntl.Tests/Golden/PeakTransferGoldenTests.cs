using System.Text.Json;
using Ntl.Domain.Laws;
using Ntl.Domain.Schedules;
using Ntl.Tests.Support;

namespace Ntl.Tests.Golden;

/// <summary>The transfer law beside other implementations: transfer.json, made by transfer.py step by step, and transfer-public.json,
/// the law's own study on public curves.</summary>
public sealed class PeakTransferGoldenTests
{
    private const double Tolerance = 1e-4; // nats/token

    private static readonly LawFitOptions s_fitAlone = new() { Replicates = 0, LeaveOneOut = false };

    private static readonly Lazy<JsonElement> s_made = new(() => Read("transfer.json"));
    private static readonly Lazy<JsonElement> s_public = new(() => Read("transfer-public.json"));

    public static TheoryData<int> Predictions => [.. Enumerable.Range(0, s_made.Value.GetProperty("predictions").GetArrayLength())];

    public static TheoryData<int> PublicSets => [.. Enumerable.Range(0, s_public.Value.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Predictions))]
    public void Predict_MadeSchedules_IsTheLawInPiecesAndNearlyStepByStep(int index)
    {
        var golden = s_made.Value.GetProperty("predictions")[index];
        var updates = Longs(golden.GetProperty("updates"));
        var losses = new double[updates.Length];

        LawOf(golden.GetProperty("law")).Predict(RatePath.OfRates(RatesOf(golden.GetProperty("shape"))), updates, losses);

        Assert.All(Doubles(golden.GetProperty("pieces")).Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        // What pieces cost is nearly all in the warm-up, and falls as the river runs on.
        Assert.All(Doubles(golden.GetProperty("exact")).Zip(losses).Skip(2), pair => Assert.Equal(pair.First, pair.Second, 2e-3));
        Assert.Equal(Doubles(golden.GetProperty("exact"))[^1], losses[^1], 5e-4);
    }

    [Fact]
    public void Fit_MadeCurves_PredictsWhatTheOtherSolverDoes()
    {
        var golden = s_made.Value.GetProperty("fit");
        List<LossCurve> curves = [.. golden.GetProperty("curves").EnumerateArray().Select(curve =>
        {
            var (updates, rates) = (Longs(curve.GetProperty("updates")), Doubles(curve.GetProperty("rates")));
            return new LossCurve(
                curve.GetProperty("name").GetString()!,
                RatePath.OfPoints([.. updates.Zip(rates, (after, rate) => new RatePoint(after - 1, rate))], 200),
                [.. updates.Zip(Doubles(curve.GetProperty("losses")), (after, loss) => new LossPoint(after, loss))]);
        })];

        var fit = LawFitting.Fit(LawKind.PeakTransfer, curves[..3], s_fitAlone with { WeightDecay = 0.1 }, TestContext.Current.CancellationToken);

        Assert.Equal(golden.GetProperty("misfit").GetDouble(), fit.Misfit, 1e-6);
        Assert.Equal(golden.GetProperty("law").GetProperty("riverExponent").GetDouble(), ((PeakTransferLaw)fit.Law).RiverExponent, 1e-9);
        Assert.Empty(fit.Cautions);
        foreach (var (curve, other) in curves.Zip(golden.GetProperty("curves").EnumerateArray()))
        {
            var losses = new double[curve.Points.Length];
            fit.Law.Predict(curve.Path, [.. curve.Points.Select(point => point.Updates)], losses);
            Assert.All(Doubles(other.GetProperty("predicted")).Zip(losses).Skip(2), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Theory]
    [MemberData(nameof(PublicSets))]
    public void Fit_PublicCurves_PredictsWhatTheStudyDoes(int index)
    {
        var golden = s_public.Value[index];
        var (folder, warmup) = (golden.GetProperty("folder").GetString()!, golden.GetProperty("warmup").GetInt64());
        var train = golden.GetProperty("train").EnumerateArray().Select(name => SharedData.Log(folder, name.GetString()!, warmup)).ToList();

        var fit = LawFitting.Fit(LawKind.PeakTransfer, train, s_fitAlone, TestContext.Current.CancellationToken);

        var law = Assert.IsType<PeakTransferLaw>(fit.Law);
        Assert.Equal(golden.GetProperty("alpha").GetDouble(), law.RiverExponent, 1e-6);
        Assert.Equal(golden.GetProperty("knee").GetDouble(), law.Knee, 1e-9);
        Assert.Equal(golden.GetProperty("coldLoss").GetDouble(), law.ColdLoss, 2e-4);
        var skipped = new LawFitOptions().SkippedShare * train.Max(curve => curve.Path.IntrinsicTime);
        foreach (var other in golden.GetProperty("curves").EnumerateObject())
        {
            var curve = SharedData.Log(folder, other.Name, warmup);
            var updates = Longs(other.Value.GetProperty("updates"));
            var losses = new double[updates.Length];
            law.Predict(curve.Path, updates, losses);
            Assert.All(Doubles(other.Value.GetProperty("predicted")).Zip(losses), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
            Assert.Equal(other.Value.GetProperty("meanError").GetDouble(), law.MeanError(curve.Described(skipped)), Tolerance);
        }
    }

    [Theory]
    [InlineData(5e-4, 0.0045, 12)]
    [InlineData(2e-3, 0.0047, 13)]
    [InlineData(1e-4, 0.0053, 4)]
    [InlineData(1e-3, 0.0029, 13)]
    public void Fit_ThreeRunsOfOnePeak_PredictsTheOthersAtEachPeak(double peak, double expected, int count)
    {
        const string Folder = "lr-scheduling/slim_norm_12x12";
        string[] train = ["sl_lr0.001_T15000", "ann124-0.4_lr0.001_T15000", "stable-124m_lr0.001_T50000"];
        var curves = train.Select(name => SharedData.Log(Folder, name, 300)).ToList();
        var fit = LawFitting.Fit(LawKind.PeakTransfer, curves, s_fitAlone, TestContext.Current.CancellationToken);
        var skipped = new LawFitOptions().SkippedShare * fit.Range.LastTime;

        var files = Directory.GetFiles(SharedData.Find(Folder), FormattableString.Invariant($"*_lr{(decimal)peak}_T*.csv"));
        var errors = files.Select(Path.GetFileNameWithoutExtension).Except(train)
            .Select(name => fit.Law.MeanError(SharedData.Log(Folder, name!, 300).Described(skipped))).ToList();

        Assert.Equal(count, errors.Count);
        Assert.Equal(expected, errors.Average(), Tolerance);
    }

    private static PeakTransferLaw LawOf(JsonElement law) => new()
    {
        ReferenceRate = law.GetProperty("referenceRate").GetDouble(),
        ColdLoss = law.GetProperty("coldLoss").GetDouble(),
        RiverScale = law.GetProperty("riverScale").GetDouble(),
        RiverExponent = law.GetProperty("riverExponent").GetDouble(),
        Knee = law.GetProperty("knee").GetDouble(),
        WeightDecay = law.GetProperty("weightDecay").GetDouble(),
        Modes = [.. Doubles(law.GetProperty("speeds")).Zip(Doubles(law.GetProperty("heats")), (rate, heat) => new ValleyMode(rate, heat))],
    };

    // The schedules of transfer.py.
    private static double[] RatesOf(JsonElement shape)
    {
        const int Warmup = 200;
        var (name, total, peak) = (shape[0].GetString(), shape[1].GetInt32(), shape[2].GetDouble());
        var last = shape.GetArrayLength() > 3 ? shape[3].GetDouble() : peak;
        var hold = (int)(0.6 * total);
        return [.. Enumerable.Range(0, total).Select(step => step < Warmup ? peak * (step + 1) / Warmup : name switch
        {
            "linear" => step < hold ? peak : peak + ((last - peak) * (step - hold + 1) / (total - hold)),
            "cosine" => last + ((peak - last) * 0.5 * (1 + Math.Cos(Math.PI * (step - Warmup) / (total - Warmup - 1)))),
            "quench" => step < total / 2 ? peak : last,
            _ => peak,
        })];
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static long[] Longs(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt64())];

    private static JsonElement Read(string name) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(NtlServer.RepositoryRoot, "Ntl.Tests", "Golden", name)));
}
