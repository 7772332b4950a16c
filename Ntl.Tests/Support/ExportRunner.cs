using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;

namespace Ntl.Tests.Support;

/// <summary>Runs exported schedules as their users would: Python by Debian's python3, C# compiled by the SDK's compiler.</summary>
internal static class ExportRunner
{
    private const string Python = "/usr/bin/python3";

    // In place of what Debian does not serve, or what a test should not need: as much of each library as the exported files touch. LambdaLR is PyTorch's: base rate times factor.
    private static readonly (string Path, string Text)[] s_libraries =
    [
        ("torch/__init__.py", ""),
        ("torch/optim/__init__.py", ""),
        ("torch/optim/lr_scheduler.py", """
            class LambdaLR:
                def __init__(self, optimizer, lr_lambda, last_epoch=-1):
                    self.optimizer, self.lr_lambda, self.last_epoch = optimizer, lr_lambda, last_epoch
                    for group in optimizer.param_groups:
                        group.setdefault("initial_lr", group["lr"])
                    self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]
                    self.step()

                def step(self):
                    self.last_epoch += 1
                    for group, base in zip(self.optimizer.param_groups, self.base_lrs):
                        group["lr"] = base * self.lr_lambda(self.last_epoch)
            """),
        ("transformers.py", """
            class Trainer:
                def __init__(self, optimizer):
                    self.optimizer, self.lr_scheduler = optimizer, None
            """),
        ("jax.py", """
            class core:
                class Tracer:
                    pass
            """),
        ("numpy.py", ""),
        ("run.py", """
            import importlib, struct, sys, types
            for line in open("wishes.txt", encoding="utf-8"):
                module, way, steps = line.split()
                module = importlib.import_module(module)
                if way == "function":
                    rates = [module.learning_rate(int(step)) for step in steps.split(",")]
                elif way == "optax":
                    rates = [module.schedule(step) for step in range(int(steps))]
                else:
                    groups = [{"lr": 0.3, "initial_lr": 0.7}, {"lr": 5e-5}]
                    optimizer = types.SimpleNamespace(param_groups=groups)
                    if way == "trainer":
                        made = module.ScheduledTrainer(optimizer).create_scheduler(int(steps))
                    else:
                        made = module.schedule(optimizer)
                    rates = []
                    for _ in range(int(steps)):
                        assert groups[0]["lr"] == groups[1]["lr"]
                        rates.append(groups[0]["lr"])
                        made.step()
                sys.stdout.buffer.write(struct.pack("<%dd" % len(rates), *rates))
            """),
    ];

    /// <summary>Runs Python modules, in one process.</summary>
    /// <param name="wishes">For each a module's file name and text, the way to call it (function, optax, scheduler, trainer), and steps to call it at, or their number.</param>
    /// <param name="cancellationToken">Ends Python.</param>
    /// <returns>All rates, one after another.</returns>
    public static async Task<double[]> RunPythonAsync(IEnumerable<(string Name, string Text, string Way, string Steps)> wishes, CancellationToken cancellationToken)
    {
        using var directory = new TemporaryDirectory();
        var lines = new StringBuilder();
        foreach (var (name, text, way, steps) in wishes)
        {
            directory.Write(name, Encoding.UTF8.GetBytes(text));
            lines.Append(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(name)} {way} {steps}\n");
        }

        foreach (var (path, text) in s_libraries)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory[path])!);
            directory.Write(path, Encoding.UTF8.GetBytes(text));
        }

        directory.Write("wishes.txt", Encoding.UTF8.GetBytes(lines.ToString()));
        var output = await RunAsync(Python, ["run.py"], directory.Root, cancellationToken);
        return MemoryMarshal.Cast<byte, double>(output).ToArray();
    }

    /// <summary>Compiles C# files into one assembly, and loads it.</summary>
    public static async Task<Assembly> CompileAsync(IEnumerable<(string Name, string Text)> files, CancellationToken cancellationToken)
    {
        using var directory = new TemporaryDirectory();
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = new DirectoryInfo(runtime).Parent!.Parent!.Parent!;
        var compiler = dotnet.GetDirectories("sdk").Single().EnumerateFiles("csc.dll", SearchOption.AllDirectories).First(file => file.DirectoryName!.Contains("bincore", StringComparison.Ordinal));
        List<string> arguments = ["exec", compiler.FullName, "-nologo", "-target:library", "-nowarn:CS8981,CS0219", "-langversion:12", "-optimize+", "-nostdlib+", "-out:exported.dll", $"-r:{Path.Combine(runtime, "System.Private.CoreLib.dll")}", $"-r:{Path.Combine(runtime, "System.Runtime.dll")}"];
        foreach (var (name, text) in files)
        {
            arguments.Add(directory.Write(name, Encoding.UTF8.GetBytes(text)));
        }

        await RunAsync(Path.Combine(dotnet.FullName, "dotnet"), arguments, directory.Root, cancellationToken);
        using var stream = new MemoryStream(await File.ReadAllBytesAsync(directory["exported.dll"], cancellationToken));
        return AssemblyLoadContext.Default.LoadFromStream(stream);
    }

    private static async Task<byte[]> RunAsync(string program, IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken, [CallerMemberName] string what = "")
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"{what}: {await errors}{Encoding.UTF8.GetString(output.ToArray().AsSpan(0, (int)Math.Min(output.Length, 2000)))}");
        return output.ToArray();
    }
}
