using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>Runs components as a circuit does, after-render calls included, and shows them to nobody.</summary>
internal sealed class LiveRenderer(IServiceProvider services) : Renderer(services, NullLoggerFactory.Instance)
{
    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    protected override RendererInfo RendererInfo { get; } = new("Test", isInteractive: true);

    public (TComponent Component, int Id) Attach<TComponent>()
        where TComponent : IComponent
    {
        var component = (TComponent)InstantiateComponent(typeof(TComponent));
        return (component, AssignRootComponentId(component));
    }

    public Task RenderAsync(int id, ParameterView parameters) => RenderRootComponentAsync(id, parameters);

    protected override void HandleException(Exception exception) => ExceptionDispatchInfo.Throw(exception);

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch) => Task.CompletedTask;
}
