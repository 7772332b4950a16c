using Ntl.Training.Runs;
using Ntl.Web.Api;
using Ntl.Web.Components;
using Ntl.Web.Configuration;
using Ntl.Web.Persistence;

const int CannotStart = 3;

NewFiles.KeepToOwner();
var command = ServerCommand.Parse(args);
var builder = WebApplication.CreateBuilder([.. command.Settings]);
builder.AddNtlServer();
builder.AddNtlUi();
var app = builder.Build();
try
{
    if (command.Problem is not null)
    {
        StartupLog.CannotRun(app.Logger, command.Problem);
        return CannotStart;
    }

    if (command.Name is not null)
    {
        var done = await command.RunAsync(app.Services.GetRequiredService<DataDirectory>(), TimeProvider.System, CancellationToken.None);
        StartupLog.Done(app.Logger, done);
        return 0;
    }

    // The pages' error handling lies outside the API's, which answers for itself first.
    app.MapNtlUi();
    app.MapNtlServer();
    await app.Services.GetRequiredService<ServerStartup>().StartingAsync(CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when ((exception as StoreException ?? StoreException.From(exception)) is { } fault)
{
    Refuse(fault.Message);
}
catch (DataDirectoryException exception)
{
    Refuse(exception.Message);
}
finally
{
    // What was logged is written before the process leaves.
    await app.DisposeAsync();
}

return CannotStart;

void Refuse(string reason)
{
    if (command.Name is { } name)
    {
        StartupLog.CannotDo(app.Logger, name, reason);
    }
    else
    {
        StartupLog.CannotStart(app.Logger, reason);
    }
}
