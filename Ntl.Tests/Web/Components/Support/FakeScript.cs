using Microsoft.JSInterop;
using Microsoft.JSInterop.Infrastructure;

namespace Ntl.Tests.Web.Components.Support;

/// <summary>A browser that remembers what it was told. Every object it hands out is itself.</summary>
internal sealed class FakeScript : IJSRuntime, IJSObjectReference
{
    public List<(string Method, object?[] Arguments)> Calls { get; } = [];

    /// <summary>What the browser's storage holds.</summary>
    public string? StoredName { get; set; }

    public IEnumerable<object?[]> CallsOf(string method) => Calls.Where(call => call.Method == method).Select(call => call.Arguments);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, default, args);

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
    {
        Calls.Add((identifier, args ?? []));
        return typeof(TValue) == typeof(IJSObjectReference) ? ValueTask.FromResult((TValue)(object)this)
            : typeof(TValue) == typeof(IJSVoidResult) ? ValueTask.FromResult<TValue>(default!)
            : identifier == "localStorage.getItem" ? ValueTask.FromResult((TValue)(object)StoredName!)
            : throw new InvalidOperationException($"This browser cannot answer {identifier} with {typeof(TValue)}.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
