namespace Ntl.Tests.Support;

/// <summary>Tests that seed libtorch's own random numbers, one state for the whole process: one after the other, or they draw each other's.</summary>
[CollectionDefinition(Name)]
public sealed class GlobalRandom
{
    public const string Name = "Global random numbers";
}
