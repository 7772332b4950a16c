using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ntl.Domain.Schedules;

/// <summary>The fields of each kind of phase, in their canonical order.</summary>
internal static class PhaseJson
{
    private static readonly Dictionary<string, Func<StrictJsonObject, SchedulePhase>> s_readers = new(StringComparer.Ordinal)
    {
        [ConstantRate.KindName] = json => new ConstantRate(json.Steps(), json.Rate("rate")),
        [LinearRamp.KindName] = json => new LinearRamp(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [LinearDecay.KindName] = json => new LinearDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [CosineDecay.KindName] = json => new CosineDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [OneMinusSquareRootDecay.KindName] = json => new OneMinusSquareRootDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [ExponentialDecay.KindName] = json => new ExponentialDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [HyperbolicDecay.KindName] = json => new HyperbolicDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [InverseSquareRootDecay.KindName] = json => new InverseSquareRootDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate")),
        [PolynomialDecay.KindName] = json => new PolynomialDecay(json.Steps(), json.Rate("startRate"), json.Rate("endRate"), json.Rate("power")),
        [StepDecay.KindName] = json => new StepDecay(json.Steps(), json.Rate("startRate"), json.Rate("floorRate"), json.Rate("factor"), json.Steps("everySteps")),
        [PiecewisePoints.KindName] = json => new PiecewisePoints(ReadPoints(json)),
        [ExpressionPhase.KindName] = json => new ExpressionPhase(json.Steps(), json.Text("formula") ?? "0", json.Object("constants")?.Numbers()),
        [FirstSteps.KindName] = ReadFirstSteps,
    };

    public static void Write(Utf8JsonWriter writer, SchedulePhase phase)
    {
        if (phase is PiecewisePoints piecewise)
        {
            WritePoints(writer, piecewise);
            return;
        }

        writer.WriteNumber("steps"u8, phase.Steps);
        switch (phase)
        {
            case ConstantRate constant:
                WriteRate(writer, "rate"u8, constant.Rate);
                break;
            case LinearRamp ramp:
                WriteRate(writer, "startRate"u8, ramp.StartRate);
                WriteRate(writer, "endRate"u8, ramp.EndRate);
                break;
            case StepDecay step:
                WriteRate(writer, "startRate"u8, step.StartRate);
                WriteRate(writer, "floorRate"u8, step.FloorRate);
                WriteRate(writer, "factor"u8, step.Factor);
                writer.WriteNumber("everySteps"u8, step.EverySteps);
                break;
            case ExpressionPhase expression:
                WriteExpression(writer, expression);
                break;
            case FirstSteps first:
                writer.WriteStartObject("of"u8);
                writer.WriteString("kind"u8, first.Of.Kind);
                Write(writer, first.Of);
                writer.WriteEndObject();
                break;
            case RateDecay decay:
                WriteRate(writer, "startRate"u8, decay.StartRate);
                WriteRate(writer, "endRate"u8, decay.EndRate);
                break;
        }

        if (phase is PolynomialDecay polynomial)
        {
            WriteRate(writer, "power"u8, polynomial.Power);
        }
    }

    /// <summary>A phase, or null when a problem was reported.</summary>
    public static SchedulePhase? Read(StrictJsonObject json)
    {
        var problemsBefore = json.Problems.Count;
        var kind = json.Text("kind");
        if (kind is null)
        {
            return null;
        }

        if (!s_readers.TryGetValue(kind, out var read))
        {
            json.Report("kind", $"There is no kind of phase called '{kind}'; there are {string.Join(", ", s_readers.Keys)}.");
            return null;
        }

        var phase = read(json);
        json.End();
        return json.Problems.Count == problemsBefore ? phase : null;
    }

    // Where the whole phase has problems, one was reported and the phase made here is never used.
    private static FirstSteps ReadFirstSteps(StrictJsonObject json)
    {
        var steps = json.Steps();
        return new FirstSteps(steps, json.Object("of") is { } whole && Read(whole) is { } phase ? phase : new ConstantRate(steps, 0));
    }

    private static ImmutableArray<RatePoint> ReadPoints(StrictJsonObject json)
    {
        var points = ImmutableArray.CreateBuilder<RatePoint>();
        foreach (var (item, path) in json.Array("points", PiecewisePoints.MaximumPoints))
        {
            var point = new StrictJsonObject(item, path, json.Problems);
            points.Add(new(point.Steps("step"), point.Rate("rate")));
            point.End();
        }

        return points.DrainToImmutable();
    }

    private static void WritePoints(Utf8JsonWriter writer, PiecewisePoints piecewise)
    {
        writer.WriteStartArray("points"u8);
        foreach (var point in piecewise.Points)
        {
            writer.WriteStartObject();
            writer.WriteNumber("step"u8, point.Step);
            WriteRate(writer, "rate"u8, point.Rate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteExpression(Utf8JsonWriter writer, ExpressionPhase expression)
    {
        // A plus sign stays a plus sign, whatever the writer's own escaping: the text is the schedule's identity.
        writer.WriteString("formula"u8, JsonEncodedText.Encode(expression.Formula, JavaScriptEncoder.UnsafeRelaxedJsonEscaping));
        writer.WriteStartObject("constants"u8);
        foreach (var (name, value) in expression.Constants)
        {
            writer.WriteNumber(name, value + 0.0);
        }

        writer.WriteEndObject();
    }

    // Adding 0 turns −0 into 0: equal schedules have one text.
    private static void WriteRate(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double rate) => writer.WriteNumber(name, rate + 0.0);
}
