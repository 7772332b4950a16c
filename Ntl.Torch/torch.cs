namespace TorchSharp;

/// <summary>
/// The part of TorchSharp 0.107 that Ntl uses, under its names and signatures, over the machine's own libtorch.
/// Operators go through one door (<see cref="Interop.Operator"/>), so what they do, and their errors, are libtorch's.
/// A failure inside libtorch arrives as <see cref="System.Runtime.InteropServices.ExternalException"/> with its message.
/// </summary>
public static partial class torch
{
}
