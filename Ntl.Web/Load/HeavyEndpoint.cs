namespace Ntl.Web.Load;

/// <summary>
/// Metadata of an endpoint whose answers are expensive. Every endpoint that has it is limited, and is part of the load test and of
/// <c>./bench.sh burst</c>.
/// </summary>
/// <param name="Work">What its answers cost.</param>
public sealed record HeavyEndpoint(HeavyWork Work);
