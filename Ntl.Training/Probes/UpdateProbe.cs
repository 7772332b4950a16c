using static TorchSharp.torch;

namespace Ntl.Training.Probes;

/// <summary>Measures what a step did to the weights. It keeps a copy of them from before the update until it has measured, and nothing else.</summary>
/// <param name="weights">θ, flat (P), 32-bit; the tensor that training changes.</param>
/// <remarks>
/// With u = (θ_t − θ_{t+1})/η stationary weights keep <c>2⟨θ·u⟩ = η⟨|u|²⟩</c>, whatever the rule (Yaida 2018, arXiv:1810.00004); only weights that something holds, such as their decay, are ever
/// stationary. What 32 bits round off a small update is part of it: that is how far the weights went.
/// </remarks>
public sealed class UpdateProbe(Tensor weights) : IDisposable
{
    private Tensor? _before;

    /// <summary>Copies the weights; before the update.</summary>
    public void Before()
    {
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        _before?.Dispose();
        _before = weights.detach().clone().DetachFromDisposeScope();
    }

    /// <summary>Measures the update, and frees the copy.</summary>
    /// <param name="rate">η of the step; above 0.</param>
    /// <returns>|u|², parameter²/rate², and ⟨θ_t, u⟩, parameter²/rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive: there is no update per unit of it.</exception>
    /// <exception cref="InvalidOperationException">The weights before the update were not copied.</exception>
    public (double Square, double Overlap) After(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        var before = _before ?? throw new InvalidOperationException("The weights of before the update were not copied.");
        using var withoutGraph = no_grad();
        using var scope = NewDisposeScope();
        var sums = new List<Tensor>();
        foreach (var (start, count) in FlatVector.Pieces(before.shape[0]))
        {
            using var pieceScope = NewDisposeScope();
            var old = before.narrow(0, start, count);
            var change = old - weights.narrow(0, start, count);
            sums.Add(stack([change.dot(change), change.dot(old)]).MoveToOuterDisposeScope());
        }

        using var accessor = stack(sums).to(ScalarType.Float64).sum([0]).cpu().data<double>();
        var total = accessor.ToArray();
        before.Dispose();
        _before = null;
        return (total[0] / (rate * rate), total[1] / rate);
    }

    /// <inheritdoc/>
    public void Dispose() => _before?.Dispose();
}
