using Ntl.Domain.Experiments;

namespace Ntl.Web.Components.Experiments;

/// <summary>What the pages call the experiments.</summary>
internal static class ExperimentWords
{
    public static string Title(ExperimentKind kind) => kind switch
    {
        ExperimentKind.Anneal => "Anneal",
        ExperimentKind.TemperatureLadder => "Temperature ladder",
        ExperimentKind.QuenchLadder => "Quench ladder",
        ExperimentKind.DecayRace => "Decay race",
        ExperimentKind.Collapse => "Collapse onto D",
        ExperimentKind.BatchLadder => "Batch ladder",
        ExperimentKind.Suggestion => "Suggested schedule",
        ExperimentKind.Sweep => "Sweep",
        _ => "Optimizer ladder",
    };

    /// <summary>E1 to E6 and E11, as the theory numbers them; null for those that have no number.</summary>
    public static string? Number(ExperimentKind kind) => kind switch
    {
        ExperimentKind.Anneal or ExperimentKind.Sweep => null,
        ExperimentKind.Suggestion => "E11",
        _ => $"E{(int)kind}",
    };

    public static string Question(ExperimentKind kind) => kind switch
    {
        ExperimentKind.Anneal => "How much of the loss is heat? The checkpoint annealed to rate 0, against the same going on at its rate, at equal D.",
        ExperimentKind.TemperatureLadder => "Is the heat ¼ η Tr PΣ? The checkpoint held at several rates, and each annealed.",
        ExperimentKind.QuenchLadder => "Is the heat capacity one number? The rate cut to several lower ones at once.",
        ExperimentKind.DecayRace => "Which decay ends lowest, and does each obey the second law? Shapes of decay over equal steps.",
        ExperimentKind.Collapse => "Is the loss a function of D and the last rate? Several peaks and holds before one common decay.",
        ExperimentKind.Suggestion => "Does the schedule gain what the law predicted? The suggestion and its baseline from scratch, a pair for each seed.",
        ExperimentKind.Sweep => "Which settings end lowest? A grid over a run's settings from scratch, with the same seeds in every cell.",
        ExperimentKind.BatchLadder => "Is the temperature as 1/B? The same rate with larger batches.",
        _ => "Is the constant that of the rule? The same weights under AdamW, Lion and gradient descent.",
    };
}
