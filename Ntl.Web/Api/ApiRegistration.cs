using Ntl.Web.Live;
using Ntl.Web.Load;

namespace Ntl.Web.Api;

/// <summary>Registers and maps <c>/api/v1</c> and the hub (docs/api.md).</summary>
public static class ApiRegistration
{
    private const int LargestHubMessage = 32 << 10;

    public static IServiceCollection AddNtlApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddSignalR(options => options.MaximumReceiveMessageSize = LargestHubMessage)
            .AddJsonProtocol(options => ApiJson.Configure(options.PayloadSerializerOptions));
        services.AddProblemDetails();
        // What cannot be bound is told with its reason, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddNtlLoadLimits();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<ApiRequestCheck>();
        services.AddHostedService<RunsBroadcast>();
        return services;
    }

    public static WebApplication MapNtlServer(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var guard = app.Services.GetRequiredService<RequestGuard>();
        app.Use((context, next) => guard.InvokeAsync(context, next));
        var check = app.Services.GetRequiredService<ApiRequestCheck>();
        app.UseWhen(
            static context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api =>
            {
                api.UseExceptionHandler(new ExceptionHandlerOptions
                {
                    // The body is RFC 9457's either way.
                    StatusCodeSelector = static exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
                });
                api.Use((context, next) => check.InvokeAsync(context, next));
            });
        app.UseNtlLoadLimits();
        var api = app.MapGroup("/api/v1").AddEndpointFilter<StoreFaultFilter>().DisableAntiforgery();
        RunEndpoints.Map(api.MapGroup("/runs"));
        SeriesEndpoints.Map(api.MapGroup("/runs/{id}"));
        ExperimentEndpoints.Map(api.MapGroup("/experiments"));
        TrackEndpoints.Map(api.MapGroup("/tracks"), api.MapGroup("/entries"));
        CompareEndpoints.Map(api.MapGroup("/compare"));
        LawEndpoints.Map(api.MapGroup("/laws"));
        DatasetEndpoints.Map(api.MapGroup("/datasets"));
        InterchangeEndpoints.Map(api.MapGroup("/schedules"));
        ScheduleEndpoints.Map(api.MapGroup("/schedules"));
        HealthEndpoints.Map(api);
        app.MapHub<RunHub>(RunHub.Path);
        return app;
    }
}
