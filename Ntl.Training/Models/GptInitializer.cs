using Ntl.Training.Data;
using static TorchSharp.torch;

namespace Ntl.Training.Models;

/// <summary>Draws GPT-2's initial weights.</summary>
public static class GptInitializer
{
    /// <summary>Fills the master weights: normal draws in the order of the arena, zeros for biases, ones for norms.</summary>
    /// <param name="arena">The weights.</param>
    /// <param name="seed">The run's seed. Draws are made on the CPU, so that they do not depend on the device.</param>
    public static void Initialize(ParameterArena arena, long seed)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var scope = NewDisposeScope();
        using var withoutGraph = no_grad();
        using var generator = new Generator((ulong)Math.Abs((long)(new CounterRandom(seed, RandomUse.Weights).At(0) >> 1)));
        foreach (var parameter in arena.Layout.Parameters)
        {
            var weights = arena.View(parameter.Name);
            if (double.IsNaN(parameter.InitialDeviation))
            {
                weights.Fill(parameter.InitialConstant);
            }
            else
            {
                weights.copy_(empty([.. parameter.Shape], dtype: ScalarType.Float32).normal_(0, parameter.InitialDeviation, generator));
            }
        }

        arena.CastWeights();
    }
}
