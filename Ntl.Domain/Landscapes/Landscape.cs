using Ntl.Domain.Runs;

namespace Ntl.Domain.Landscapes;

/// <summary>A loss whose every law is known, with the noise of its gradient: what an ensemble moves on.</summary>
public abstract record Landscape
{
    private protected Landscape()
    {
    }

    /// <summary>How many coordinates a replica has.</summary>
    public abstract int Coordinates { get; }

    /// <summary>How many independent normal numbers one step of one replica takes.</summary>
    internal abstract int NoiseChannels { get; }

    /// <summary>Adds what is wrong with it.</summary>
    /// <param name="path">Its path in a larger document.</param>
    /// <param name="problems">Where problems go.</param>
    internal abstract void Validate(string path, ICollection<SpecProblem> problems);

    /// <summary>Moves an ensemble.</summary>
    internal abstract EnsembleResult Run(EnsembleSpec spec, int threads, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Says whether a number is finite and inside a range; a problem if not.</summary>
    private protected static void Require(bool isRight, string path, string name, double value, string range, ICollection<SpecProblem> problems)
    {
        if (!isRight || !double.IsFinite(value))
        {
            problems.Add(new(path, FormattableString.Invariant($"{name} must be {range}; it is {value}.")));
        }
    }
}
