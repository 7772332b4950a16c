using System.Globalization;
using System.Text.RegularExpressions;
using Ntl.Bench.Servers;
using Ntl.Domain.Runs;

namespace Ntl.Bench.Training;

/// <summary>
/// llm.c's CPU trainer, where a folder with it is given: its <c>train_gpt2</c> trains GPT-2 124M in fp32 with B 4, T 64 from the
/// checkpoint and tokens in that folder, and takes no other shape; so Ntl trains the same shape beside it.
/// </summary>
internal static partial class LlmC
{
    private const int BatchSize = 4;
    private const int ContextLength = 64;
    private const int WarmUpSteps = 3;
    private const int TimedSteps = 5;

    public static async Task AddAsync(BenchReport report, DirectoryInfo folder, Contestant ours, int rounds, CancellationToken cancellationToken)
    {
        var program = Path.Combine(folder.FullName, "train_gpt2");
        if (!File.Exists(program))
        {
            throw new BenchException($"There is no train_gpt2 in '{folder.FullName}'. Build it there with 'make train_gpt2' and fetch its starter pack.");
        }

        var gpt2 = ModelPreset.Find("gpt2")!;
        var workload = new Workload("gpt2_fp32", gpt2 with { Model = gpt2.Model with { ContextLength = ContextLength } }, BatchSize, Precision.Float32, 3, 3);
        var threads = new ThreadSetting(Environment.ProcessorCount, "PASSIVE");
        List<double> mine = [], its = [];
        for (var round = 0; round < Math.Min(rounds, 3); round++)
        {
            using var result = await ours.RunAsync(
                [
                    "bench-step", "--model", "gpt2", "--precision", nameof(Precision.Float32), "--batch", BatchSize.ToString(CultureInfo.InvariantCulture),
                    "--context", ContextLength.ToString(CultureInfo.InvariantCulture), "--steps", workload.Steps.ToString(CultureInfo.InvariantCulture),
                ],
                threads,
                cancellationToken);
            mine.Add(result.RootElement.GetProperty("tokens_per_second").GetDouble());
            its.Add(await MeasureAsync(program, folder.FullName, threads, cancellationToken));
        }

        var ratios = new Sample(mine.Zip(its, (own, other) => own / other));
        report.Row(workload.Title, "llm.c", BenchReport.Text(new Sample(its).Median), new Sample(its).Spread, threads.ToString(), BenchReport.Text(ratios.Median), ratios.Spread);
        report.Figure("gpt2_fp32_vs_llmc", ratios.Median);
        report.Figure("gpt2_fp32_tokens_per_second", new Sample(mine).Median);
        report.Figure("gpt2_fp32_llmc_tokens_per_second", new Sample(its).Median);
    }

    // It prints "step 7: train loss 4.1 (took 806.2 ms)" and trains on without end worth waiting for: enough steps, then it is ended.
    private static async Task<double> MeasureAsync(string program, string folder, ThreadSetting threads, CancellationToken cancellationToken)
    {
        using var process = ChildProcess.Start("/bin/sh", ["-c", "cd \"$1\" && exec \"$2\"", "sh", folder, program], new Dictionary<string, string?>(threads.Variables, StringComparer.Ordinal));
        try
        {
            List<double> milliseconds = [];
            while (milliseconds.Count < WarmUpSteps + TimedSteps && await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (StepLine().Match(line) is { Success: true } match)
                {
                    milliseconds.Add(double.Parse(match.Groups["ms"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture));
                }
            }

            return milliseconds.Count < WarmUpSteps + TimedSteps
                ? throw new BenchException($"llm.c's train_gpt2 ended after {milliseconds.Count.ToString(CultureInfo.InvariantCulture)} steps. Are its checkpoint and tokens in '{folder}'?")
                : BatchSize * ContextLength / new Sample(milliseconds.Skip(WarmUpSteps)).Median * 1000;
        }
        finally
        {
            ChildProcess.Kill(process);
        }
    }

    [GeneratedRegex(@"took (?<ms>[0-9.]+) ms", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepLine();
}
