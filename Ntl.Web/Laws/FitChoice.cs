namespace Ntl.Web.Laws;

/// <summary>A saved fit to predict with.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">For people.</param>
/// <param name="Law">The law's name for people.</param>
/// <param name="TrainError">Mean error on its curves; nats/token.</param>
/// <param name="ModelName">The model that it was fitted to; null for imported curves.</param>
/// <param name="DatasetName">The data that it was fitted to; null for imported curves.</param>
/// <param name="IsOfFamily">Whether it was fitted to the model and data that were asked for: only then does it predict them.</param>
public sealed record FitChoice(string Id, string Name, string Law, double TrainError, string? ModelName, string? DatasetName, bool IsOfFamily);
