using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ntl.Web.Components.Comparison;
using Ntl.Web.Components.Lab;
using Ntl.Web.Components.Layout;
using Ntl.Web.Components.Runs;
using Ntl.Web.Components.Schedules;
using Ntl.Web.Exports;
using Radzen;

namespace Ntl.Web.Components;

/// <summary>Registers the pages and what they need from the host.</summary>
public static class UiRegistration
{
    // 'unsafe-inline' for styles only: the component kit writes style attributes. Scripts all come from our own files.
    private const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const long LargestMessage = 512 * 1024;

    // A phone that slept, or a train in a tunnel: long enough to come back to the same page without loading it again.
    private static readonly TimeSpan s_circuitRetention = TimeSpan.FromMinutes(5);

    public static WebApplicationBuilder AddNtlUi(this WebApplicationBuilder builder)
    {
        // Also outside development: the files come from the build, not from a publish step.
        builder.WebHost.UseStaticWebAssets();
        // A pasted schedule of ten thousand points, or its URL, is one message.
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(options => options.MaximumReceiveMessageSize = LargestMessage);
        builder.Services.Configure<CircuitOptions>(options => options.DisconnectedCircuitRetentionPeriod = s_circuitRetention);
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<CircuitConnection>();
        builder.Services.AddScoped<CircuitHandler>(static services => services.GetRequiredService<CircuitConnection>());
        builder.Services.AddScoped<RememberedName>();
        builder.Services.TryAddSingleton<LabGate>();
        builder.Services.AddHostedService<LabRehearsal>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        return builder;
    }

    public static WebApplication MapNtlUi(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(static (context, next) =>
        {
            if (IsForPrograms(context.Request.Path) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                // The API and the hub answer with their own bodies, a page is for people.
                pages.Enabled = false;
            }

            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            return next(context);
        });
        app.UseAntiforgery();
        app.MapStaticAssets();
        MapFiles(app);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>What pages fetch and readers save, past the circuit.</summary>
    public static void MapFiles(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RunCurves.Map(endpoints);
        ComparisonStream.Map(endpoints);
        ComparisonExport.Map(endpoints);
        BoardExport.Map(endpoints);
    }

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
