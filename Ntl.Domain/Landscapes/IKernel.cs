namespace Ntl.Domain.Landscapes;

/// <summary>A landscape's arithmetic on a tile. Structs, so that the compiler makes one loop of landscape and optimiser.</summary>
internal interface IKernel
{
    int Coordinates { get; }

    int Channels { get; }

    int Observables { get; }

    int Measures { get; }

    /// <summary>v of a coordinate at the start: its gradient noise's variance.</summary>
    double InitialSecondMoment(int coordinate);

    /// <summary>One to four steps of all lanes; adds to the measures when asked.</summary>
    /// <param name="tile">With the noise of the block.</param>
    /// <param name="stepInBlock">Which of the block's steps is the first.</param>
    /// <param name="rates">η of each step; they do not leave the block.</param>
    /// <param name="rule">The optimiser.</param>
    /// <param name="isMeasuring">Whether the steps lie in the measuring window.</param>
    void Advance<TStep>(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep;

    /// <summary>Writes the observables of all lanes to <see cref="Tile.Observed"/>.</summary>
    void Observe(Tile tile);
}
