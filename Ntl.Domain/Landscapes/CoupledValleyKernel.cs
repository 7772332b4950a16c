using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ntl.Domain.Thermodynamics;

namespace Ntl.Domain.Landscapes;

/// <summary>
/// Measures the heat of each bath by the midpoint rule, ∂l/∂x at the middle of the step times the step, per unit of D (Sekimoto's heat),
/// which sums to the loss gained with no error of discretisation, the loss being quadratic.
/// </summary>
internal readonly struct CoupledValleyKernel(CoupledValley landscape) : IKernel
{
    private readonly CoupledModes _modes = landscape.Modes;
    private readonly (double First, double Second) _noise = (landscape.FirstNoise, landscape.SecondNoise);

    public int Coordinates => 2;

    public int Channels => 2;

    public int Observables => 3;

    public int Measures => 3;

    public double InitialSecondMoment(int coordinate) =>
        coordinate == 0 ? _noise.First * _noise.First : _noise.Second * _noise.Second;

    public void Advance<TStep>(Tile tile, int stepInBlock, ReadOnlySpan<double> rates, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        for (var i = 0; i < rates.Length; i++)
        {
            Step(tile, stepInBlock + i, Vector256.Create(rates[i]), rule, isMeasuring);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step<TStep>(Tile tile, int stepInBlock, Vector256<double> rate, in TStep rule, bool isMeasuring)
        where TStep : struct, IStep
    {
        var (a1, a2, b) = (Vector256.Create(_modes.FirstCurvature), Vector256.Create(_modes.SecondCurvature), Vector256.Create(_modes.Coupling));
        var (noise1, noise2) = (Vector256.Create(_noise.First), Vector256.Create(_noise.Second));
        var half = Vector256.Create(0.5);
        for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
        {
            ref var place1 = ref Tile.Lane(tile.State, 0, lane);
            ref var place2 = ref Tile.Lane(tile.State, 1, lane);
            var (x1, x2) = (Vector256.LoadUnsafe(ref place1), Vector256.LoadUnsafe(ref place2));
            var (force1, force2) = ((a1 * x1) + (b * x2), (b * x1) + (a2 * x2));
            var next1 = rule.Step(
                x1, force1 + (noise1 * tile.NoiseAt(0, stepInBlock, lane)), rate, ref Tile.Lane(tile.Momentum, 0, lane), ref Tile.Lane(tile.SecondMoment, 0, lane));
            var next2 = rule.Step(
                x2, force2 + (noise2 * tile.NoiseAt(1, stepInBlock, lane)), rate, ref Tile.Lane(tile.Momentum, 1, lane), ref Tile.Lane(tile.SecondMoment, 1, lane));
            if (isMeasuring)
            {
                var (middle1, middle2) = (half * (x1 + next1), half * (x2 + next2));
                Add(ref Tile.Lane(tile.Measured, CoupledValley.HeatFromFirstBath, lane), ((a1 * middle1) + (b * middle2)) * (next1 - x1) / rate);
                Add(ref Tile.Lane(tile.Measured, CoupledValley.HeatFromSecondBath, lane), ((b * middle1) + (a2 * middle2)) * (next2 - x2) / rate);
                Add(ref Tile.Lane(tile.Measured, CoupledValley.Loss, lane), half * ((x1 * force1) + (x2 * force2)));
            }

            next1.StoreUnsafe(ref place1);
            next2.StoreUnsafe(ref place2);
        }
    }

    public void Observe(Tile tile)
    {
        var (a1, a2, b) = (Vector256.Create(_modes.FirstCurvature), Vector256.Create(_modes.SecondCurvature), Vector256.Create(2 * _modes.Coupling));
        for (var lane = 0; lane < tile.Count; lane += Vector256<double>.Count)
        {
            var (x1, x2) = (Vector256.LoadUnsafe(ref Tile.Lane(tile.State, 0, lane)), Vector256.LoadUnsafe(ref Tile.Lane(tile.State, 1, lane)));
            x1.StoreUnsafe(ref Tile.Lane(tile.Observed, 0, lane));
            x2.StoreUnsafe(ref Tile.Lane(tile.Observed, 1, lane));
            var loss = Vector256.Create(0.5) * ((a1 * x1 * x1) + (b * x1 * x2) + (a2 * x2 * x2));
            loss.StoreUnsafe(ref Tile.Lane(tile.Observed, CoupledValley.Loss, lane));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double sum, Vector256<double> term) => (Vector256.LoadUnsafe(ref sum) + term).StoreUnsafe(ref sum);
}
