using System.Collections.Immutable;
using System.Text.Json;
using Ntl.Domain.Schedules;

namespace Ntl.Domain.Laws;

/// <summary>A law's numbers as JSON, part of a stored fit.</summary>
internal static class LawJson
{
    private const int MaximumModes = 64;

    // Keeps what is divided by away from zero.
    private const double LeastNumber = 1e-9;

    public static void Write(Utf8JsonWriter writer, LossLaw law)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, LawNames.KeyOf(law.Kind));
        switch (law)
        {
            case RiverValleyLaw valley:
                WriteRiver(writer, valley.ColdLoss, valley.RiverScale, valley.RiverExponent);
                writer.WriteNumber("referenceRate"u8, valley.ReferenceRate);
                writer.WriteNumber("clockExponent"u8, valley.ClockExponent);
                writer.WriteNumber("bathExponent"u8, valley.BathExponent);
                WriteModes(writer, valley.Kind, valley.Modes);
                break;
            case TissueLaw tissue:
                WriteRiver(writer, tissue.ColdLoss, tissue.RiverScale, tissue.RiverExponent);
                writer.WriteNumber("annealingScale"u8, tissue.AnnealingScale);
                writer.WriteNumber("momentum"u8, tissue.Momentum);
                break;
            case MultiPowerLaw power:
                WriteRiver(writer, power.ColdLoss, power.RiverScale, power.RiverExponent);
                writer.WriteNumber("heatCapacity"u8, power.HeatCapacity);
                writer.WriteNumber("speed"u8, power.Speed);
                writer.WriteNumber("tail"u8, power.Tail);
                writer.WriteNumber("rateExponent"u8, power.RateExponent);
                break;
            case FunctionalScalingLaw scaling:
                WriteRiver(writer, scaling.ColdLoss, scaling.RiverScale, scaling.RiverExponent);
                writer.WriteNumber("heatCapacity"u8, scaling.HeatCapacity);
                writer.WriteNumber("earlyCapacity"u8, scaling.EarlyCapacity);
                writer.WriteNumber("speed"u8, scaling.Speed);
                writer.WriteNumber("tail"u8, scaling.Tail);
                break;
            case PeakTransferLaw transfer:
                WriteRiver(writer, transfer.ColdLoss, transfer.RiverScale, transfer.RiverExponent);
                writer.WriteNumber("referenceRate"u8, transfer.ReferenceRate);
                writer.WriteNumber("knee"u8, transfer.Knee);
                writer.WriteBoolean("isKneeFitted"u8, transfer.IsKneeFitted);
                writer.WriteNumber("weightDecay"u8, transfer.WeightDecay);
                WriteModes(writer, transfer.Kind, transfer.Modes);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads a law.</summary>
    /// <returns>Null when a problem was reported.</returns>
    public static LossLaw? Read(StrictJsonObject reader)
    {
        var problems = reader.Problems.Count;
        var key = reader.Text("kind");
        if (key is not null && LawNames.Parse(key) is null)
        {
            reader.Report("kind", $"There is no law '{key}'.");
        }

        if (key is null || LawNames.Parse(key) is not { } kind)
        {
            return null;
        }

        var law = Read(kind, reader);
        reader.End();
        return reader.Problems.Count == problems ? law : null;
    }

    private static LossLaw Read(LawKind kind, StrictJsonObject reader) => kind switch
    {
        LawKind.Tissue => new TissueLaw
        {
            ColdLoss = Number(reader, "coldLoss", 0),
            RiverScale = Number(reader, "riverScale", 0),
            RiverExponent = Number(reader, "riverExponent", 0),
            AnnealingScale = Number(reader, "annealingScale", 0),
            Momentum = Number(reader, "momentum", LeastNumber, 1 - LeastNumber),
        },
        LawKind.MultiPower => new MultiPowerLaw
        {
            ColdLoss = Number(reader, "coldLoss", 0),
            RiverScale = Number(reader, "riverScale", 0),
            RiverExponent = Number(reader, "riverExponent", 0),
            HeatCapacity = Number(reader, "heatCapacity", 0),
            Speed = Number(reader, "speed", LeastNumber, 1 / LeastNumber),
            Tail = Number(reader, "tail", LeastNumber, 10),
            RateExponent = Number(reader, "rateExponent", 0, 3),
        },
        LawKind.FunctionalScaling => new FunctionalScalingLaw
        {
            ColdLoss = Number(reader, "coldLoss", 0),
            RiverScale = Number(reader, "riverScale", 0),
            RiverExponent = Number(reader, "riverExponent", 0),
            HeatCapacity = Number(reader, "heatCapacity", 0),
            EarlyCapacity = Number(reader, "earlyCapacity", 0),
            Speed = Number(reader, "speed", LeastNumber, 1 / LeastNumber),
            Tail = Number(reader, "tail", LeastNumber, 10),
        },
        LawKind.PeakTransfer => new PeakTransferLaw
        {
            ColdLoss = Number(reader, "coldLoss", 0),
            RiverScale = Number(reader, "riverScale", 0),
            RiverExponent = Number(reader, "riverExponent", 0),
            ReferenceRate = Number(reader, "referenceRate", ScheduleSpec.SmallestPositiveRate),
            Knee = Number(reader, "knee", ScheduleSpec.SmallestPositiveRate),
            IsKneeFitted = reader.Boolean("isKneeFitted") ?? false,
            WeightDecay = Number(reader, "weightDecay", 0),
            Modes = ReadModes(reader, kind),
        },
        _ => new RiverValleyLaw(kind)
        {
            ColdLoss = Number(reader, "coldLoss", 0),
            RiverScale = Number(reader, "riverScale", 0),
            RiverExponent = Number(reader, "riverExponent", 0),
            ReferenceRate = Number(reader, "referenceRate", ScheduleSpec.SmallestPositiveRate),
            ClockExponent = Number(reader, "clockExponent", 0, 10),
            BathExponent = Number(reader, "bathExponent", 0, 10),
            Modes = ReadModes(reader, kind),
        },
    };

    private static void WriteRiver(Utf8JsonWriter writer, double coldLoss, double scale, double exponent)
    {
        writer.WriteNumber("coldLoss"u8, coldLoss);
        writer.WriteNumber("riverScale"u8, scale);
        writer.WriteNumber("riverExponent"u8, exponent);
    }

    // A mode in equilibrium has no rate to write.
    private static void WriteModes(Utf8JsonWriter writer, LawKind kind, ImmutableArray<ValleyMode> modes)
    {
        writer.WriteStartArray("modes"u8);
        foreach (var mode in modes)
        {
            writer.WriteStartObject();
            if (kind is not LawKind.Equilibrium)
            {
                writer.WriteNumber("coolingRate"u8, mode.CoolingRate);
            }

            writer.WriteNumber("heat"u8, mode.Heat);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ImmutableArray<ValleyMode> ReadModes(StrictJsonObject reader, LawKind kind)
    {
        var modes = ImmutableArray.CreateBuilder<ValleyMode>();
        foreach (var (item, path) in reader.Array("modes", MaximumModes))
        {
            StrictJsonObject mode = new(item, path, reader.Problems);
            var rate = kind is LawKind.Equilibrium ? double.PositiveInfinity : Number(mode, "coolingRate", 0);
            modes.Add(new(rate, Number(mode, "heat", 0)));
            mode.End();
        }

        if (kind is LawKind.Newton or LawKind.Equilibrium && modes.Count != 1)
        {
            reader.Report("modes", $"This law has one mode; there are {modes.Count}.");
        }

        return modes.ToImmutable();
    }

    private static double Number(StrictJsonObject reader, string field, double low, double high = double.MaxValue)
    {
        if (reader.Number(field) is not { } value)
        {
            return low;
        }

        if (value < low || value > high)
        {
            reader.Report(field, high == double.MaxValue
                ? FormattableString.Invariant($"It must be at least {low}, but is {value}.")
                : FormattableString.Invariant($"It must be from {low} to {high}, but is {value}."));
        }

        return value;
    }
}
