using System.Text;

namespace Ntl.Domain.Laws.Curves;

/// <summary>A TensorBoard event file, or several of one run one after the other: scalars by their tags, each an event of its own.</summary>
/// <remarks>Fields as in tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.</remarks>
internal static class EventFile
{
    private const int MostEvents = 4_000_000;

    public static bool IsOne(ReadOnlySpan<byte> content) => RecordFrames.Begins(content);

    public static CurveFileOutcome Read(ReadOnlySpan<byte> content, string name, CurveFileChoice choice)
    {
        if (!IsOne(content))
        {
            throw new CurveFileException("The file is not a TensorBoard event file: it does not begin with a record.");
        }

        var (parts, isCutOff) = PartsOf(content);
        var run = new RunLog(name, isTable: false);
        var unread = new SortedDictionary<string, (string Kind, int Count)>(StringComparer.Ordinal);
        var plugins = new Dictionary<string, string>(StringComparer.Ordinal);
        List<long> negative = [];
        var events = 0;
        // Attempts of one run join in the order in which they began.
        foreach (var (_, first, end) in parts.OrderBy(part => part.Begun))
        {
            var frames = new RecordFrames(content[first..end]);
            while (frames.Next())
            {
                foreach (var scalar in ReadEvent(frames.Record, run, plugins))
                {
                    if (scalar.Value is not { } value)
                    {
                        unread[scalar.Tag] = (scalar.Kind, unread.GetValueOrDefault(scalar.Tag).Count + 1);
                    }
                    else if (scalar.Step < 0)
                    {
                        negative.Add(scalar.Step);
                    }
                    else
                    {
                        events++;
                        run.Add(scalar.Tag, scalar.Step, value, 0);
                    }
                }

                if (events > MostEvents)
                {
                    throw new CurveFileException(FormattableString.Invariant($"The event file has more than {MostEvents:N0} scalars."));
                }
            }
        }

        return run.Series.Count == 0
            ? throw new CurveFileException($"The event file has no scalars.{string.Concat(unread.Take(5).Select(tag => $" '{tag.Key}' is {tag.Value.Kind}."))}")
            : new CurveAssembly(CurveFileFormat.TensorBoard, "tag", choice)
            {
                Series = [.. run.Series.Order(StringComparer.Ordinal)],
                Notes = Notes(parts.Count, isCutOff, unread, plugins, negative),
            }.Read([run]);
    }

    private static List<string> Notes(
        int parts, bool isCutOff, SortedDictionary<string, (string Kind, int Count)> unread, Dictionary<string, string> plugins, List<long> negative)
    {
        List<string> notes = [];
        if (parts > 1)
        {
            notes.Add($"{parts} event files of one run were joined in the order in which they began.");
        }

        if (isCutOff)
        {
            notes.Add("The last record is cut off; everything before it was read.");
        }

        // What other plugins store, such as texts, is no scalar in any case.
        notes.AddRange(unread.Where(tag => plugins.GetValueOrDefault(tag.Key, "scalars") is "scalars" && tag.Value.Kind is not "string")
            .Select(tag => $"Tag '{tag.Key}': {StepRanges.Count(tag.Value.Count, "value", "values")} left out, each {tag.Value.Kind} and not one number."));
        if (negative.Count > 0)
        {
            notes.Add($"{StepRanges.Count(negative.Count, "value", "values")} at negative steps left out: {StepRanges.Say(negative)}.");
        }

        return notes;
    }

    // A file begins with a record that names its version; files that stand one after the other are parts.
    private static (List<(double Begun, int First, int End)> Parts, bool IsCutOff) PartsOf(ReadOnlySpan<byte> content)
    {
        List<(double Begun, int First, int End)> parts = [];
        var frames = new RecordFrames(content);
        while (frames.Next())
        {
            var (isVersion, time) = Head(frames.Record);
            if (isVersion || parts.Count == 0)
            {
                if (parts.Count > 0)
                {
                    parts[^1] = parts[^1] with { End = frames.Start };
                }

                parts.Add((time, frames.Start, content.Length));
            }
        }

        return (parts, frames.IsCutOff);
    }

    private static (bool IsVersion, double Time) Head(ReadOnlySpan<byte> record)
    {
        const int TimeField = 1;
        const int VersionField = 3;
        var (isVersion, time) = (false, 0.0);
        var fields = new ProtobufReader(record);
        while (fields.Next())
        {
            isVersion |= fields.Field == VersionField;
            time = fields.Field == TimeField && fields.Wire == ProtobufReader.WireType.Fixed64 ? fields.Double : time;
        }

        return (isVersion, time);
    }

    private static List<(string Tag, long Step, double? Value, string Kind)> ReadEvent(ReadOnlySpan<byte> record, RunLog run, Dictionary<string, string> plugins)
    {
        const int StepField = 2;
        const int SummaryField = 5;
        const int SessionField = 7;
        List<(string Tag, long Step, double? Value, string Kind)> scalars = [];
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
                ReadSummary(fields.Content, step, plugins, scalars);
            }
            else if (fields.Field == SessionField && IsStart(fields.Content))
            {
                run.AddRestart(step);
            }
        }

        return scalars;
    }

    private static bool IsStart(ReadOnlySpan<byte> session)
    {
        const int StatusField = 1;
        const ulong Start = 1;
        var isStart = false;
        var fields = new ProtobufReader(session);
        while (fields.Next())
        {
            isStart |= fields.Field == StatusField && fields.Wire == ProtobufReader.WireType.Varint && fields.Varint == Start;
        }

        return isStart;
    }

    private static void ReadSummary(ReadOnlySpan<byte> summary, long step, Dictionary<string, string> plugins, List<(string Tag, long Step, double? Value, string Kind)> scalars)
    {
        const int ValueField = 1;
        var values = new ProtobufReader(summary);
        while (values.Next())
        {
            if (values.Field == ValueField && ReadValue(values.Content, plugins) is { } scalar)
            {
                scalars.Add((scalar.Tag, step, scalar.Value, scalar.Kind));
            }
        }
    }

    private static (string Tag, double? Value, string Kind)? ReadValue(ReadOnlySpan<byte> value, Dictionary<string, string> plugins)
    {
        const int TagField = 1;
        const int SimpleField = 2;
        const int TensorField = 8;
        const int MetadataField = 9;
        (string? Tag, (double? Value, string Kind)? Number, string? Plugin) read = (null, null, null);
        var fields = new ProtobufReader(value);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case TagField:
                    read.Tag = Encoding.UTF8.GetString(fields.Content);
                    break;
                case SimpleField:
                    read.Number = (fields.Single, "float");
                    break;
                case TensorField:
                    read.Number = TensorScalar.Read(fields.Content);
                    break;
                case MetadataField:
                    read.Plugin = PluginOf(fields.Content);
                    break;
                default:
                    break;
            }
        }

        if (read.Tag is not { } tag || read.Number is not { } number)
        {
            return null;
        }

        if (read.Plugin is not null)
        {
            plugins[tag] = read.Plugin; // later events of the tag need not repeat it
        }

        return plugins.GetValueOrDefault(tag, "scalars") is "scalars" ? (tag, number.Value, number.Kind) : null;
    }

    // SummaryMetadata.plugin_data.plugin_name
    private static string? PluginOf(ReadOnlySpan<byte> metadata)
    {
        var plugin = new ProtobufReader(metadata);
        while (plugin.Next())
        {
            if (plugin.Field != 1)
            {
                continue;
            }

            var name = new ProtobufReader(plugin.Content);
            while (name.Next())
            {
                if (name.Field == 1)
                {
                    return Encoding.UTF8.GetString(name.Content);
                }
            }
        }

        return null;
    }
}
