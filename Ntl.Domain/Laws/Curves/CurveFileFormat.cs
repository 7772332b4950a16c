namespace Ntl.Domain.Laws.Curves;

/// <summary>The files that loss curves are read from.</summary>
public enum CurveFileFormat
{
    /// <summary>One run: a header with a step, a learning rate and a loss, then a row a sample.</summary>
    Csv,

    /// <summary>Weights &amp; Biases' export of a chart: a step, then a column for each run and metric, <c>name - train/loss</c>.</summary>
    WandbCsv,

    /// <summary>A TensorBoard event file, <c>events.out.tfevents.…</c>.</summary>
    TensorBoard,
}
