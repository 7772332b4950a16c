using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>A sound data set's facts, from one reading of the whole file.</summary>
/// <param name="Format">How the file holds its tokens.</param>
/// <param name="ByteCount">Length of the file.</param>
/// <param name="TokenCount">Tokens in it, at least 1.</param>
/// <param name="LargestToken">The largest token seen; the vocabulary must be larger.</param>
/// <param name="Hash">SHA-256 of the file's bytes, 64 lower-case hex digits.</param>
public sealed record DatasetInspection(DatasetFormat Format, long ByteCount, long TokenCount, int LargestToken, string Hash)
{
    /// <summary>Where the tokens lie in the file.</summary>
    public DatasetLayout Layout { get; init; }

    /// <summary>The vocabulary that the tokens were said to be of; null for none.</summary>
    public int? StatedVocabularySize { get; init; }

    /// <summary>What makes the file doubtful; empty for a sound one.</summary>
    public IReadOnlyList<DatasetWarning> Warnings { get; init; } = [];

    /// <summary>The smallest vocabulary that a model of the data needs: 256 for text, else the stated one or one above the largest token.</summary>
    public int VocabularySize => Format == DatasetFormat.Text ? ByteVocabulary : Math.Max(LargestToken + 1, StatedVocabularySize ?? 0);

    private const int ByteVocabulary = 256;

    /// <summary>Tokens for training; the rest, at the file's end, is for validation.</summary>
    /// <param name="validationFraction">In (0, 1).</param>
    public long TrainTokenCount(double validationFraction) => TokenCount - ValidationTokenCount(validationFraction);

    /// <summary>Tokens kept for validation: <c>⌈TokenCount · validationFraction⌉</c>.</summary>
    /// <param name="validationFraction">In (0, 1).</param>
    public long ValidationTokenCount(double validationFraction) => (long)Math.Ceiling(TokenCount * validationFraction);

    /// <summary>Returns if a model of this shape can train on the data.</summary>
    /// <exception cref="DatasetException">A token is outside the vocabulary, or a split is shorter than one window of context length + 1 tokens.</exception>
    public void RequireFits(ModelSpec model, double validationFraction)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (LargestToken >= model.VocabularySize)
        {
            throw new DatasetException(
                DatasetProblem.TokenOutOfRange,
                FormattableString.Invariant($"The data holds token {LargestToken}, but the model's vocabulary is {model.VocabularySize} (tokens 0 to {model.VocabularySize - 1})."));
        }

        var window = model.ContextLength + 1L;
        RequireWindow("training", TrainTokenCount(validationFraction));
        RequireWindow("validation", ValidationTokenCount(validationFraction));

        void RequireWindow(string split, long tokens)
        {
            if (tokens < window)
            {
                throw new DatasetException(
                    DatasetProblem.TooShort,
                    FormattableString.Invariant($"The {split} split has {tokens} tokens; a context of {model.ContextLength} needs at least {window}. Use more data, a shorter context or another validation share than {validationFraction}."));
            }
        }
    }
}
