using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Ntl.Bench.Store;
using Ntl.Training.Data;

namespace Ntl.Bench.Training;

/// <summary>Trains the same initial weights on the same batches with Ntl and with PyTorch, and compares the losses.</summary>
/// <param name="Ours">Loss of each step; nats/token.</param>
/// <param name="Peers">Loss of each step; nats/token.</param>
internal sealed record LossCurves(IReadOnlyList<double> Ours, IReadOnlyList<double> Peers)
{
    private const int StepCount = 200;
    private const int SmoothedSteps = 20;

    /// <summary>The largest difference of the means of 20 steps; nats/token.</summary>
    public double LargestDifference => Means(Ours).Zip(Means(Peers), (ours, peers) => Math.Abs(ours - peers)).Max();

    /// <summary>
    /// What batches alone do to such a mean: the deviation of neighbouring steps' losses over √2 (which leaves the trend out), over √20; nats/token.
    /// </summary>
    public double Noise
    {
        get
        {
            var steps = Peers.Skip(StepCount / 2).ToList(); // the steep start left out
            var differences = steps.Skip(1).Zip(steps, (later, earlier) => later - earlier).ToList();
            return Math.Sqrt(differences.Sum(difference => difference * difference) / differences.Count / 2 / SmoothedSteps);
        }
    }

    public static async Task<LossCurves> TrainAsync(Contestant ours, Contestant peer, Workload workload, ThreadSetting threads, string corpus, CancellationToken cancellationToken)
    {
        using var work = new WorkDirectory("curves");
        var (weights, windows) = (work.At("weights.safetensors"), work.At("windows"));
        WriteWindows(workload, windows);
        using var mine = await ours.RunAsync(
            [
                "bench-step", "--model", workload.Model.Id, "--precision", workload.Precision.ToString(), "--batch", workload.BatchSize.ToString(CultureInfo.InvariantCulture),
                "--steps", StepCount.ToString(CultureInfo.InvariantCulture), "--save-weights", weights, "--losses",
            ],
            threads,
            cancellationToken);
        using var other = await peer.RunAsync(
            [.. Contestant.PeerArguments(workload, StepCount, corpus), "--weights", weights, "--windows", windows, "--losses"], threads, cancellationToken);
        return new LossCurves(Losses(mine), Losses(other));
    }

    // The windows that bench-step draws, as (steps, B, T + 1) 16-bit tokens.
    private static void WriteWindows(Workload workload, string path)
    {
        const int WarmUpSteps = 3;
        var spec = ProductStore.Spec("curves", StepCount);
        using var dataset = TokenDataset.Open(spec.Dataset, workload.Model.Model);
        var sampler = new BatchSampler(dataset, spec.Seed, workload.BatchSize, workload.Model.Model.ContextLength, 1);
        var tokens = new long[workload.BatchSize * (workload.Model.Model.ContextLength + 1)];
        var bytes = new byte[tokens.Length * sizeof(ushort)];
        using var file = File.Create(path);
        for (var step = 0; step < WarmUpSteps + StepCount; step++)
        {
            sampler.Fill(step, 0, tokens);
            for (var i = 0; i < tokens.Length; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)tokens[i]);
            }

            file.Write(bytes);
        }
    }

    private static double[] Losses(JsonDocument result) =>
        [.. result.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];

    private static IEnumerable<double> Means(IReadOnlyList<double> losses) => losses.Chunk(SmoothedSteps).Select(chunk => chunk.Average());
}
