namespace Ntl.Web.Api;

/// <summary>Metadata of an endpoint that reads its body as JSON by itself, whatever the Content-Type says.</summary>
internal sealed class JsonTextBody;
