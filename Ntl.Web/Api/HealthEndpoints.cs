using Ntl.Web.Load;
using Ntl.Web.Persistence;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/health</c>: whether the server can take and give data; <c>/api/v1/health/deep</c> checks the whole database first.</summary>
public static class HealthEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        // From memory: neither a busy database nor a long queue makes it wait.
        group.MapGet("/health", (StoreHealth health) => Answer(health));
        group.MapGet("/health/deep", (StoreHealth health, StoreWatch watch) =>
        {
            watch.Check();
            return Answer(health);
        }).IsHeavy(HeavyWork.Computing);
    }

    private static IResult Answer(StoreHealth health) =>
        health.Fault is { } fault
            ? TypedResults.Problem(fault.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: $"Storage: {fault.Fault}")
            : TypedResults.Ok(new { status = "ok", runs = health.RunCount, orphanedRuns = health.OrphanedRunCount, health.CheckedAt });
}
