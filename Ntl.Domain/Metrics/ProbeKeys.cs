namespace Ntl.Domain.Metrics;

/// <summary>
/// What probes measure on a run, as measured: whatever follows from it (temperatures, ledgers, verdicts) is computed when it is read, so that a better
/// formula serves old runs too. Measured at the step's weights, on the gradient as the optimizer got it, clipped, and with the preconditioner P of its update,
/// without clipping; heat flows and conductances alone have clipping in their P.
/// </summary>
/// <remarks>A key with a layer, <see cref="Of(MetricKey, string)"/>, is the part of that layer. A key's <see cref="Error"/> is its standard error, where there is one.</remarks>
public static class ProbeKeys
{
    /// <summary>The section of all of them.</summary>
    public const string Section = "probe";

    /// <summary>Tr PΣ_B of the step's gradient; nats per unit of rate. By layer too. Where nothing is clipped, ¼η of it is the thermal loss in equilibrium.</summary>
    public static readonly MetricKey Noise = new("probe/noise");

    /// <summary>Tr Σ_B of the step's gradient, after clipping; nats²/parameter².</summary>
    public static readonly MetricKey GradientCovariance = new("probe/gradient_covariance");

    /// <summary>|g_B|² of the step's gradient, after clipping, noise included; nats²/parameter².</summary>
    public static readonly MetricKey GradientSquare = new("probe/gradient_square");

    /// <summary>|g_B|²_P in the metric of the optimizer; nats per unit of rate. By layer too; none for sign rules.</summary>
    public static readonly MetricKey PreconditionedGradientSquare = new("probe/preconditioned_gradient_square");

    /// <summary>|u|² of the update per unit of rate, u = (θ_t − θ_{t+1})/η, weight decay included; parameter²/rate².</summary>
    public static readonly MetricKey UpdateSquare = new("probe/update_square");

    /// <summary>⟨θ_t, u⟩ of weights and update; parameter²/rate.</summary>
    public static readonly MetricKey UpdateOverlap = new("probe/update_overlap");

    /// <summary>L_val(θ̄), the validation loss at the running mean of the weights; nats/token.</summary>
    public static readonly MetricKey ColdLoss = new("probe/cold_loss");

    /// <summary>L_val(θ) − L_val(θ̄) on the same windows; nats/token. Its error is that of paired batches.</summary>
    public static readonly MetricKey ThermalLoss = new("probe/thermal_loss");

    /// <summary>Tr H on a fixed batch; nats/parameter².</summary>
    public static readonly MetricKey CurvatureTrace = new("probe/curvature_trace");

    /// <summary>Tr PH on the same batch; 1/rate. By layer too.</summary>
    public static readonly MetricKey PreconditionedCurvatureTrace = new("probe/preconditioned_curvature_trace");

    /// <summary>λ_max of H; nats/parameter².</summary>
    public static readonly MetricKey LargestCurvature = new("probe/largest_curvature");

    /// <summary>λ̃_max of P^½HP^½; 1/rate.</summary>
    public static readonly MetricKey LargestPreconditionedCurvature = new("probe/largest_preconditioned_curvature");

    /// <summary>Eigenvalues of P^½HP^½ above <see cref="ValleyThreshold"/>.</summary>
    public static readonly MetricKey ValleyDirections = new("probe/valley_directions");

    /// <summary>ln det⁺ of P^½HP^½, over the eigenvalues above <see cref="ValleyThreshold"/>; eigenvalues in 1/rate.</summary>
    public static readonly MetricKey LogDeterminant = new("probe/log_determinant");

    /// <summary>What counts as valley and not as river: 1/D of the whole schedule, the same at every step of a run; 1/rate.</summary>
    public static readonly MetricKey ValleyThreshold = new("probe/valley_threshold");

    /// <summary>q, the heat that a layer takes from its noise and passes on to the rest; nats per step. By layer only.</summary>
    public static readonly MetricKey HeatFlow = new("probe/heat_flow");

    /// <summary>κ between two layers, heat per unit of intrinsic time and of difference in temperature; 1/rate. By pair of layers only.</summary>
    public static readonly MetricKey Conductance = new("probe/conductance");

    /// <summary>F_ent·û, the entropic force along the river's unit direction û, in which the running mean of the weights moved last; nats/parameter.</summary>
    public static readonly MetricKey RiverForce = new("probe/river_force");

    /// <summary>−∇L(θ̄)·û, what drives the river; nats/parameter.</summary>
    public static readonly MetricKey RiverDrive = new("probe/river_drive");

    /// <summary>Time spent measuring, at the end of the step, summed over attempts; seconds. Not in the training time.</summary>
    public static readonly MetricKey Seconds = new("probe/seconds");

    /// <summary>The part of a layer, or of whatever a last section names.</summary>
    /// <param name="key">The whole's key.</param>
    /// <param name="layer">Such as <c>h.0</c>.</param>
    public static MetricKey Of(MetricKey key, string layer) => new($"{key}/{layer}");

    /// <summary>The conductance between two layers.</summary>
    /// <param name="first">The earlier layer.</param>
    /// <param name="second">The later layer.</param>
    public static MetricKey ConductanceOf(string first, string second) => new($"{Conductance}/{first}/{second}");

    /// <summary>The standard error of what a key measures, in the same unit.</summary>
    /// <param name="key">A key of this class.</param>
    public static MetricKey Error(MetricKey key) => new($"{key}.error");
}
