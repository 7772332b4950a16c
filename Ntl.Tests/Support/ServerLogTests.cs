namespace Ntl.Tests.Support;

public sealed class ServerLogTests
{
    [Theory]
    [InlineData("fail: Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost[111]\n      Unhandled exception in circuit 'x'.", 1)]
    [InlineData("fail: ExceptionHandlerMiddleware[1]\n      An unhandled exception has occurred while executing the request.", 1)]
    [InlineData("crit: Ntl.Web[1]\n      The database is damaged.", 1)]
    [InlineData("info: Ntl.Web[1]\n      Ntl serves http://127.0.0.1:1\nwarn: Ntl.Web[2]\n      A trainer was lost.", 0)]
    public void Unhandled_OfALog_FindsWhatNothingHandled(string log, int count) => Assert.Equal(count, ServerLog.Unhandled(log).Count);
}
