using Ntl.Web.Persistence;

namespace Ntl.Web.Api;

/// <summary>Tells a client in plain words when the store cannot take or give data.</summary>
public sealed class StoreFaultFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when ((exception as StoreException ?? StoreException.From(exception)) is { } fault)
        {
            return TypedResults.Problem(fault.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: $"Storage: {fault.Fault}");
        }
    }
}
