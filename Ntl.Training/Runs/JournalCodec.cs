using System.Text.Json;
using Ntl.Domain.Runs;

namespace Ntl.Training.Runs;

/// <summary>A record's payload: one byte of kind, then UTF-8 JSON, or binary segments for metrics.</summary>
internal static class JournalCodec
{
    public static byte[] Encode(JournalRecord record) => record switch
    {
        MetricsRecorded metrics => MetricsCodec.Encode(metrics),
        AttemptStarted started => Json(JournalRecordKind.AttemptStarted, started),
        AttemptEnded ended => Json(JournalRecordKind.AttemptEnded, ended),
        EvaluationRecorded evaluation => Json(JournalRecordKind.Evaluation, evaluation),
        RunEventRecorded happened => Json(JournalRecordKind.Event, happened),
        _ => throw new ArgumentException($"A journal holds no {record?.GetType().Name ?? "null"}.", nameof(record)),
    };

    /// <summary>The record that a payload holds.</summary>
    /// <exception cref="InvalidDataException">The payload is of no kind that this version knows, or not of its kind's form.</exception>
    public static JournalRecord Decode(ReadOnlyMemory<byte> payload)
    {
        var kind = (JournalRecordKind)payload.Span[0];
        var content = payload.Span[1..];
        try
        {
            return kind switch
            {
                JournalRecordKind.AttemptStarted => Parse<AttemptStarted>(content),
                JournalRecordKind.AttemptEnded => Parse<AttemptEnded>(content),
                JournalRecordKind.Event => Parse<RunEventRecorded>(content),
                JournalRecordKind.Evaluation => Parse<EvaluationRecorded>(content),
                JournalRecordKind.Metrics => MetricsCodec.Decode(content),
                _ => throw new InvalidDataException($"a record of unknown kind {(byte)kind}"),
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"a record of kind {kind} that is not its JSON: {exception.Message}", exception);
        }
    }

    private static byte[] Json<T>(JournalRecordKind kind, T record) =>
        [(byte)kind, .. JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Options)];

    private static T Parse<T>(ReadOnlySpan<byte> content) =>
        JsonSerializer.Deserialize<T>(content, RunJson.Options) ?? throw new InvalidDataException("a record of null");
}
