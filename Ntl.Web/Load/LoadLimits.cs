using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Ntl.Web.Load;

/// <summary>
/// Keeps a burst of requests from taking every thread of the server: expensive answers and pages have places, and a queue of bounded
/// length.
/// </summary>
/// <remarks>
/// SQLite reads on the calling thread, and a parallel query waits on it, so each answer in the making holds a thread. Without a bound a few
/// dozen
/// held all of them, the pool grew by one or two a second, and nothing else was answered, the health check included.
/// </remarks>
public static class LoadLimits
{
    /// <summary>Expensive requests of one kind that may wait. Beyond them the answer is 429.</summary>
    public const int QueueLength = 32;

    /// <summary>Pages that may wait to be drawn.</summary>
    public const int PageQueueLength = 256;

    /// <summary>What a refused client is told to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // A reader that takes an expensive answer more slowly than this would keep its place from others.
    private static readonly MinDataRate s_slowestReader = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(20));

    /// <summary>Expensive requests of one kind that are answered at once.</summary>
    public static int Places { get; } = Math.Max(2, Environment.ProcessorCount / 2);

    /// <summary>Pages that are drawn at once.</summary>
    public static int PagePlaces { get; } = Math.Max(8, Environment.ProcessorCount);

    public static IServiceCollection AddNtlLoadLimits(this IServiceCollection services)
    {
        ReserveThreads();
        services.AddSingleton<MemoryTrim>();
        services.AddHostedService(provider => provider.GetRequiredService<MemoryTrim>());
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
            limiter.OnRejected = static (rejected, _) => new(RefuseAsync(rejected.HttpContext));
        });
    }

    public static IApplicationBuilder UseNtlLoadLimits(this IApplicationBuilder app)
    {
        app.UseRateLimiter();
        var memory = app.ApplicationServices.GetRequiredService<MemoryTrim>();
        return app.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<HeavyEndpoint>() is null)
            {
                await next(context);
                return;
            }

            if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            {
                rate.MinDataRate = s_slowestReader;
            }

            using var work = memory.Enter();
            await next(context);
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<HeavyEndpoint>() is { } heavy ? Limited(heavy.Work.ToString(), Places, QueueLength)
            : metadata?.GetMetadata<ComponentTypeMetadata>() is not null ? Limited("page", PagePlaces, PageQueueLength)
            : RateLimitPartition.GetNoLimiter("other");
    }

    private static RateLimitPartition<string> Limited(string name, int places, int queue) =>
        RateLimitPartition.GetConcurrencyLimiter(
            name,
            _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = places,
                QueueLimit = queue,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            });

    private static Task RefuseAsync(HttpContext context)
    {
        var seconds = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return TypedResults.Problem(
            $"The server is busy with requests like this one. Try again in {seconds} seconds.",
            statusCode: StatusCodes.Status429TooManyRequests,
            title: "Too many requests").ExecuteAsync(context);
    }

    // Each place may hold its own thread, one that reads ahead, and those of a parallel query. Beyond the minimum the pool adds threads
    // only slowly.
    private static void ReserveThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        var kinds = Enum.GetValues<HeavyWork>().Length;
        var needed = (kinds * Places * (2 + Environment.ProcessorCount)) + PagePlaces + (2 * Environment.ProcessorCount);
        ThreadPool.SetMinThreads(Math.Max(workers, needed), ports);
    }
}
