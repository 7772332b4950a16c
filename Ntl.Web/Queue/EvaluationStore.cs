using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Ntl.Domain.Runs;
using Ntl.Web.Persistence;

namespace Ntl.Web.Queue;

/// <summary>Keeps what a run is scored by: the losses of its slices after the last step.</summary>
internal static class EvaluationStore
{
    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Stores an evaluation within the ingest's transaction. An attempt that went on after the last step evaluates again, the same weights to the same losses.</summary>
    public static async Task StoreAsync(NtlDbContext context, TailedAttempt attempt, EvaluationRecorded evaluation)
    {
        var id = attempt.Run.Value;
        double? loss = double.IsFinite(evaluation.Mean) ? evaluation.Mean : null;
        var stored = await context.Evaluations.SingleOrDefaultAsync(e => e.RunId == id && e.Slice == evaluation.Slice);
        if (stored is null)
        {
            stored = new EvaluationEntity { RunId = id, Slice = evaluation.Slice, WindowsJson = "", LossesJson = "" };
            context.Evaluations.Add(stored);
        }

        (stored.Attempt, stored.Step, stored.Loss) = (attempt.Number, evaluation.Step, loss);
        stored.WindowsJson = JsonSerializer.Serialize(evaluation.Windows, s_json);
        stored.LossesJson = JsonSerializer.Serialize(evaluation.Losses, s_json);
        await (evaluation.Slice == EvaluationSlice.Public
            ? context.Runs.Where(run => run.Id == id).ExecuteUpdateAsync(run => run.SetProperty(r => r.FinalLoss, loss))
            : context.Runs.Where(run => run.Id == id).ExecuteUpdateAsync(run => run.SetProperty(r => r.HeldOutLoss, loss)));
    }

    /// <summary>The losses of each batch as they were stored, nats per token.</summary>
    public static IReadOnlyList<double> Losses(EvaluationEntity stored) => JsonSerializer.Deserialize<double[]>(stored.LossesJson, s_json) ?? [];
}
