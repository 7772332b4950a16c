using System.Globalization;
using Ntl.Domain.Runs;

namespace Ntl.Web.Leaderboard;

/// <summary>What people write beside what they ask for. There is no login: a name is what somebody typed.</summary>
internal static class PersonRules
{
    private const int LongestName = 60;
    private const int LongestNote = 2_000;

    public static IEnumerable<SpecProblem> Problems(string by, string text, string textPath)
    {
        if (by.Trim() is not { Length: >= 1 and <= LongestName } || by.Any(char.IsControl))
        {
            yield return new("by", string.Create(CultureInfo.InvariantCulture, $"Say who you are, in 1 to {LongestName} characters: what is public has a name to it."));
        }

        if (text.Length > LongestNote)
        {
            yield return new(textPath, FormattableString.Invariant($"At most {LongestNote:N0} characters; these are {text.Length:N0}."));
        }
    }
}
