#!/usr/bin/env bash
# The first record of an event file by TorchSharp's SummaryWriter lies billions of years in the future.
#
# TorchSharp 0.107.0 with libtorch 2.10.0 for the CPU, .NET 10, Debian 12.
# The wall time of the version record, and the number in the file's name, are .NET ticks (100 ns since the year 1); those of the
# scalars are seconds since 1970, as the format has it, cut to whole seconds.
# Surprise: a reader that takes a run's start, its order or relative time from the first record or the name is off by 10^17 seconds.
# Expected by TensorBoard's event.proto ("Timestamp of the event", seconds) and by its own scalars: about now in each record.
# Seen: 6.39e17 in the first record and in the name.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

torchsharp <<'CS'
var writer = utils.tensorboard.SummaryWriter("runs");
for (var step = 0; step < 3; step++)
{
    writer.add_scalar("loss", 1f / (step + 1), step);
}

var file = Directory.GetFiles("runs").Single();
Console.WriteLine("number in the name: " + Kind(double.Parse(Path.GetFileName(file).Split('.')[3])));
var bytes = File.ReadAllBytes(file);
for (int at = 0, record = 0; at < bytes.Length; record++)
{
    // Length, its checksum, the event, its checksum; an event begins with the tag of wall_time and a double.
    var length = (int)BitConverter.ToUInt64(bytes, at);
    Console.WriteLine($"record {record}: " + Kind(BitConverter.ToDouble(bytes, at + 13)));
    at += 12 + length + 4;
}

static string Kind(double time) =>
    Math.Abs(time - DateTime.UtcNow.Ticks) < TimeSpan.TicksPerHour ? "now in .NET ticks"
    : Math.Abs(time - DateTimeOffset.UtcNow.ToUnixTimeSeconds()) < 3600 ? "now in seconds since 1970"
    : "another time";
CS

seen <<'TXT'
number in the name: now in .NET ticks
record 0: now in .NET ticks
record 1: now in seconds since 1970
record 2: now in seconds since 1970
record 3: now in seconds since 1970
TXT
