namespace Ntl.Domain.Laws.Curves;

/// <summary>The files that loss curves are read from.</summary>
public enum CurveFileFormat
{
    /// <summary>
    /// One run: a header with a step, a learning rate and a loss, then rows of values; Lightning's <c>metrics.csv</c> and a Hugging Face
    /// log as CSV are such.
    /// </summary>
    Csv,

    /// <summary>Weights &amp; Biases' export of a chart: a step, then a column for each run and metric, <c>name - train/loss</c>.</summary>
    WandbCsv,

    /// <summary>A TensorBoard event file, <c>events.out.tfevents.…</c>, or several of one run, one after the other.</summary>
    TensorBoard,

    /// <summary>One run as JSON: Hugging Face's <c>trainer_state.json</c>, an array of objects, or an object per line.</summary>
    Json,
}
