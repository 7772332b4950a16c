namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads CyclicLR: triangles, of any length above 0 on their way up.</summary>
internal static class PyTorchCyclic
{
    public static Func<long, double>? Read(PyTorchPart part)
    {
        var fields = part.Fields;
        var (low, high) = (fields.Number("base_lr"), fields.Number("max_lr"));
        var up = fields.Number("step_size_up") ?? 2000;
        var down = fields.Number("step_size_down") ?? up;
        var (mode, gamma) = (fields.Text("mode") ?? "triangular", fields.Number("gamma") ?? 1);
        if (low is not { } bottom || high is not { } top || top < bottom)
        {
            fields.Require("base_lr", "Give the lowest rate as base_lr.");
            fields.Report("max_lr", "Give the highest rate as max_lr; it is not below base_lr.");
            return null;
        }

        if (!(up > 0 && up <= ScheduleSpec.MaximumSteps))
        {
            fields.Report("step_size_up", "PyTorch divides by the length of the rise, so it must be above 0.");
            return null;
        }

        if (!(down >= 0 && down <= ScheduleSpec.MaximumSteps))
        {
            fields.Report("step_size_down", "The length of the fall must not be negative.");
            return null;
        }

        if (mode is not ("triangular" or "triangular2" or "exp_range"))
        {
            fields.Report("mode", $"There is no mode '{mode}'; there are triangular, triangular2, exp_range. A scale_fn of your own cannot be read.");
            return null;
        }

        var cycle = up + down;
        Lay(part.List, bottom, top, up, down, mode, gamma);
        return step =>
        {
            var (x, ratio) = (step / cycle - Math.Floor(step / cycle), up / cycle);
            var height = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
            return bottom + (top - bottom) * height * (mode is "exp_range" ? Math.Pow(gamma, step) : Height(mode, Math.Floor(step / cycle)));
        };
    }

    private static void Lay(PhaseList list, double bottom, double top, double up, double down, string mode, double gamma)
    {
        const string Triangle = "base_lr+(max_lr-base_lr)*min((k/cycle-floor(k/cycle))/ratio,(1-(k/cycle-floor(k/cycle)))/(1-ratio))";
        const string Saw = "base_lr+(max_lr-base_lr)*(k/cycle-floor(k/cycle))"; // a fall of no length
        var cycle = up + down;
        var isWhole = up == Math.Floor(up) && down == Math.Floor(down);
        var cycles = (list.Left + (long)cycle - 1) / Math.Max(1, (long)cycle);
        if (mode is not "exp_range" && isWhole && down > 0 && 2 * cycles < PiecewisePoints.MaximumPoints)
        {
            list.Add(new PiecewisePoints(
            [
                .. Enumerable.Range(0, (int)cycles).SelectMany(i => new RatePoint[]
                {
                    new(i * (long)cycle, bottom),
                    new(i * (long)cycle + (long)up, bottom + (top - bottom) * Height(mode, i)),
                }),
                new(cycles * (long)cycle, bottom),
            ]));
            return;
        }

        var scale = mode switch { "exp_range" => "*gamma^k", "triangular2" => "/2^floor(k/cycle)", _ => "" };
        list.Formula(
            list.Left, (down == 0 ? Saw : Triangle) + scale,
            ("base_lr", bottom), ("max_lr", top), ("cycle", cycle), ("ratio", up / cycle), ("gamma", gamma));
    }

    private static double Height(string mode, double turn) => mode is "triangular2" ? Math.Pow(2, -turn) : 1;
}
