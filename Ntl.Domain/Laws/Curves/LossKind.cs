namespace Ntl.Domain.Laws.Curves;

/// <summary>What a loss was measured on.</summary>
public enum LossKind
{
    /// <summary>The log does not say.</summary>
    Unstated,

    /// <summary>The batches that the model was trained on.</summary>
    Training,

    /// <summary>Data that the model was not trained on.</summary>
    Validation,
}
