using Microsoft.AspNetCore.Components;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>A component at work.</summary>
internal sealed class LiveComponent<TComponent> : IAsyncDisposable
    where TComponent : IComponent
{
    private readonly LiveRenderer _renderer;
    private readonly int _id;

    private LiveComponent(LiveRenderer renderer, TComponent instance, int id) => (_renderer, Instance, _id) = (renderer, instance, id);

    public TComponent Instance { get; }

    public static Task<LiveComponent<TComponent>> StartAsync(LiveRenderer renderer, ParameterView parameters) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var (component, id) = renderer.Attach<TComponent>();
        await renderer.RenderAsync(id, parameters);
        return new LiveComponent<TComponent>(renderer, component, id);
    });

    /// <summary>Renders again with other parameters.</summary>
    public Task SetAsync(params (string Name, object? Value)[] parameters) =>
        _renderer.Dispatcher.InvokeAsync(() => _renderer.RenderAsync(_id, Stage.ParametersOf(parameters)));

    /// <summary>Does something on the renderer's context.</summary>
    public Task DoAsync(Func<TComponent, Task> act) => _renderer.Dispatcher.InvokeAsync(() => act(Instance));

    public async ValueTask DisposeAsync() => await _renderer.DisposeAsync();
}
