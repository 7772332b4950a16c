using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Ntl.Domain.Laws.Curves;

/// <summary>Which series is which, by the words of its name: <c>train/loss</c>, <c>Train Loss</c> and <c>trainLoss</c> are one.</summary>
/// <remarks>
/// A name is a loss only where no word of it says otherwise: <c>loss_scale</c>, <c>best_val_loss</c> and <c>aux_loss</c> are none.
/// Perplexity, bits per byte and accuracy are other quantities and are never taken for a loss.
/// </remarks>
internal static partial class SeriesNames
{
    /// <summary>The rank of a name that is certainly not the thing asked for.</summary>
    public const int NotOne = int.MaxValue;

    private static readonly FrozenSet<string> s_validation = Words("val valid validation eval evaluation dev test heldout");
    private static readonly FrozenSet<string> s_training = Words("train training tr");

    private static readonly FrozenSet<string> s_lossWords = Words("loss crossentropy xent nll");

    private static readonly FrozenSet<string> s_plainLossWords = Words(
        "val valid validation eval evaluation dev heldout train training tr loss crossentropy xent nll ce lm language model mean avg average metrics metric log logs scalars step per token main global");

    // A loss, but not the one to prefer: a mean over an epoch, a sum with terms beside it, a test at the end.
    private static readonly FrozenSet<string> s_secondLossWords = Words("epoch total sum test");

    private static readonly FrozenSet<string> s_notLossWords = Words(
        "scale scaler scaling ratio grad grads gradient norm std stddev stderr sem var variance min max minimum maximum best lowest tokens count num n number weight weights coef coefficient lambda alpha beta aux auxiliary z "
        + "balance balancing router moe load kl reg regularization regularizer l1 l2 penalty consistency delta diff difference change improvement drop smooth smoothed smoothing ema running moving ppl perplexity "
        + "acc accuracy bpb bpc bits bit byte bytes spike spikes threshold target goal predicted prediction forecast fit error nan inf reward value policy actor critic time seconds ms pct percent percentage rank "
        + "quantile median p50 p90 p95 p99 exp log2 slope rate");

    private static readonly FrozenSet<string> s_notRateWords = Words(
        "scale scaler multiplier mult factor ratio decay min max peak base init initial start final end log log10 target lambda steps step iters warmup weight wd loss dropout sample samples token tokens mean std norm");

    private static readonly FrozenSet<string> s_plainRateWords = Words("lr learning rate learningrate train training trainer optimizer optim opt adamw adam w sgd lion muon group param groups pg pg1 0 1 metrics log logs scalars");

    // In the order in which they are preferred. wandb's own _step counts calls of its logger, so that it comes last.
    private static readonly ImmutableArray<string> s_steps =
        ["globalstep", "trainglobalstep", "trainerglobalstep", "step", "steps", "iter", "iteration", "iterations", "update", "updates", "trainstep", "trainsteps", "trainiter", "optimizerstep", "optimstep", "nstep", "nsteps", "numsteps", "itr", "it", "batch"];

    /// <summary>Whether a column counts steps.</summary>
    public static bool IsStep(string name) => s_steps.Contains(Bare(name), StringComparer.Ordinal);

    /// <summary>The column that counts steps; null where no name says it.</summary>
    public static string? FindStep(IEnumerable<string> names) =>
        names.Where(IsStep).OrderBy(name => name.StartsWith('_') ? s_steps.Length : s_steps.IndexOf(Bare(name))).FirstOrDefault();

    /// <summary>How little a name speaks for a loss: 0 where it plainly is one, <see cref="NotOne"/> where it is none.</summary>
    public static int LossRank(string name)
    {
        var words = WordsOf(name);
        return !words.Exists(s_lossWords.Contains) || words.Exists(s_notLossWords.Contains) || (words.Exists(s_training.Contains) && words.Exists(s_validation.Contains)) ? NotOne
            : words.TrueForAll(s_plainLossWords.Contains) ? 0
            : words.TrueForAll(word => s_plainLossWords.Contains(word) || s_secondLossWords.Contains(word)) ? 1
            : 2;
    }

    /// <summary>The same of a learning rate.</summary>
    public static int RateRank(string name)
    {
        var words = WordsOf(name);
        var isRate = words.Contains("lr", StringComparer.Ordinal) || words.Contains("learningrate", StringComparer.Ordinal);
        return words is ["eta"] or ["η"] ? 1
            : words is ["rate"] ? 2
            : !isRate || words.Exists(s_notRateWords.Contains) ? NotOne
            : words.TrueForAll(s_plainRateWords.Contains) ? 0
            : 1;
    }

    /// <summary>What a loss of this name was measured on.</summary>
    public static LossKind KindOf(string name)
    {
        var words = WordsOf(name);
        return words.Exists(s_validation.Contains) ? LossKind.Validation : words.Exists(s_training.Contains) ? LossKind.Training : LossKind.Unstated;
    }

    /// <summary>
    /// What a name says that is not a loss in nats per token, such as a perplexity; null where it says nothing of the kind.
    /// </summary>
    public static string? OtherQuantity(string name)
    {
        var words = WordsOf(name);
        return words.Exists(word => word is "ppl" or "perplexity" or "exp") ? "a perplexity, not a loss"
            : words.Exists(word => word is "bpb" or "bpc" or "bits" or "bit" or "byte" or "bytes" or "log2") ? "in bits or per byte, not nats per token"
            : words.Exists(word => word is "acc" or "accuracy") ? "an accuracy, not a loss"
            : words.Exists(word => word is "smooth" or "smoothed" or "smoothing" or "ema" or "running" or "moving") ? "smoothed: it lags behind the loss"
            : words.Exists(word => word is "best" or "lowest" or "min" or "minimum") ? "the best so far, not the loss of its step"
            : words.Exists(word => word is "scale" or "scaler" or "ratio" or "grad" or "norm" or "std" or "weight" or "coef") ? "not a loss by its name"
            : null;
    }

    /// <summary>The words of a name, in lower case.</summary>
    private static List<string> WordsOf(string name)
    {
        List<string> words = [];
        foreach (var match in Word().EnumerateMatches(name))
        {
            var word = name.AsSpan(match.Index, match.Length).ToString().ToLowerInvariant();
            // "valloss", "lossval".
            if (word.Length > 4 && word.StartsWith("loss", StringComparison.Ordinal) && word is not "losses")
            {
                words.AddRange("loss", word[4..]);
            }
            else if (word.Length > 4 && word.EndsWith("loss", StringComparison.Ordinal))
            {
                words.AddRange(word[..^4], "loss");
            }
            else
            {
                words.Add(word is "losses" ? "loss" : word);
            }
        }

        Join(words, "cross", "entropy", "crossentropy");
        Join(words, "learning", "rate", "learningrate");
        Join(words, "held", "out", "heldout");
        return words;
    }

    private static void Join(List<string> words, string first, string second, string joined)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (string.Equals(words[i], first, StringComparison.Ordinal) && string.Equals(words[i + 1], second, StringComparison.Ordinal))
            {
                words[i] = joined;
                words.RemoveAt(i + 1);
            }
        }
    }

    private static string Bare(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // LM in "LMLoss", Loss in "trainLoss"; digits stay with the letters before them.
    [GeneratedRegex(@"\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}][\p{Ll}\p{Nd}]*|\p{Lu}[\p{Lu}\p{Nd}]*|[\p{L}\p{Nd}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
