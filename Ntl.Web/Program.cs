using Ntl.Web.Api;
using Ntl.Web.Components;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

const int CannotStart = 3;

var builder = WebApplication.CreateBuilder(args);
builder.AddNtlServer();
builder.AddNtlUi();
var app = builder.Build();
// The pages' error handling lies outside the API's, which answers for itself first.
app.MapNtlUi();
app.MapNtlServer();
try
{
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is DataDirectoryException or StoreException)
{
    StartupLog.CannotStart(app.Logger, exception.Message);
    return CannotStart;
}
