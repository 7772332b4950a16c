using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Api;

/// <summary>Answers in the form of RFC 9457.</summary>
public static class ApiResults
{
    /// <summary>What is wrong, by field.</summary>
    public static IResult Invalid(IReadOnlyList<SpecProblem> problems) =>
        TypedResults.ValidationProblem(
            problems.GroupBy(problem => problem.Path, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal),
            title: "The request has problems.");

    public static IResult NoRun(string id) =>
        TypedResults.Problem($"There is no run '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static IResult Of(CommandOutcome outcome) => outcome.Result switch
    {
        CommandResult.Accepted => TypedResults.Ok(outcome),
        CommandResult.NotFound => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status404NotFound, title: "Not found"),
        _ => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status409Conflict, title: "Not now"),
    };
}
