using System.Collections.Frozen;

namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>The schedulers that are read from Python, with the names of their parameters in order.</summary>
internal static class PythonSignatures
{
    /// <summary>Classes of <c>torch.optim.lr_scheduler</c>.</summary>
    public static readonly FrozenDictionary<string, string[]> PyTorch = Of(
        ("StepLR", "optimizer step_size gamma last_epoch verbose"),
        ("MultiStepLR", "optimizer milestones gamma last_epoch verbose"),
        ("ConstantLR", "optimizer factor total_iters last_epoch verbose"),
        ("LinearLR", "optimizer start_factor end_factor total_iters last_epoch verbose"),
        ("ExponentialLR", "optimizer gamma last_epoch verbose"),
        ("PolynomialLR", "optimizer total_iters power last_epoch verbose"),
        ("CosineAnnealingLR", "optimizer T_max eta_min last_epoch verbose"),
        ("CosineAnnealingWarmRestarts", "optimizer T_0 T_mult eta_min last_epoch verbose"),
        ("OneCycleLR", "optimizer max_lr total_steps epochs steps_per_epoch pct_start anneal_strategy cycle_momentum base_momentum max_momentum div_factor final_div_factor three_phase last_epoch verbose"),
        ("CyclicLR", "optimizer base_lr max_lr step_size_up step_size_down mode gamma scale_fn scale_mode cycle_momentum base_momentum max_momentum last_epoch verbose"),
        ("SequentialLR", "optimizer schedulers milestones last_epoch verbose"),
        ("ChainedScheduler", "schedulers optimizer"),
        ("LambdaLR", "optimizer lr_lambda last_epoch verbose"),
        ("MultiplicativeLR", "optimizer lr_lambda last_epoch verbose"),
        ("ReduceLROnPlateau", "optimizer mode factor patience threshold threshold_mode cooldown min_lr eps verbose"),
        ("SWALR", "optimizer swa_lr anneal_epochs anneal_strategy last_epoch"));

    /// <summary>Functions of <c>transformers</c>.</summary>
    public static readonly FrozenDictionary<string, string[]> HuggingFace = Of(
        ("get_scheduler", "name optimizer num_warmup_steps num_training_steps scheduler_specific_kwargs"),
        ("get_constant_schedule", "optimizer last_epoch"),
        ("get_constant_schedule_with_warmup", "optimizer num_warmup_steps last_epoch"),
        ("get_linear_schedule_with_warmup", "optimizer num_warmup_steps num_training_steps last_epoch"),
        ("get_cosine_schedule_with_warmup", "optimizer num_warmup_steps num_training_steps num_cycles last_epoch"),
        ("get_cosine_with_hard_restarts_schedule_with_warmup", "optimizer num_warmup_steps num_training_steps num_cycles last_epoch"),
        ("get_polynomial_decay_schedule_with_warmup", "optimizer num_warmup_steps num_training_steps lr_end power last_epoch"),
        ("get_inverse_sqrt_schedule", "optimizer num_warmup_steps timescale last_epoch"),
        ("get_cosine_with_min_lr_schedule_with_warmup", "optimizer num_warmup_steps num_training_steps num_cycles last_epoch min_lr min_lr_rate"),
        ("get_cosine_with_min_lr_schedule_with_warmup_lr_rate", "optimizer num_warmup_steps num_training_steps num_cycles last_epoch min_lr min_lr_rate warmup_lr_rate"),
        ("get_wsd_schedule", "optimizer num_warmup_steps num_decay_steps num_training_steps num_stable_steps warmup_type decay_type min_lr_ratio num_cycles last_epoch"),
        ("get_reduce_on_plateau_schedule", "optimizer"));

    /// <summary>The name in <c>SchedulerType</c> of each function of <c>transformers</c>.</summary>
    public static readonly FrozenDictionary<string, string> TypeNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["get_constant_schedule"] = "constant",
        ["get_constant_schedule_with_warmup"] = "constant_with_warmup",
        ["get_linear_schedule_with_warmup"] = "linear",
        ["get_cosine_schedule_with_warmup"] = "cosine",
        ["get_cosine_with_hard_restarts_schedule_with_warmup"] = "cosine_with_restarts",
        ["get_polynomial_decay_schedule_with_warmup"] = "polynomial",
        ["get_inverse_sqrt_schedule"] = "inverse_sqrt",
        ["get_cosine_with_min_lr_schedule_with_warmup"] = "cosine_with_min_lr",
        ["get_cosine_with_min_lr_schedule_with_warmup_lr_rate"] = "cosine_warmup_with_min_lr",
        ["get_wsd_schedule"] = "warmup_stable_decay",
        ["get_reduce_on_plateau_schedule"] = "reduce_lr_on_plateau",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Functions of <c>optax</c>.</summary>
    public static readonly FrozenDictionary<string, string[]> Optax = Of(
        ("constant_schedule", "value"),
        ("linear_schedule", "init_value end_value transition_steps transition_begin"),
        ("polynomial_schedule", "init_value end_value power transition_steps transition_begin"),
        ("cosine_decay_schedule", "init_value decay_steps alpha exponent"),
        ("exponential_decay", "init_value transition_steps decay_rate transition_begin staircase end_value"),
        ("piecewise_constant_schedule", "init_value boundaries_and_scales"),
        ("piecewise_interpolate_schedule", "interpolate_type init_value boundaries_and_scales"),
        ("linear_onecycle_schedule", "transition_steps peak_value pct_start pct_final div_factor final_div_factor"),
        ("cosine_onecycle_schedule", "transition_steps peak_value pct_start div_factor final_div_factor"),
        ("warmup_constant_schedule", "init_value peak_value warmup_steps"),
        ("warmup_cosine_decay_schedule", "init_value peak_value warmup_steps decay_steps end_value exponent"),
        ("warmup_exponential_decay_schedule", "init_value peak_value warmup_steps transition_steps decay_rate transition_begin staircase end_value"),
        ("sgdr_schedule", "cosine_kwargs"),
        ("join_schedules", "schedules boundaries"));

    /// <summary>Optimizers, with the learning rate that they have where none is given; null where they have none that is worth guessing.</summary>
    public static readonly FrozenDictionary<string, double?> Optimizers = new Dictionary<string, double?>(StringComparer.Ordinal)
    {
        ["Adam"] = 1e-3,
        ["AdamW"] = 1e-3,
        ["Adamax"] = null,
        ["NAdam"] = null,
        ["RAdam"] = null,
        ["SparseAdam"] = null,
        ["SGD"] = null,
        ["ASGD"] = null,
        ["Adagrad"] = null,
        ["Adadelta"] = null,
        ["Adafactor"] = null,
        ["RMSprop"] = null,
        ["Rprop"] = null,
        ["LBFGS"] = null,
        ["Lion"] = null,
        ["Muon"] = null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a call makes a <c>TrainingArguments</c> of transformers.</summary>
    public static bool IsArguments(PythonValue.Call call) => call.ShortName.EndsWith("TrainingArguments", StringComparison.Ordinal);

    /// <summary>Whether a call makes a scheduler or schedule that is known, read or not.</summary>
    public static bool IsScheduler(PythonValue.Call call) => PyTorch.ContainsKey(call.ShortName) || HuggingFace.ContainsKey(call.ShortName) || IsOptax(call);

    /// <summary>Whether a call is one of optax: other libraries have functions of the same names.</summary>
    public static bool IsOptax(PythonValue.Call call) =>
        Optax.ContainsKey(call.ShortName) && (call.Name.Length == call.ShortName.Length || call.Name.StartsWith("optax.", StringComparison.Ordinal));

    private static FrozenDictionary<string, string[]> Of(params (string Name, string Parameters)[] functions) =>
        functions.ToFrozenDictionary(function => function.Name, function => function.Parameters.Split(' '), StringComparer.Ordinal);
}
