using Microsoft.EntityFrameworkCore;
using Ntl.Web.Persistence;

namespace Ntl.Web.Api;

/// <summary><c>/api/v1/health</c>: whether the server can take and give data.</summary>
public static class HealthEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/health", async (DatabaseReader reader, DatabaseWriter writer, CancellationToken cancellationToken) =>
        {
            await using var context = reader.Open();
            var runs = await context.Runs.CountAsync(cancellationToken);
            return writer.Fault is { } fault
                ? TypedResults.Problem(fault.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: $"Storage: {fault.Fault}")
                : (IResult)TypedResults.Ok(new { status = "ok", runs });
        });
}
