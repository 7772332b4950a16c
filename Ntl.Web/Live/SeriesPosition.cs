using System.Runtime.InteropServices;

namespace Ntl.Web.Live;

/// <summary>A point's place in its key's history: later attempts come after earlier ones.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeriesPosition(int Attempt, long Step) : IComparable<SeriesPosition>
{
    /// <summary>Before every point.</summary>
    public static SeriesPosition Start { get; } = new(0, -1);

    public int CompareTo(SeriesPosition other) =>
        Attempt != other.Attempt ? Attempt.CompareTo(other.Attempt) : Step.CompareTo(other.Step);

    public static bool operator <(SeriesPosition left, SeriesPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(SeriesPosition left, SeriesPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(SeriesPosition left, SeriesPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SeriesPosition left, SeriesPosition right) => left.CompareTo(right) >= 0;
}
