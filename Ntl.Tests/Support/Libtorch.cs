namespace Ntl.Tests.Support;

/// <summary>
/// Tests of tensors: one after the other, and beside no others. They seed random numbers of the whole process, and TorchSharp's
/// operators may lose the number that they work with when another thread starts a garbage collection
/// (<c>Ntl.Training/Models/TensorArithmetic.cs</c>); the trainer does without them, tests use them for brevity.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Libtorch
{
    public const string Name = "libtorch";
}
