namespace Ntl.Web.Live;

/// <summary>What a chart's x axis counts.</summary>
public enum SeriesAxis
{
    /// <summary>Optimizer updates, zero-based.</summary>
    Step,

    /// <summary>Tokens trained on when the step was done.</summary>
    Tokens,

    /// <summary>Seconds of training, pauses left out, over all attempts.</summary>
    Elapsed,

    /// <summary>Intrinsic time D = Σ η when the step was done.</summary>
    LearningRateSum,
}
