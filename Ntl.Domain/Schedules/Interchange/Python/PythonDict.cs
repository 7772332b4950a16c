using System.Globalization;
using System.Text.Json.Nodes;

namespace Ntl.Domain.Schedules.Interchange.Python;

/// <summary>Reads a dict literal.</summary>
internal static class PythonDict
{
    /// <summary>The same as JSON; null where the text is anything else, or not constant.</summary>
    public static JsonNode? ToJson(string text)
    {
        try
        {
            return PythonText.ValueOf(text) is PythonValue.Table table && IsConstant(table) ? Convert(table) : null;
        }
        catch (PythonReadException)
        {
            return null;
        }
    }

    private static bool IsConstant(PythonValue value) => value switch
    {
        PythonValue.Sequence list => list.Items.All(IsConstant),
        PythonValue.Table table => table.Items.All(item => item.Key is PythonValue.Text or PythonValue.Number { IsWhole: true } && IsConstant(item.Value)),
        PythonValue.Call { ShortName: "Counter", Arguments: [(null, PythonValue.Table table)] } => IsConstant(table),
        _ => value is not (PythonValue.Call or PythonValue.Unknown),
    };

    private static JsonNode? Convert(PythonValue value)
    {
        switch (value)
        {
            case PythonValue.Number { IsWhole: true } whole:
                return JsonValue.Create((long)whole.Value);
            case PythonValue.Number number:
                return JsonValue.Create(number.Value);
            case PythonValue.Text text:
                return JsonValue.Create(text.Value);
            case PythonValue.Flag flag:
                return JsonValue.Create(flag.Value);
            case PythonValue.Sequence list:
                return new JsonArray([.. list.Items.Select(Convert)]);
            case PythonValue.Call call:
                return Convert(call.Arguments[0].Value); // a Counter, as in a MultiStepLR's state
            case PythonValue.Table table:
                var json = new JsonObject();
                foreach (var (key, item) in table.Items)
                {
                    json[key is PythonValue.Text name ? name.Value : ((long)((PythonValue.Number)key).Value).ToString(CultureInfo.InvariantCulture)] = Convert(item);
                }

                return json;
            default:
                return null;
        }
    }
}
