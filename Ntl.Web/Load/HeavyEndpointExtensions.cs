namespace Ntl.Web.Load;

/// <summary>Marks endpoints as expensive.</summary>
public static class HeavyEndpointExtensions
{
    /// <summary>Answers a few requests at once, lets some more wait, and refuses the rest with 429 and <c>Retry-After</c>.</summary>
    public static TBuilder IsHeavy<TBuilder>(this TBuilder endpoint, HeavyWork work = HeavyWork.Reading)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new HeavyEndpoint(work));
}
