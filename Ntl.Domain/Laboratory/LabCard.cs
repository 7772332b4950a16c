using Ntl.Domain.Runs;

namespace Ntl.Domain.Laboratory;

/// <summary>One claim or figure of the theory, with knobs, as an experiment that anyone can repeat: theory drawn over simulation.</summary>
public abstract class LabCard
{
    private protected LabCard()
    {
    }

    /// <summary>Name in a URL and on the command line.</summary>
    public abstract string Id { get; }

    /// <summary>The claim in one sentence.</summary>
    public abstract string Title { get; }

    /// <summary>What to look at in the plots, in a few sentences.</summary>
    public abstract string WhatToLookAt { get; }

    /// <summary>The formula as LaTeX, without delimiters.</summary>
    public abstract string Formula { get; }

    /// <summary>Where the claim comes from.</summary>
    public abstract string Source { get; }

    /// <summary>What a person may change.</summary>
    public abstract IReadOnlyList<Knob> Knobs { get; }

    /// <summary>Does the experiment. Equal values give equal results, on any number of threads.</summary>
    /// <param name="values">Of this card.</param>
    /// <param name="progress">Told the share that is done, in [0, 1], from any thread.</param>
    /// <param name="cancellationToken">Stops it within milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract LabResult Run(KnobValues values, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>What is wrong with values that are each in range; nothing when they go together.</summary>
    internal virtual IEnumerable<SpecProblem> Check(KnobValues values) => [];
}
