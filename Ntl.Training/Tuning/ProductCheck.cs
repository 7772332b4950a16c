using static TorchSharp.torch;

namespace Ntl.Training.Tuning;

/// <summary>A 32-bit matrix product by libtorch against one written plainly: what a faster kernel must agree with before anything is trained with it.</summary>
internal static class ProductCheck
{
    // Not multiples of any vector's length, so that the kernels' edges are checked too.
    private const int Rows = 197, Inner = 259, Columns = 211;

    // Of 259 products of numbers up to 1: rounding reaches about 1e-5.
    private const double Tolerance = 1e-4;

    /// <summary>Whether libtorch's product is right.</summary>
    public static bool Passes()
    {
        using var scope = NewDisposeScope();
        var (left, right) = (Numbers(Rows * Inner, 1), Numbers(Inner * Columns, 2));
        using var found = tensor(left).view(Rows, Inner).mm(tensor(right).view(Inner, Columns)).data<float>();
        var values = found.ToArray();
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                var sum = 0.0;
                for (var i = 0; i < Inner; i++)
                {
                    sum += (double)left[(row * Inner) + i] * right[(i * Columns) + column];
                }

                if (!(Math.Abs(values[(row * Columns) + column] - sum) <= Tolerance))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Between −1 and 1, without order.
    private static float[] Numbers(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => ((i + seed) * 7919 % 1009 / 504.5f) - 1)];
}
