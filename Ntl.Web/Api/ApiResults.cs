using Microsoft.AspNetCore.Http.HttpResults;
using Ntl.Domain.Runs;
using Ntl.Web.Queue;

namespace Ntl.Web.Api;

/// <summary>Answers in the form of RFC 9457.</summary>
public static class ApiResults
{
    /// <summary>The name in <c>errors</c> of what concerns the body as a whole.</summary>
    public const string WholeBody = "body";

    private const string Title = "The request has problems.";

    /// <summary>What is wrong, by field.</summary>
    public static IResult Invalid(IReadOnlyList<SpecProblem> problems) => TypedResults.ValidationProblem(ByField(problems), title: Title);

    /// <summary>What is wrong, by field, under a status of its own.</summary>
    public static ProblemHttpResult Refused(int status, IReadOnlyList<SpecProblem> problems) =>
        TypedResults.Problem(new HttpValidationProblemDetails(ByField(problems)) { Status = status, Title = Title });

    /// <summary>Problems as the <c>errors</c> of an answer; those of no field in particular are the body's.</summary>
    public static IDictionary<string, string[]> ByField(IReadOnlyList<SpecProblem> problems) =>
        problems.GroupBy(problem => problem.Path.Length == 0 ? WholeBody : problem.Path, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal);

    public static IResult NoRun(string id) =>
        TypedResults.Problem($"There is no run '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static IResult Of(CommandOutcome outcome) => outcome.Result switch
    {
        CommandResult.Accepted => TypedResults.Ok(outcome),
        CommandResult.NotFound => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status404NotFound, title: "Not found"),
        _ => TypedResults.Problem(outcome.Message, statusCode: StatusCodes.Status409Conflict, title: "Not now"),
    };
}
