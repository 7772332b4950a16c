#!/usr/bin/env bash
# MathNet's bounded Levenberg-Marquardt, started on a bound, reports success far from the solution.
#
# MathNet.Numerics 5.0.0, .NET 10, Debian 12.
# The points lie exactly on 2 + 3x and both parameters may go from 0 to 10. From (1, 1) and from (0, 1) the minimizer finds (2, 3);
# from (0, 0), which is allowed, it stops after two iterations with a reason that means convergence.
# Surprise: a linear model has one minimum, so no start should matter; 0 is the natural start and the natural bound of the
# coefficients of a loss law. Without bounds the same start converges.
# Expected: 2 and 3, sum of squares 0.
# Seen: 9.775 and 0.585, sum of squares 845.1, RelativePoints.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

csharp MathNet.Numerics=5.0.0 <<'CS'
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

var x = Vector<double>.Build.Dense(11, i => i);
var y = 2 + 3 * x;
foreach (var start in new double[][] { [1, 1], [0, 1], [0, 0] })
{
    Print("bounded", start, new LevenbergMarquardtMinimizer().FindMinimum(Line(), start, [0.0, 0.0], [10.0, 10.0]));
}

Print("unbounded", [0, 0], new LevenbergMarquardtMinimizer().FindMinimum(Line(), [0.0, 0.0]));

IObjectiveModel Line() => ObjectiveFunction.NonlinearModel((p, at) => at.Map(value => p[0] + p[1] * value), x, y);

void Print(string kind, double[] start, NonlinearMinimizationResult result) => Console.WriteLine(
    $"{kind} from ({start[0]}, {start[1]}): {result.MinimizingPoint[0]:0.000} + {result.MinimizingPoint[1]:0.000} x, "
    + $"sum of squares {result.ModelInfoAtMinimum.Value:0.0}, {result.ReasonForExit}");
CS

seen <<'TXT'
bounded from (1, 1): 2.000 + 3.000 x, sum of squares 0.0, Converged
bounded from (0, 1): 2.000 + 3.000 x, sum of squares 0.0, Converged
bounded from (0, 0): 9.775 + 0.585 x, sum of squares 845.1, RelativePoints
unbounded from (0, 0): 2.000 + 3.000 x, sum of squares 0.0, Converged
TXT
