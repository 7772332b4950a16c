namespace Ntl.Training.Runs;

/// <summary>First byte of a journal payload: what follows. The values are stored; never change one.</summary>
internal enum JournalRecordKind : byte
{
    AttemptStarted = 1,
    AttemptEnded = 2,
    Event = 3,
    Evaluation = 4,
    Metrics = 16,
}
