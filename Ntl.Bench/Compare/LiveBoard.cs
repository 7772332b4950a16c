namespace Ntl.Bench.Compare;

/// <summary>How a live board reached its viewers.</summary>
/// <param name="Latencies">From the request that changed a run to the change of a viewer's page, one of each viewer and event; ms, ∞ where it was never seen.</param>
/// <param name="Bytes">Received by a viewer, bytes a second.</param>
/// <param name="Processor">The server's processor time, cores.</param>
/// <param name="Viewers">Pages that watched.</param>
internal sealed record LiveBoard(Sample Latencies, Sample Bytes, double Processor, int Viewers);
