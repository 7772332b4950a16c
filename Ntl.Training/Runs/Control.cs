namespace Ntl.Training.Runs;

/// <summary>What the server asks of a trainer. The file holds the latest request only; a repeated write with the same id is no news.</summary>
/// <param name="State">What is wanted.</param>
/// <param name="RequestId">Names the request, so that the trainer's answer in the journal can be matched to it.</param>
public sealed record Control(ControlState State, string RequestId)
{
    /// <summary>What holds when nothing was ever asked.</summary>
    public static Control None { get; } = new(ControlState.Run, "");

    /// <summary>Asks, in one move.</summary>
    public void Write(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        DurableFile.WriteJson(run.ControlPath, this);
    }

    /// <summary>The latest request; <see cref="None"/> where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is not a request.</exception>
    public static Control Read(RunDirectory run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return DurableFile.ReadJson<Control>(run.ControlPath) ?? None;
    }
}
