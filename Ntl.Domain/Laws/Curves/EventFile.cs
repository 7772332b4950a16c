using System.Buffers.Binary;
using System.Text;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A TensorBoard event file: one run's scalars by their tags, each an event of its own.</summary>
/// <remarks>Fields as in tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto and tensor.proto.</remarks>
internal static class EventFile
{
    private const int MostTags = 10_000;

    public static bool IsOne(ReadOnlySpan<byte> content) => RecordFrames.Begins(content);

    public static CurveFileOutcome Read(ReadOnlySpan<byte> content, string name, CurveFileChoice choice)
    {
        if (!IsOne(content))
        {
            throw new CurveFileException("The file is not a TensorBoard event file: it does not begin with a record.");
        }

        var series = new SortedDictionary<string, List<LossSample>>(StringComparer.Ordinal);
        var frames = new RecordFrames(content);
        while (frames.Next())
        {
            ReadEvent(frames.Record, series);
        }

        var tags = series.Keys.ToList();
        if (tags.Count == 0)
        {
            throw new CurveFileException("The event file has no scalars.");
        }

        var losses = Choose("loss", choice.Loss, SeriesNames.FindLoss(tags), series)!;
        var rates = choice.Rate is null && SeriesNames.FindRate(tags) is null ? [] : Choose("rate", choice.Rate, SeriesNames.FindRate(tags), series)!;
        if (losses.FindIndex(sample => !double.IsFinite(sample.Loss)) is >= 0 and var broken)
        {
            throw new CurveFileException("loss", FormattableString.Invariant($"The loss at step {losses[broken].Step} is not finite: the run diverged."), [.. tags]);
        }

        if (rates.FindIndex(sample => !(double.IsFinite(sample.Loss) && sample.Loss >= 0)) is >= 0 and var wrong)
        {
            throw new CurveFileException("rate", FormattableString.Invariant($"A learning rate is finite and at least 0, but {rates[wrong].Loss} at step {rates[wrong].Step} is not."), [.. tags]);
        }

        var curve = CurveFile.Curve(name, losses, rates.ConvertAll(sample => new RatePoint(sample.Step, sample.Loss)));
        return new(CurveFileFormat.TensorBoard, [curve], [.. tags], frames.IsCutOff ? ["The last record is cut off; everything before it was read."] : [], []);
    }

    private static List<LossSample> Choose(string field, string? chosen, string? found, SortedDictionary<string, List<LossSample>> series) =>
        (chosen ?? found) is { } tag && series.TryGetValue(tag, out var samples) ? samples : throw new CurveFileException(
            field,
            chosen is null ? $"No tag is called {field}; choose one of {CurveFile.List(series.Keys)}." : $"There is no tag '{CsvTable.Shorten(chosen)}'; there are {CurveFile.List(series.Keys)}.",
            [.. series.Keys]);

    private static void ReadEvent(ReadOnlySpan<byte> record, SortedDictionary<string, List<LossSample>> series)
    {
        const int StepField = 2;
        const int SummaryField = 5;
        var step = 0L;
        var fields = new ProtobufReader(record);
        while (fields.Next())
        {
            step = fields.Field == StepField && fields.Wire == ProtobufReader.WireType.Varint ? (long)fields.Varint : step;
        }

        // The step may stand behind its summary.
        fields = new ProtobufReader(record);
        while (fields.Next())
        {
            if (fields.Field == SummaryField)
            {
                ReadSummary(fields.Content, step, series);
            }
        }
    }

    private static void ReadSummary(ReadOnlySpan<byte> summary, long step, SortedDictionary<string, List<LossSample>> series)
    {
        const int ValueField = 1;
        var values = new ProtobufReader(summary);
        while (values.Next())
        {
            if (values.Field == ValueField && ReadValue(values.Content) is { Tag: { } tag, Scalar: { } scalar })
            {
                Add(tag, step, scalar, series);
            }
        }
    }

    private static (string? Tag, double? Scalar) ReadValue(ReadOnlySpan<byte> value)
    {
        const int TagField = 1;
        const int SimpleField = 2;
        const int TensorField = 8;
        var (tag, scalar) = ((string?)null, (double?)null);
        var fields = new ProtobufReader(value);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case TagField:
                    tag = Encoding.UTF8.GetString(fields.Content);
                    break;
                case SimpleField:
                    scalar = fields.Single;
                    break;
                case TensorField:
                    scalar = ReadTensor(fields.Content);
                    break;
                default:
                    break;
            }
        }

        return (tag, scalar);
    }

    // Null for what is no single number: histograms, images, texts.
    private static double? ReadTensor(ReadOnlySpan<byte> tensor)
    {
        const int TypeField = 1;
        const int ContentField = 4;
        const int FloatField = 5;
        const int DoubleField = 6;
        const ulong FloatType = 1;
        const ulong DoubleType = 2;
        var (type, values) = (0ul, new List<double>());
        var content = ReadOnlySpan<byte>.Empty;
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case TypeField when fields.Wire == ProtobufReader.WireType.Varint:
                    type = fields.Varint;
                    break;
                case ContentField:
                    content = fields.Content;
                    break;
                case FloatField when fields.Wire == ProtobufReader.WireType.Fixed32:
                    values.Add(fields.Single);
                    break;
                case FloatField when fields.Content.Length == sizeof(float):
                    values.Add(BinaryPrimitives.ReadSingleLittleEndian(fields.Content));
                    break;
                case DoubleField when fields.Wire == ProtobufReader.WireType.Fixed64:
                    values.Add(fields.Double);
                    break;
                case DoubleField when fields.Content.Length == sizeof(double):
                    values.Add(BinaryPrimitives.ReadDoubleLittleEndian(fields.Content));
                    break;
                default:
                    break;
            }
        }

        return (type, content.Length, values) switch
        {
            (FloatType, sizeof(float), []) => BinaryPrimitives.ReadSingleLittleEndian(content),
            (DoubleType, sizeof(double), []) => BinaryPrimitives.ReadDoubleLittleEndian(content),
            (FloatType or DoubleType, 0, [var only]) => only,
            _ => null,
        };
    }

    private static void Add(string tag, long step, double value, SortedDictionary<string, List<LossSample>> series)
    {
        if (step < 0)
        {
            throw new CurveFileException(FormattableString.Invariant($"Tag '{CsvTable.Shorten(tag)}' has the step {step}."));
        }

        if (!series.TryGetValue(tag, out var known))
        {
            if (series.Count == MostTags)
            {
                throw new CurveFileException(FormattableString.Invariant($"The event file has more than {MostTags:N0} tags."));
            }

            series.Add(tag, known = []);
        }

        // A run that went on from a checkpoint wrote some steps twice: the later ones stand.
        while (known is [.., var last] && last.Step >= step)
        {
            known.RemoveAt(known.Count - 1);
        }

        if (known.Count == CurveFile.MaximumSamples)
        {
            throw new CurveFileException(FormattableString.Invariant($"Tag '{CsvTable.Shorten(tag)}' has more than {CurveFile.MaximumSamples:N0} samples."));
        }

        known.Add(new(step, value));
    }
}
