using System.Diagnostics;

namespace Ntl.Bench.Burst;

/// <summary>
/// Asks a server for its health again and again from a thread of its own, and times each answer; beside it, how late the machine itself
/// lets a thread run.
/// </summary>
/// <remarks>The load test compiles this file too.</remarks>
internal sealed class HealthProbe : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _client;
    private readonly List<double> _milliseconds = [];
    private readonly List<string> _failures = [];
    private readonly Thread _asking;
    private readonly Thread _waiting;
    private double _longestStall;
    private volatile bool _isOver;

    public HealthProbe(Uri address)
    {
        // A connection of its own: those of the burst may be taken.
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _asking = new Thread(Ask) { IsBackground = true };
        _waiting = new Thread(Wait) { IsBackground = true };
        _asking.Start();
        _waiting.Start();
    }

    /// <summary>Times of the answers, ms; read after <see cref="Stop"/>.</summary>
    public IReadOnlyList<double> Milliseconds => _milliseconds;

    /// <summary>Answers that were not "ok".</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>The longest that a thread which wanted to run for a moment was kept from it, ms: no server can answer sooner.</summary>
    public double LongestStall => _longestStall;

    public void Stop()
    {
        _isOver = true;
        _asking.Join();
        _waiting.Join();
    }

    public void Dispose()
    {
        Stop();
        _client.Dispose();
    }

    private void Ask()
    {
        while (!_isOver)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/health");
                using var answer = _client.Send(request);
                if (!answer.IsSuccessStatusCode)
                {
                    _failures.Add(answer.StatusCode.ToString());
                }
            }
            catch (HttpRequestException exception)
            {
                _failures.Add(exception.Message);
            }

            _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Thread.Sleep(s_pause);
        }
    }

    private void Wait()
    {
        while (!_isOver)
        {
            var start = Stopwatch.GetTimestamp();
            Thread.Sleep(s_pause);
            _longestStall = Math.Max(_longestStall, (Stopwatch.GetElapsedTime(start) - s_pause).TotalMilliseconds);
        }
    }
}
