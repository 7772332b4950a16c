namespace Ntl.Domain.Schedules.Interchange;

/// <summary>What is taken where the text of an import does not say it: code rarely holds all numbers.</summary>
/// <param name="LearningRate">The optimizer's rate, from which PyTorch's and Hugging Face's schedulers start; not negative.</param>
/// <param name="Steps">The number of updates.</param>
public sealed record ImportDefaults(double? LearningRate = null, long? Steps = null)
{
    /// <summary>Nothing but what the text says.</summary>
    public static ImportDefaults None { get; } = new();
}
