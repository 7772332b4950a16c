namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>Reads OneCycleLR: up to the peak and down again in two or three parts, whose ends may lie between two updates.</summary>
internal static class PyTorchOneCycle
{
    /// <summary>The updates of the whole cycle; null where they are not given.</summary>
    public static long? StepsOf(ImportFields fields) =>
        fields.Steps(1, "total_steps")
            ?? (fields.Steps(1, "epochs") is { } epochs && fields.Steps(1, "steps_per_epoch") is { } each ? Math.Min(epochs * each, ScheduleSpec.MaximumSteps) : null);

    public static Func<long, double>? Read(PyTorchPart part)
    {
        var (fields, list) = (part.Fields, part.List);
        var (peak, total) = (fields.Number("max_lr"), StepsOf(fields));
        var (share, shape) = (fields.Number("pct_start") ?? 0.3, fields.Text("anneal_strategy") ?? "cos");
        var (div, finalDiv, isThree) = (fields.Number("div_factor") ?? 25, fields.Number("final_div_factor") ?? 1e4, fields.Flag("three_phase") ?? false);
        if (peak is not { } top || total is not { } steps)
        {
            fields.Require("max_lr", "Give the highest rate as max_lr.");
            if (total is null)
            {
                fields.Require("total_steps", "Give the number of updates as total_steps, or as epochs and steps_per_epoch.");
            }

            return null;
        }

        if (!IsSound(fields, share, shape, ("div_factor", div), ("final_div_factor", finalDiv), ("max_lr", top)))
        {
            return null;
        }

        if (list.Left > steps)
        {
            fields.Report(
                "total_steps",
                $"OneCycleLR ends after {steps} updates, and PyTorch raises an error past them; {list.Left} are asked for. Give at most {steps} updates, or a longer cycle.");
            return null;
        }

        var start = top / div;
        var last = start / finalDiv;
        (double End, double From, double To)[] parts = isThree
            ? [(share * steps - 1, start, top), (2 * share * steps - 2, top, start), (steps - 1, start, last)]
            : [(share * steps - 1, start, top), (steps - 1, top, last)];
        return Lay(part, parts, steps, shape) ? step => RateAt(parts, shape, step) : null;
    }

    private static bool IsSound(ImportFields fields, double share, string shape, params (string Field, double Value)[] positive)
    {
        var before = fields.Problems.Count;
        if (share is < 0 or > 1)
        {
            fields.Report("pct_start", "It is a share of the cycle, from 0 to 1.");
        }

        if (shape is not ("cos" or "linear"))
        {
            fields.Report("anneal_strategy", $"There is no strategy '{shape}'; there are cos and linear.");
        }

        foreach (var (field, value) in positive)
        {
            if (!(value > 0))
            {
                fields.Report(field, "It must be above 0.");
            }
        }

        return fields.Problems.Count == before;
    }

    // False where an update falls into a part without width.
    private static bool Lay(PyTorchPart part, (double End, double From, double To)[] parts, long steps, string shape)
    {
        var (begin, first) = (0.0, 0L);
        foreach (var (end, from, to) in parts)
        {
            var stop = Math.Min((long)Math.Floor(end), steps - 1);
            if (stop >= first)
            {
                if (end == begin)
                {
                    part.Fields.Report(
                        "pct_start", $"pct_start × total_steps is {RateText.Format(end + 1)}: a part of the cycle has no width, and PyTorch divides by zero there.");
                    return false;
                }

                part.List.Formula(
                    stop - first + 1,
                    shape is "cos" ? "stop+(start-stop)/2*(cos(pi*((k+offset)/length))+1)" : "(stop-start)*((k+offset)/length)+start",
                    ("start", from), ("stop", to), ("offset", first - begin), ("length", end - begin));
                first = stop + 1;
            }

            begin = end;
        }

        return true;
    }

    private static double RateAt((double End, double From, double To)[] parts, string shape, long step)
    {
        var begin = 0.0;
        foreach (var (end, from, to) in parts)
        {
            if (step <= end)
            {
                var t = (step - begin) / (end - begin);
                return shape is "cos" ? to + (from - to) / 2 * (Math.Cos(Math.PI * t) + 1) : (to - from) * t + from;
            }

            begin = end;
        }

        return double.NaN;
    }
}
