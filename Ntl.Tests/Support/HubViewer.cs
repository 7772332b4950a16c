using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Ntl.Tests.Support;

/// <summary>A viewer outside the pages: speaks the hub's wire protocol (SignalR, JSON) over a plain WebSocket.</summary>
public sealed class HubViewer : IDisposable
{
    private const char EndOfMessage = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _received = new();

    public async Task ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(new Uri($"ws://{server.Authority}/hubs/runs"), cancellationToken);
        await SendAsync("""{"protocol":"json","version":1}""", cancellationToken);
        var answer = await ReceiveAsync(cancellationToken);
        Assert.Equal("{}", answer);
    }

    /// <summary>Streams a run's points until the server or the token ends it.</summary>
    public async IAsyncEnumerable<HubUpdate> WatchAsync(
        string run, IReadOnlyList<string> keys, string? cursor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await SendAsync(JsonSerializer.Serialize(new { type = 4, invocationId = "1", target = "Watch", arguments = new object?[] { run, keys, null, cursor } }), cancellationToken);
        while (true)
        {
            using var message = JsonDocument.Parse(await ReceiveAsync(cancellationToken));
            switch (message.RootElement.GetProperty("type").GetInt32())
            {
                case 2:
                    var item = message.RootElement.GetProperty("item");
                    yield return new HubUpdate(
                        item.GetProperty("run").GetProperty("status").GetString()!,
                        item.GetProperty("cursor").GetString()!,
                        item.GetProperty("mustReload").GetBoolean(),
                        Decode(item.GetProperty("points").GetBytesFromBase64()));
                    break;
                case 3:
                    throw new InvalidOperationException(message.RootElement.GetProperty("error").GetString());
                default:
                    break; // pings
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private static List<HubPoint> Decode(byte[] bytes)
    {
        List<HubPoint> points = [];
        if (bytes.Length == 0)
        {
            return points;
        }

        var at = 2;
        for (var series = BinaryPrimitives.ReadUInt16LittleEndian(bytes); series > 0; series--)
        {
            var key = Encoding.UTF8.GetString(bytes, at + 1, bytes[at]);
            at += 1 + bytes[at];
            var attempt = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 12));
            var first = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at + 16));
            at += 24;
            for (var i = 0; i < count; i++)
            {
                var step = (long)first + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + (4 * i)));
                points.Add(new HubPoint(key, attempt, step, BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at + (4 * count) + (8 * i)))));
            }

            at += 12 * count;
        }

        return points;
    }

    private Task SendAsync(string message, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 << 10];
        while (true)
        {
            var text = _received.ToString();
            if (text.IndexOf(EndOfMessage, StringComparison.Ordinal) is >= 0 and var end)
            {
                _received.Remove(0, end + 1);
                return text[..end];
            }

            var received = await _socket.ReceiveAsync(buffer, cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException("The server closed the connection.");
            }

            _received.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }
}
