using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Ntl.Web.Datasets;
using Ntl.Web.Live;
using Ntl.Web.Queue;
using Radzen;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>What a component needs around it, in memory.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Stage(string path = "/")
    {
        Navigation = new(path);
        Comparisons = new(Runs);
        var services = new ServiceCollection().AddLogging().AddRadzenComponents()
            .AddSingleton<NavigationManager>(Navigation)
            .AddSingleton<IJSRuntime>(Script)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IErrorBoundaryLogger, ThrowingBoundaryLogger>()
            .AddSingleton<IRunQueries>(Runs)
            .AddSingleton<IRunCommands>(Runs)
            .AddSingleton<ISeriesQueries>(Runs)
            .AddSingleton<ILiveRunFeed>(Runs)
            .AddSingleton<IDatasetCatalog>(Datasets)
            .AddSingleton<Ntl.Web.Comparison.IComparisons>(Comparisons)
            .AddSingleton<Ntl.Web.Experiments.IExperiments>(Experiments)
            .AddSingleton<Ntl.Web.Experiments.ISweeps>(Experiments)
            .AddSingleton<ITrunkCheckpoints>(Experiments)
            .AddSingleton<Ntl.Web.Schedules.IScheduleLibrary>(Library)
            .AddScoped<Ntl.Web.Components.Schedules.RememberedName>()
            .AddSingleton<Ntl.Web.Components.Lab.LabGate>()
            .AddSingleton<Ntl.Web.Experiments.ExperimentReports>()
            .AddSingleton<Ntl.Web.Laws.ICurveSources>(Laws)
            .AddSingleton<Ntl.Web.Laws.IImportedCurves>(Laws)
            .AddSingleton<Ntl.Web.Laws.IRunFamilies>(Laws)
            .AddSingleton<Ntl.Web.Laws.ILawFits>(Laws)
            .AddSingleton<Ntl.Web.Laws.ILossForecasts, Ntl.Web.Laws.LossForecasts>()
            .AddSingleton<Ntl.Web.Laws.ILawBench, Ntl.Web.Laws.LawBench>()
            .AddSingleton<Ntl.Web.Laws.ISuggestions>(Laws)
            .AddSingleton<Ntl.Web.Thermodynamics.IRunRecords, Ntl.Web.Thermodynamics.RunRecords>()
            .AddSingleton<Ntl.Web.Thermodynamics.RunAnalyses>()
            .AddScoped<Ntl.Web.Components.Layout.CircuitConnection>();
        _services = services.BuildServiceProvider();
    }

    public FakeNavigation Navigation { get; }

    public FakeScript Script { get; } = new();

    public FakeRuns Runs { get; } = new();

    public FakeComparisons Comparisons { get; }

    public FakeDatasets Datasets { get; } = new();

    public FakeExperiments Experiments { get; } = new();

    public FakeLibrary Library { get; } = new();

    public FakeLaws Laws { get; } = new();

    public Ntl.Tests.Support.ManualTime Time { get; } = new();

    /// <summary>The component's first response: what a reader gets before any script runs.</summary>
    public async Task<string> RenderAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(ParametersOf(parameters));
            return root.ToHtmlString();
        });
    }

    /// <summary>A component that lives: it is rendered again, and told when it was.</summary>
    public async Task<LiveComponent<TComponent>> StartAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        var renderer = new LiveRenderer(_services);
        return await LiveComponent<TComponent>.StartAsync(renderer, ParametersOf(parameters));
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    // No test means to see an error boundary at work: what one catches is a failure.
    private sealed class ThrowingBoundaryLogger : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => throw new InvalidOperationException("A panel failed.", exception);
    }

    internal static ParameterView ParametersOf((string Name, object? Value)[] parameters) =>
        ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value));
}
