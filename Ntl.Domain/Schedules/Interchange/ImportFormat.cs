namespace Ntl.Domain.Schedules.Interchange;

/// <summary>Where a schedule can be imported from.</summary>
public enum ImportFormat
{
    /// <summary>Hugging Face's <c>SchedulerType</c> names with <c>TrainingArguments</c>' or <c>get_scheduler</c>'s parameters, as JSON.</summary>
    HuggingFace,

    /// <summary>Classes of <c>torch.optim.lr_scheduler</c> with their parameters, as JSON.</summary>
    PyTorch,

    /// <summary>Functions of <c>optax.schedules</c> with their parameters, alone or joined, as JSON.</summary>
    Optax,

    /// <summary>Python code that makes a scheduler of any of these three; it is read, never run.</summary>
    Python,

    /// <summary>Rows of step and rate.</summary>
    Csv,

    /// <summary>Ntl's own stored form.</summary>
    Json,
}
