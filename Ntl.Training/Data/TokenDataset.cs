using System.IO.MemoryMappedFiles;
using Ntl.Domain.Runs;

namespace Ntl.Training.Data;

/// <summary>The tokens of a data set, memory-mapped: pages come from the file as windows touch them, and are shared between trainers.</summary>
/// <remarks>A file that is cut short while it is mapped kills the process; data sets are replaced by renaming, never in place.</remarks>
public sealed unsafe class TokenDataset : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _tokens;
    private readonly int _tokenWidth;

    private TokenDataset(MemoryMappedFile file, MemoryMappedViewAccessor view, DatasetInspection inspection, double validationFraction)
    {
        (_file, _view, Inspection) = (file, view, inspection);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _tokens = start + view.PointerOffset + inspection.Layout.BodyOffset;
        _tokenWidth = inspection.Layout.TokenWidth;
        Train = new TokenRange(0, inspection.TrainTokenCount(validationFraction));
        Validation = new TokenRange(Train.Length, inspection.ValidationTokenCount(validationFraction));
    }

    /// <summary>The file's facts.</summary>
    public DatasetInspection Inspection { get; }

    /// <summary>The tokens that training draws from: the start of the file.</summary>
    public TokenRange Train { get; }

    /// <summary>The tokens that validation measures on: the end of the file.</summary>
    public TokenRange Validation { get; }

    /// <summary>Opens a spec's data after checking all of it: the file must be the one that the spec names.</summary>
    /// <exception cref="DatasetException">The file is missing or broken, has changed, or does not fit the model.</exception>
    public static TokenDataset Open(DatasetSpec spec, ModelSpec model)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(model);
        var path = BuiltInCorpus.Resolve(spec.Path);
        var inspection = DatasetInspector.Inspect(path, spec.Format);
        if (!string.Equals(inspection.Hash, spec.Hash, StringComparison.Ordinal))
        {
            throw new DatasetException(
                DatasetProblem.Changed,
                $"The data set '{spec.Name}' is not the file that this run was made for: its SHA-256 is {inspection.Hash}, the spec says {spec.Hash}.");
        }

        inspection.RequireFits(model, spec.ValidationFraction);
        var file = MemoryMappedFile.CreateFromFile(
            DatasetFile.Open(path), mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        return new TokenDataset(file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), inspection, spec.ValidationFraction);
    }

    /// <summary>Copies consecutive tokens.</summary>
    /// <param name="start">Index of the first, from the start of the file's tokens.</param>
    /// <param name="destination">Receives as many as it holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window leaves the file.</exception>
    public void Copy(long start, Span<long> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Inspection.TokenCount - destination.Length);
        switch (_tokenWidth)
        {
            case sizeof(byte):
                Widen(new ReadOnlySpan<byte>(_tokens + start, destination.Length), destination);
                break;
            case sizeof(ushort):
                Widen(new ReadOnlySpan<ushort>((ushort*)_tokens + start, destination.Length), destination);
                break;
            default:
                Widen(new ReadOnlySpan<uint>((uint*)_tokens + start, destination.Length), destination);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static void Widen<TToken>(ReadOnlySpan<TToken> tokens, Span<long> destination)
        where TToken : unmanaged, System.Numerics.IBinaryInteger<TToken>
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            destination[i] = long.CreateTruncating(tokens[i]);
        }
    }
}
