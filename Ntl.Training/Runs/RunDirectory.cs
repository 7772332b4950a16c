using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>
/// The contract between server and trainer: everything of one run, in one directory.
/// <code>
/// spec.json             server, once      the whole run, repeatable
/// fence                 server            the attempt that may write, and its token
/// control               server            run, pause or stop
/// origin/               server, once      a branch's first checkpoint, from its trunk
/// checkpoints/          trainers          step-00000100-attempt-1/ …
/// attempts/1/journal    trainer 1         checksummed records, append-only
/// attempts/1/lease      trainer 1         heartbeat
/// attempts/1/log.txt    launcher          stdout and stderr of trainer 1
/// </code>
/// </summary>
/// <param name="path">The directory; made absolute, need not exist.</param>
public sealed class RunDirectory(string path)
{
    /// <summary>The directory, absolute.</summary>
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>The run's identity: the directory's name where that is one, else one made of the whole path.</summary>
    public RunId Id { get; } = IdOf(Path.GetFullPath(path));

    /// <summary>The run's spec: written once, before the first attempt.</summary>
    public string SpecPath => Path.Combine(Root, "spec.json");

    /// <summary>Who may write; see <see cref="Fence"/>.</summary>
    public string FencePath => Path.Combine(Root, "fence");

    /// <summary>What the server wants; see <see cref="Control"/>.</summary>
    public string ControlPath => Path.Combine(Root, "control");

    /// <summary>Where a branch begins; see <see cref="Checkpoints.Origin"/>. A run of its own has none.</summary>
    public string OriginPath => Path.Combine(Root, "origin");

    /// <summary>Checkpoints of all attempts; each name carries its attempt.</summary>
    public string CheckpointsPath => Path.Combine(Root, "checkpoints");

    /// <summary>One directory an attempt, named by its number.</summary>
    public string AttemptsPath => Path.Combine(Root, "attempts");

    /// <summary>The paths of one attempt.</summary>
    /// <param name="number">One-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public AttemptDirectory Attempt(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        return new AttemptDirectory(number, Path.Combine(AttemptsPath, number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The attempts that have a directory, in order.</summary>
    public IReadOnlyList<AttemptDirectory> Attempts()
    {
        if (!Directory.Exists(AttemptsPath))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(AttemptsPath)
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Order()
            .Select(Attempt)];
    }

    // A run outside a server's store (`ntl-train train --dir …`) has a directory of any name.
    private static RunId IdOf(string root)
    {
        if (RunId.TryParse(Path.GetFileName(root), out var id))
        {
            return id;
        }

        const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        const int Length = 10;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(root));
        return new RunId(string.Create(Length, hash, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = Alphabet[bytes[i] % Alphabet.Length];
            }
        }));
    }

    /// <summary>Creates the run's own directories, durably. Safe to repeat.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(CheckpointsPath);
        Directory.CreateDirectory(AttemptsPath);
        DurableFile.FlushDirectory(Root);
    }

    /// <summary>Creates an attempt's directory, durably. Safe to repeat.</summary>
    public AttemptDirectory CreateAttempt(int number)
    {
        var attempt = Attempt(number);
        Directory.CreateDirectory(AttemptsPath);
        DurableFile.CreateDirectory(attempt.Root);
        return attempt;
    }
}
