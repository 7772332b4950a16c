namespace Ntl.Domain.Runs;

/// <summary>Why a run failed. The kind decides whether a retry can help and what the reader is advised to do.</summary>
public enum RunFailureKind
{
    /// <summary>The loss or the gradient became NaN or infinite.</summary>
    NonFiniteLoss,

    /// <summary>The device or the host has too little memory for this model and batch.</summary>
    OutOfMemory,

    /// <summary>The data set is missing, broken or no longer the one of the spec (hash differs).</summary>
    DataInvalid,

    /// <summary>The spec cannot be trained as it stands.</summary>
    SpecInvalid,

    /// <summary>Checkpoints exist but none is whole.</summary>
    CheckpointInvalid,

    /// <summary>A branch has no checkpoint of its trunk to begin from: it was never written, is broken, or is of another run.</summary>
    OriginInvalid,

    /// <summary>The disk is full or cannot be written.</summary>
    StorageFull,

    /// <summary>The device or a native library is missing or unusable.</summary>
    DeviceUnavailable,

    /// <summary>The trainer vanished without a word more often than the retry rule allows.</summary>
    TrainerLost,

    /// <summary>An error that Ntl did not foresee; its message and log tail say more.</summary>
    Unexpected,
}
