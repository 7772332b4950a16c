using Ntl.Domain.Runs;
using Ntl.Web.Experiments;

namespace Ntl.Web.Laws;

/// <summary>Suggests schedules by saved fits, and puts them to the test.</summary>
public interface ISuggestions
{
    /// <summary>Seeks the schedule that a fit's law ends lowest under.</summary>
    Task<SuggestionOutcome> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken);

    /// <summary>Lays out the suggestion and its baseline with equal seeds, without queueing them.</summary>
    /// <param name="suggestion">What was suggested.</param>
    /// <param name="template">The run whose model, data, batch and optimizer are trained; null for the newest run that the fit was made of.</param>
    /// <param name="seeds">One for each pair, three or more.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<ExperimentProposal> ProposeAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken);

    /// <summary>Queues them: all, or none.</summary>
    Task<ExperimentProposal> QueueAsync(Suggestion suggestion, RunId? template, IReadOnlyList<long> seeds, CancellationToken cancellationToken);
}
