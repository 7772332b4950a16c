namespace Ntl.Web.Components.Compose;

/// <summary>A field of the numeric panel.</summary>
/// <param name="Id">As in the schedule's JSON: the last part of a problem's path.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Unit">At the field's end; null for a bare number.</param>
internal sealed record PhaseField(string Id, string Label, string? Unit = null)
{
    public static PhaseField Steps { get; } = new("steps", "Steps", "steps");

    public static PhaseField Rate { get; } = new("rate", "Rate");

    public static PhaseField StartRate { get; } = new("startRate", "Start rate");

    public static PhaseField EndRate { get; } = new("endRate", "End rate");

    public static PhaseField FloorRate { get; } = new("floorRate", "Floor");

    public static PhaseField Power { get; } = new("power", "Power");

    public static PhaseField Factor { get; } = new("factor", "Factor");

    public static PhaseField EverySteps { get; } = new("everySteps", "Every", "steps");

    public static PhaseField Formula { get; } = new("formula", "Formula");

    /// <summary>"peak = 3e-3, low = 0".</summary>
    public static PhaseField Constants { get; } = new("constants", "Named numbers");

    /// <summary>A text area: a step and its learning rate on each line.</summary>
    public static PhaseField Points { get; } = new("points", "Points");
}
