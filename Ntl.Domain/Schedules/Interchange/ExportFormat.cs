namespace Ntl.Domain.Schedules.Interchange;

/// <summary>What a schedule can be exported as.</summary>
public enum ExportFormat
{
    /// <summary>A Python file with a <c>LambdaLR</c>.</summary>
    PyTorch,

    /// <summary>A Python file with an optax schedule.</summary>
    Optax,

    /// <summary>A Python file with a scheduler and a <c>Trainer</c> that takes it.</summary>
    HuggingFace,

    /// <summary>A C# file.</summary>
    CSharp,

    /// <summary>A row of step and rate for each step; for a longer schedule than <see cref="ScheduleExport.MostRows"/>, for points that draw it.</summary>
    Csv,

    /// <summary>Ntl's own stored form.</summary>
    Json,

    /// <summary>A drawing.</summary>
    Svg,
}
