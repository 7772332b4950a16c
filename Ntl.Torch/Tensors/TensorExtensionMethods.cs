namespace TorchSharp;

/// <summary>A tensor of one element as a .NET number; waits for the GPU if it must.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The only element, in single precision.</summary>
    public static float ToSingle(this torch.Tensor value) => (float)value.ReadDouble();

    /// <summary>The only element, in double precision.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ReadDouble();

    /// <summary>The only element, as a whole number.</summary>
    public static int ToInt32(this torch.Tensor value) => checked((int)value.ReadInt64());

    /// <summary>The only element, as a whole number.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ReadInt64();

    /// <summary>The only element, as a truth value.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ReadInt64() != 0;
}
