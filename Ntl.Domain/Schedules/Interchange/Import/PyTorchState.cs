namespace Ntl.Domain.Schedules.Interchange.Import;

/// <summary>What a scheduler's <c>state_dict</c> says beside its parameters. A state from the middle of a training is refused: its schedule would begin anew.</summary>
internal static class PyTorchState
{
    // Of the rate: PyTorch multiplies from step to step.
    private const double SameRate = 1e-9;

    /// <summary>Fields that are known and no parameters.</summary>
    public static readonly string[] Fields = ["last_epoch", "_step_count", "_last_lr", "base_lrs", "_get_lr_called_within_step", "_is_initial"];

    /// <summary>Reports a state that has made steps.</summary>
    /// <remarks>A new scheduler has last_epoch 0 (−1 where it waits in a SequentialLR) and a _step_count of 1.</remarks>
    public static void Check(ImportFields fields)
    {
        if (fields.Integer("last_epoch") is > 0 and var epoch)
        {
            fields.Report(
                "last_epoch",
                $"This is the state of a scheduler after {epoch} updates, but a schedule is imported from its first update on. "
                    + "For the whole schedule set last_epoch to 0 and leave out _step_count and _last_lr; for the rest alone, import its rates as CSV.");
        }
        else if (fields.Integer("_step_count") is > 1 and var count)
        {
            fields.Report(
                "_step_count",
                $"This is the state of a scheduler that has made {count - 1} steps, but a schedule is imported from its first update on. "
                    + "Leave out _step_count and _last_lr for the whole schedule.");
        }
    }

    /// <summary>The rate of <c>base_lrs</c>; null where it is not given or differs between parameter groups.</summary>
    public static double? BaseRate(ImportFields fields)
    {
        if (fields.Numbers("base_lrs") is not { Count: > 0 } rates)
        {
            return null;
        }

        if (rates.Any(rate => rate != rates[0]))
        {
            fields.Report("base_lrs", "The parameter groups have different rates; a schedule here is one rate for all. Give the rate of one group as lr.");
            return null;
        }

        return rates[0];
    }

    /// <summary>Reports base rates that are not the optimizer's rate.</summary>
    public static void CheckBaseRate(ImportFields fields, double? rate)
    {
        if (rate is { } own && fields.Numbers("base_lrs") is { } rates && rates.Any(each => each != own))
        {
            fields.Report("base_lrs", $"The state's base rate is not the optimizer's rate of {RateText.Format(own)} that is given as lr: leave one of them out.");
        }
    }

    /// <summary>Reports a last rate that is not the one which the schedule begins with.</summary>
    /// <param name="fields">The state.</param>
    /// <param name="first">The schedule's first rate.</param>
    public static void CheckLastRate(ImportFields fields, double first)
    {
        if (fields.Numbers("_last_lr") is { Count: > 0 } rates && !(Math.Abs(rates[0] - first) <= SameRate * Math.Abs(first)))
        {
            fields.Report(
                "_last_lr",
                $"The state's rate is {RateText.Format(rates[0])}, but the schedule begins at {RateText.Format(first)}: this is the state of a scheduler "
                    + "in the middle of a training. Leave out _last_lr for the whole schedule.");
        }
    }
}
