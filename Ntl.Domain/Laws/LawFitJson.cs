using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Ntl.Domain.Runs;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>The stored form of a fit, versions 1 and 2; read strictly.</summary>
/// <remarks>A stored format is a promise: a change is a new version. Version 2 added laws; fits of older laws are still written as
/// version 1.</remarks>
public static class LawFitJson
{
    /// <summary>The newest version.</summary>
    public const int Version = 2;

    private const int MaximumPeaks = 1000;
    private const int MaximumCharacters = 16 * 1024 * 1024;
    private const int MaximumCurves = 10_000;
    private const int MaximumCautions = 100;

    /// <summary>Writes a fit, numbers in their shortest round-trip form.</summary>
    public static string Write(LawFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, fit.Range.InnerPeaks.IsEmpty ? VersionOf(fit.Law.Kind) : Version);
            writer.WritePropertyName("law"u8);
            LawJson.Write(writer, fit.Law);
            writer.WriteNumber("misfit"u8, fit.Misfit);
            writer.WriteNumber("trainError"u8, fit.TrainError);
            WriteScores(writer, "train", fit.Train);
            WriteScores(writer, "leaveOneOut", fit.LeaveOneOut);
            WriteRange(writer, fit.Range);
            writer.WriteStartArray("cautions"u8);
            foreach (var caution in fit.Cautions)
            {
                writer.WriteStringValue(caution);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("replicates"u8);
            foreach (var law in fit.Replicates)
            {
                LawJson.Write(writer, law);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Reads a fit strictly.</summary>
    /// <exception cref="InvalidLawFitException">The text is not a stored fit; the exception lists every problem with its field's path.</exception>
    public static LawFit Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        List<SpecProblem> problems = [];
        if (json.Length > MaximumCharacters)
        {
            problems.Add(new("", $"A fit's JSON has at most {MaximumCharacters} characters; this one has {json.Length}."));
            throw new InvalidLawFitException(problems);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(new StrictJsonObject(document.RootElement, "", problems)) ?? throw new InvalidLawFitException(problems);
        }
        catch (JsonException exception)
        {
            problems.Add(new("", $"This is not valid JSON: {JsonCheck.Place(exception)}."));
            throw new InvalidLawFitException(problems);
        }
    }

    private static int VersionOf(LawKind kind) => kind is LawKind.FunctionalScaling or LawKind.PeakTransfer ? 2 : 1;

    private static LawFit? Read(StrictJsonObject reader)
    {
        var version = reader.Integer("version");
        if (version is < 1 or > Version)
        {
            reader.Report("version", $"This version of Ntl reads fits of versions 1 to {Version}, not {version}.");
        }

        var law = reader.Object("law") is { } value ? LawJson.Read(value) : null;
        if (law is not null && version < VersionOf(law.Kind))
        {
            reader.Report(
                "version", $"A fit of the law '{LawNames.KeyOf(law.Kind)}' has version {VersionOf(law.Kind)} or later, not {version}.");
        }

        var (misfit, error) = (reader.Number("misfit") ?? 0, reader.Number("trainError") ?? 0);
        var (train, leaveOneOut) = (ReadScores(reader, "train"), ReadScores(reader, "leaveOneOut"));
        var range = reader.Object("range") is { } limits ? ReadRange(limits) : null;
        var cautions = ReadCautions(reader);
        List<LossLaw> replicates = [];
        foreach (var (item, path) in reader.Array("replicates", LawFitOptions.MaximumReplicates))
        {
            if (LawJson.Read(new(item, path, reader.Problems)) is { } replicate)
            {
                replicates.Add(replicate);
            }
        }

        reader.End();
        return reader.Problems.Count > 0 || law is null || range is null ? null : new(law)
        {
            Misfit = misfit,
            TrainError = error,
            Train = train,
            LeaveOneOut = leaveOneOut,
            Range = range,
            Cautions = cautions,
            Replicates = [.. replicates],
        };
    }

    private static void WriteScores(Utf8JsonWriter writer, string field, ImmutableArray<CurveScore> scores)
    {
        writer.WriteStartArray(field);
        foreach (var score in scores)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, score.Name);
            writer.WriteNumber("meanError"u8, score.MeanError);
            writer.WriteNumber("measuredFinal"u8, score.MeasuredFinal);
            writer.WriteNumber("predictedFinal"u8, score.PredictedFinal);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ImmutableArray<CurveScore> ReadScores(StrictJsonObject reader, string field)
    {
        var scores = ImmutableArray.CreateBuilder<CurveScore>();
        foreach (var (item, path) in reader.Array(field, MaximumCurves))
        {
            StrictJsonObject score = new(item, path, reader.Problems);
            scores.Add(new(score.Text("name") ?? "", score.Number("meanError") ?? 0, score.Number("measuredFinal") ?? 0, score.Number("predictedFinal") ?? 0));
            score.End();
        }

        return scores.ToImmutable();
    }

    private static void WriteRange(Utf8JsonWriter writer, FittedRange range)
    {
        writer.WriteStartObject("range"u8);
        writer.WriteNumber("lowestPeak"u8, range.LowestPeak);
        writer.WriteNumber("highestPeak"u8, range.HighestPeak);
        writer.WriteNumber("lowestRate"u8, range.LowestRate);
        writer.WriteNumber("firstTime"u8, range.FirstTime);
        writer.WriteNumber("lastTime"u8, range.LastTime);
        writer.WriteNumber("mostSteps"u8, range.MostSteps);
        writer.WriteNumber("shortestTime"u8, range.ShortestTime);
        writer.WriteBoolean("hasCooling"u8, range.HasCooling);
        writer.WriteBoolean("hasHeating"u8, range.HasHeating);
        if (!range.InnerPeaks.IsEmpty)
        {
            writer.WriteStartArray("innerPeaks"u8);
            foreach (var peak in range.InnerPeaks)
            {
                writer.WriteNumberValue(peak);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static FittedRange ReadRange(StrictJsonObject reader)
    {
        FittedRange range = new(
            reader.Number("lowestPeak") ?? 0,
            reader.Number("highestPeak") ?? 0,
            reader.Number("lowestRate") ?? 0,
            reader.Number("firstTime") ?? 0,
            reader.Number("lastTime") ?? 0,
            reader.Integer("mostSteps") ?? 0,
            reader.Number("shortestTime") ?? 0,
            reader.Boolean("hasCooling") ?? false,
            reader.Boolean("hasHeating") ?? false)
        {
            InnerPeaks = reader.Has("innerPeaks") ? ReadInnerPeaks(reader) : [],
        };
        reader.End();
        return range;
    }

    private static ImmutableArray<double> ReadInnerPeaks(StrictJsonObject reader)
    {
        var peaks = ImmutableArray.CreateBuilder<double>();
        foreach (var (item, path) in reader.Array("innerPeaks", MaximumPeaks))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var peak) && peak > 0)
            {
                peaks.Add(peak);
            }
            else
            {
                reader.Problems.Add(new(path, "A peak is a number above 0."));
            }
        }

        return peaks.ToImmutable();
    }

    private static ImmutableArray<string> ReadCautions(StrictJsonObject reader)
    {
        var cautions = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, path) in reader.Array("cautions", MaximumCautions))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                cautions.Add(item.GetString()!);
            }
            else
            {
                reader.Problems.Add(new(path, "Expected a text."));
            }
        }

        return cautions.ToImmutable();
    }
}
