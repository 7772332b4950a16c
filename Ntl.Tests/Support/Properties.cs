using System.Globalization;
using FsCheck;

namespace Ntl.Tests.Support;

/// <summary>How property tests draw: the same values in each run, so that a failure is the change's; <c>NTL_PROPERTY_TESTS=100000</c> draws so many others.</summary>
internal static class Properties
{
    private static readonly int? s_count = int.TryParse(Environment.GetEnvironmentVariable("NTL_PROPERTY_TESTS"), CultureInfo.InvariantCulture, out var count) ? count : null;

    public static Config Seeded(int count = 200)
    {
        var config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(s_count ?? count);
        return s_count is null ? config.WithReplay(20251123, 42424243) : config;
    }
}
