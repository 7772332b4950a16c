using Ntl.Domain.Runs;

namespace Ntl.Web.Schedules;

/// <summary>What a label may be. It is brought into one form first, so that two spellings of a tag are one tag.</summary>
public static class ScheduleLabelRules
{
    public const int LongestName = 120;
    public const int LongestOwner = 80;
    public const int LongestTag = 40;
    public const int MostTags = 20;
    public const int LongestNotes = 20_000;
    public const int LongestNote = 1_000;

    /// <summary>Without white space around it; tags in lower case, each once, in the order given.</summary>
    public static ScheduleLabel Normalize(ScheduleLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return new ScheduleLabel(
            (label.Name ?? "").Trim(),
            (label.Owner ?? "").Trim(),
            [.. (label.Tags ?? []).Select(tag => (tag ?? "").Trim().ToLowerInvariant()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)],
            (label.Notes ?? "").Trim());
    }

    /// <summary>What is wrong with a normalized label, by field.</summary>
    public static IEnumerable<SpecProblem> Validate(ScheduleLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (Line("name", label.Name, LongestName, "Give the schedule a name.") is { } name)
        {
            yield return name;
        }

        if (Line("owner", label.Owner, LongestOwner, "Say whose schedule this is.") is { } owner)
        {
            yield return owner;
        }

        if (label.Tags.Count > MostTags)
        {
            yield return new SpecProblem("tags", FormattableString.Invariant($"A schedule has at most {MostTags} tags; there are {label.Tags.Count}."));
        }

        foreach (var tag in label.Tags.Where(tag => tag.Length > LongestTag || tag.Any(character => !IsTagCharacter(character))))
        {
            yield return new SpecProblem("tags", FormattableString.Invariant($"'{(tag.Length > LongestTag ? tag[..LongestTag] + "…" : tag)}' is not a tag: up to {LongestTag} letters, digits and . - _ / without spaces."));
        }

        if (label.Notes.Length > LongestNotes)
        {
            yield return new SpecProblem("notes", FormattableString.Invariant($"Notes have at most {LongestNotes:N0} characters; these have {label.Notes.Length:N0}."));
        }
    }

    /// <summary>What is wrong with the author of a version.</summary>
    public static SpecProblem? Author(string author) => Line("author", author, LongestOwner, "Say who saves this version.");

    /// <summary>What is wrong with a version's note.</summary>
    public static SpecProblem? Note(string note) =>
        note.Length > LongestNote ? new SpecProblem("note", FormattableString.Invariant($"A version's note has at most {LongestNote:N0} characters; this one has {note.Length:N0}.")) : null;

    private static bool IsTagCharacter(char character) => char.IsLetterOrDigit(character) || character is '.' or '-' or '_' or '/';

    private static SpecProblem? Line(string path, string text, int longest, string whenEmpty) =>
        text.Length == 0 ? new SpecProblem(path, whenEmpty)
        : text.Length > longest ? new SpecProblem(path, FormattableString.Invariant($"At most {longest} characters; there are {text.Length}."))
        : text.Any(char.IsControl) ? new SpecProblem(path, "One line, without control characters.")
        : null;
}
