namespace Ntl.Web.Live;

/// <summary>The answer to a <see cref="SeriesRequest"/>.</summary>
/// <param name="Series">In the order of the keys asked for.</param>
/// <param name="Cursor">Where a live subscription goes on without a gap, when the window is open to the right.</param>
public sealed record SeriesWindow(IReadOnlyList<ChartSeries> Series, SeriesCursor Cursor);
