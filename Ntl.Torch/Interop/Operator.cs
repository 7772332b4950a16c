using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>An operator of libtorch by its name and overload in libtorch's own schema, found on first use.</summary>
internal sealed unsafe class Operator(string name, string overload = "")
{
    // Lists up to this many words in all cross the boundary from the stack.
    private const int ScratchWords = 64;

    private readonly string _name = name.Contains("::", StringComparison.Ordinal) ? name : "aten::" + name;
    private IntPtr _handle;

    /// <summary>Calls an operator that returns one tensor.</summary>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return new Tensor(result.Pointer);
    }

    /// <summary>Calls an operator whose result is of no interest, such as one that works in place.</summary>
    public void Run(params ReadOnlySpan<Argument> arguments) => Invoke(arguments, null, 0);

    /// <summary>Calls an operator that returns one number or truth value.</summary>
    public NativeValue Read(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result;
    }

    /// <summary>Calls an operator that returns several tensors or a list of them.</summary>
    public Tensor[] CallMany(params ReadOnlySpan<Argument> arguments)
    {
        const int Usual = 8;
        NativeValue* few = stackalloc NativeValue[Usual];
        var count = Invoke(arguments, few, Usual);
        if (count <= Usual)
        {
            return Wrap(new ReadOnlySpan<NativeValue>(few, count));
        }

        var many = new NativeValue[count];
        fixed (NativeValue* first = many)
        {
            NativeMethods.ntl_operator_results(first);
        }

        return Wrap(many);
    }

    private static Tensor[] Wrap(ReadOnlySpan<NativeValue> values)
    {
        var tensors = new Tensor[values.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new Tensor(values[i].Pointer);
        }

        return tensors;
    }

    private int Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        var words = 0;
        foreach (var argument in arguments)
        {
            words += WordsOf(argument);
        }

        Span<long> scratch = words <= ScratchWords ? stackalloc long[ScratchWords] : new long[words];
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        fixed (long* start = scratch)
        {
            var free = start;
            for (var i = 0; i < arguments.Length; i++)
            {
                free = Lower(arguments[i], ref values[i], free);
            }

            return NativeMethods.Check(NativeMethods.ntl_operator_call(Handle, values, arguments.Length, results, capacity));
        }
    }

    private IntPtr Handle => _handle != 0 ? _handle : _handle = NativeMethods.Check(NativeMethods.ntl_operator_find(_name, overload));

    private static int WordsOf(in Argument argument) => argument.Reference switch
    {
        null or Tensor => 0,
        long[] integers => integers.Length,
        Tensor?[] tensors => tensors.Length,
        string text => (Encoding.UTF8.GetByteCount(text) + sizeof(long) - 1) / sizeof(long),
        _ => 0,
    };

    /// <summary>Writes one argument in the shim's layout, its list (if it is one) at <paramref name="free"/>; returns what is free after it.</summary>
    private static long* Lower(in Argument argument, ref NativeValue value, long* free)
    {
        value.Kind = argument.Kind;
        value.Length = 0;
        switch (argument.Reference)
        {
            case null:
                value.Integer = argument.Bits;
                return free;
            case Tensor tensor:
                value.Pointer = tensor.Handle;
                return free;
            case Generator generator:
                value.Pointer = generator.Handle;
                return free;
        }

        value.Pointer = (IntPtr)free;
        switch (argument.Reference)
        {
            case long[] integers:
                integers.CopyTo(new Span<long>(free, integers.Length));
                value.Length = integers.Length;
                return free + integers.Length;
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++)
                {
                    free[i] = tensors[i]?.Handle ?? 0;
                }

                value.Length = tensors.Length;
                return free + tensors.Length;
            case string text:
                value.Length = Encoding.UTF8.GetBytes(text, new Span<byte>(free, WordsOf(argument) * sizeof(long)));
                return free + WordsOf(argument);
            default:
                throw new InvalidOperationException($"An argument of type {argument.Reference.GetType().Name} has no native form.");
        }
    }
}
