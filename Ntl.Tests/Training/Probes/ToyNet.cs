using static TorchSharp.torch;

namespace Ntl.Tests.Training.Probes;

/// <summary>
/// A student of 16 inputs and 48 tanh units that learns a teacher of 24 from an endless stream of noisy samples, many independent replicas at once. Its biases are the weights of a
/// 17th input, always 1, so that a replica's weights are (17 × 48, then 48) and its gradient a closed form.
/// </summary>
internal sealed class ToyNet : IDisposable
{
    public const int Inputs = 16;
    public const int Units = 48;
    public const int Count = Hidden + Units;
    public const int Hidden = (Inputs + 1) * Units;
    private const int TeacherUnits = 24;
    private const double TargetNoise = 0.7;

    private readonly Tensor _teacherIn; // (inputs, units)
    private readonly Tensor _teacherOut; // (units, 1)

    public ToyNet(Generator random)
    {
        using var scope = NewDisposeScope();
        _teacherIn = empty(Inputs, TeacherUnits).normal_(0, 1.5 / Math.Sqrt(Inputs), random).DetachFromDisposeScope();
        _teacherOut = empty(TeacherUnits, 1).normal_(0, 1.5 / Math.Sqrt(TeacherUnits), random).DetachFromDisposeScope();
        Start = cat([
            empty(Inputs, Units).normal_(0, 1 / Math.Sqrt(Inputs), random).reshape(-1),
            zeros(Units),
            empty(Units).normal_(0, 1 / Math.Sqrt(Units), random)]).DetachFromDisposeScope();
    }

    /// <summary>(Count), where every replica starts.</summary>
    public Tensor Start { get; }

    /// <summary>Samples: inputs (…, 17) and what the teacher says of them (…, 1), with or without noise.</summary>
    public (Tensor Inputs, Tensor Targets) Samples(long[] shape, bool isNoisy, Generator random)
    {
        var inputs = empty([.. shape, Inputs]).normal_(0, 1, random);
        var targets = inputs.matmul(_teacherIn).tanh().matmul(_teacherOut);
        return (cat([inputs, ones([.. shape, 1])], -1), isNoisy ? targets + empty([.. shape, 1]).normal_(0, TargetNoise, random) : targets);
    }

    /// <summary>The gradient of half the mean squared error of each replica.</summary>
    /// <param name="weights">(replicas, Count).</param>
    /// <param name="inputs">(replicas, batch, 17).</param>
    /// <param name="targets">(replicas, batch, 1).</param>
    public static Tensor Gradient(Tensor weights, Tensor inputs, Tensor targets)
    {
        var (first, second) = Layers(weights);
        var hidden = inputs.bmm(first).tanh(); // (replicas, batch, units)
        var errors = hidden.bmm(second).sub_(targets).div_(inputs.shape[1]);
        var atHidden = (1 - hidden.square()).mul_(errors.bmm(second.transpose(1, 2)));
        return cat([inputs.transpose(1, 2).bmm(atHidden).reshape(weights.shape[0], Hidden), hidden.transpose(1, 2).bmm(errors).reshape(weights.shape[0], Units)], 1);
    }

    /// <summary>Half the mean squared error of each replica on the same samples: (replicas).</summary>
    /// <param name="weights">(replicas, Count).</param>
    /// <param name="inputs">(samples, 17).</param>
    /// <param name="targets">(samples, 1).</param>
    public static Tensor Loss(Tensor weights, Tensor inputs, Tensor targets)
    {
        var (first, second) = Layers(weights);
        return (inputs.matmul(first).tanh().matmul(second) - targets).square().mean([1, 2]) / 2;
    }

    public void Dispose()
    {
        _teacherIn.Dispose();
        _teacherOut.Dispose();
        Start.Dispose();
    }

    private static (Tensor First, Tensor Second) Layers(Tensor weights) =>
        (weights.narrow(1, 0, Hidden).reshape(-1, Inputs + 1, Units), weights.narrow(1, Hidden, Units).reshape(-1, Units, 1));
}
