using System.Runtime.InteropServices;
using Ntl.Domain.Runs;
using Ntl.Training.Checkpoints;
using Ntl.Training.Data;
using Ntl.Training.Runs;

namespace Ntl.Training.Engine;

/// <summary>Turns what stopped a trainer into the typed reason that the journal holds.</summary>
public static class FailureClassifier
{
    /// <summary>The reason for an exception.</summary>
    /// <param name="exception">What reached the top of the trainer.</param>
    /// <param name="step">The step under way; null before the first.</param>
    public static RunFailure Classify(Exception exception, long? step)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            NonFiniteException diverged => new RunFailure(RunFailureKind.NonFiniteLoss, diverged.Step, diverged.Message),
            InvalidSpecException => Of(RunFailureKind.SpecInvalid),
            DatasetException => Of(RunFailureKind.DataInvalid),
            CheckpointException => Of(RunFailureKind.CheckpointInvalid),
            OriginException => Of(RunFailureKind.OriginInvalid),
            DeviceException => Of(RunFailureKind.DeviceUnavailable),
            OutOfMemoryException => Of(RunFailureKind.OutOfMemory, "The machine has too little memory for this model and batch."),
            ExternalException when AbortReport.IsOutOfMemory(exception.Message) => Of(RunFailureKind.OutOfMemory, FirstLine(exception.Message)),
            DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException } =>
                Of(RunFailureKind.DeviceUnavailable, (exception.InnerException ?? exception).Message),
            IOException io when DurableFile.IsOutOfSpace(io) => Of(RunFailureKind.StorageFull, $"The disk is full: {io.Message}"),
            IOException or UnauthorizedAccessException => Of(RunFailureKind.StorageFull),
            _ => Of(RunFailureKind.Unexpected, $"{exception.GetType().Name}: {FirstLine(exception.Message)}"),
        };

        RunFailure Of(RunFailureKind kind, string? message = null) => new(kind, step, PathFreeText.Of(message ?? exception.Message));
    }

    // libtorch appends a stack trace.
    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
