using System.Text;
using Ntl.Domain.Runs;
using Ntl.Training.Runs;

namespace Ntl.Training.Checkpoints;

/// <summary>
/// The checkpoint that a branch begins from, laid in its own run directory together with the trunk's spec, so that nothing that
/// happens to the trunk afterwards can take it away.
/// </summary>
/// <param name="Directory">Its directory, absolute.</param>
/// <param name="Trunk">The spec of the run that wrote it.</param>
/// <param name="Manifest">What it holds; every byte was checked.</param>
public sealed record Origin(string Directory, RunSpec Trunk, CheckpointManifest Manifest)
{
    private const string SpecName = "spec.json";

    /// <summary>Whether a branch has its origin.</summary>
    public static bool IsLaid(RunDirectory branch)
    {
        ArgumentNullException.ThrowIfNull(branch);
        return System.IO.Directory.Exists(branch.OriginPath);
    }

    /// <summary>Lays a trunk's checkpoint, durably. Safe to repeat: what is there already stays; what a killed process left half-laid is laid anew.</summary>
    /// <param name="trunk">The spec of the run that wrote the checkpoint.</param>
    /// <param name="checkpoint">The checkpoint's directory; it is found whole first.</param>
    /// <param name="branch">The branch; its directory exists.</param>
    /// <exception cref="CheckpointException">The checkpoint is not whole, or not of the trunk.</exception>
    /// <exception cref="IOException">The disk is full or broken; there is no origin then.</exception>
    public static void Lay(RunSpec trunk, string checkpoint, RunDirectory branch)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        if (IsLaid(branch))
        {
            return;
        }

        var manifest = CheckpointStore.Verify(checkpoint, RunSpecJson.Hash(trunk));
        var temporary = $"{branch.OriginPath}.tmp";
        if (System.IO.Directory.Exists(temporary))
        {
            System.IO.Directory.Delete(temporary, recursive: true);
        }

        System.IO.Directory.CreateDirectory(temporary);
        foreach (var name in manifest.Files.Select(file => file.Name).Append(CheckpointManifest.FileName))
        {
            DurableFile.LinkOrCopy(Path.Combine(checkpoint, name), Path.Combine(temporary, name));
        }

        DurableFile.Write(Path.Combine(temporary, SpecName), Encoding.UTF8.GetBytes(RunSpecJson.Write(trunk)));

        // Dying before the next line leaves a directory of another name, which the next try removes.
        System.IO.Directory.Move(temporary, branch.OriginPath);
        DurableFile.FlushDirectory(branch.Root);
    }

    /// <summary>Reads a branch's origin and checks every byte of it.</summary>
    /// <param name="run">The branch's directory.</param>
    /// <param name="branch">Where the branch says that it begins.</param>
    /// <exception cref="OriginException">There is none, it is not whole, or it is not the one that the branch names.</exception>
    public static Origin Open(RunDirectory run, BranchSpec branch)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(branch);
        if (!IsLaid(run))
        {
            throw new OriginException($"There is no checkpoint of run {branch.Run} in '{run.OriginPath}' to begin from.");
        }

        try
        {
            var manifest = CheckpointStore.Verify(run.OriginPath, branch.SpecHash);
            var (trunk, _) = RunSpecJson.Read(File.ReadAllText(Path.Combine(run.OriginPath, SpecName)));
            if (trunk is null || !string.Equals(RunSpecJson.Hash(trunk), branch.SpecHash, StringComparison.Ordinal))
            {
                throw new OriginException($"The spec laid beside the checkpoint is not that of run {branch.Run}.");
            }

            return manifest.Step == branch.Step
                ? new Origin(run.OriginPath, trunk, manifest)
                : throw new OriginException(FormattableString.Invariant($"The checkpoint that was laid is of step {manifest.Step}; the branch begins at step {branch.Step}."));
        }
        catch (Exception exception) when (exception is CheckpointException or IOException)
        {
            throw new OriginException($"The checkpoint of run {branch.Run} that the branch begins from cannot be used: {exception.Message}", exception);
        }
    }
}
