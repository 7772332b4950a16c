using System.CommandLine;
using System.Globalization;
using Ntl.Domain.Schedules;
using Ntl.Domain.Schedules.Interchange;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train schedule import|export|show FILE</c>: schedules from and for other programs.</summary>
internal static class ScheduleCommand
{
    private const int ShownSteps = 11;

    public static Command Create() => new("schedule", "Reads schedules of other libraries and writes them as code, tables and drawings.") { Import(), Export(), Show() };

    private static Command Import()
    {
        var source = new ScheduleSource();
        Command command = new("import", "Prints a schedule as Ntl's own JSON, and on standard error how its source counts steps.") { source.File, source.From, source.Rate, source.Steps };
        command.SetAction(parsed => Run(parsed, source, (outcome, schedule) =>
        {
            foreach (var note in outcome.Notes)
            {
                parsed.InvocationConfiguration.Error.WriteLine(note);
            }

            parsed.InvocationConfiguration.Output.WriteLine(schedule.CanonicalJson);
        }));
        return command;
    }

    private static Command Export()
    {
        var source = new ScheduleSource();
        Option<ExportFormat> to = new("--to") { Description = "pytorch, optax, huggingface, csharp, csv, json or svg.", Required = true };
        Command command = new("export", "Prints a schedule in another form.") { source.File, source.From, source.Rate, source.Steps, to };
        command.SetAction(parsed => Run(parsed, source, (_, schedule) => parsed.InvocationConfiguration.Output.Write(ScheduleExport.Write(schedule, parsed.GetValue(to)).Text)));
        return command;
    }

    private static Command Show()
    {
        var source = new ScheduleSource();
        Command command = new("show", "Says what a schedule is.") { source.File, source.From, source.Rate, source.Steps };
        command.SetAction(parsed => Run(parsed, source, (_, schedule) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine(schedule.Description);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{schedule.TotalSteps} steps, peak {RateText.Format(schedule.Peak)}, η_min {RateText.Format(schedule.Minimum)}, D = {schedule.IntrinsicTime:G6}, hash {schedule.Hash.Short}"));
            foreach (var point in schedule.Sample(ShownSteps))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{point.Step,12}  {RateText.Format(point.Rate)}"));
            }
        }));
        return command;
    }

    private static int Run(ParseResult parsed, ScheduleSource source, Action<ImportOutcome, ScheduleSpec> act)
    {
        string text;
        try
        {
            text = File.ReadAllText(parsed.GetValue(source.File)!.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
            return TrainerExitCode.Usage;
        }

        var outcome = ScheduleImport.Read(text, parsed.GetValue(source.From), new(parsed.GetValue(source.Rate), parsed.GetValue(source.Steps)));
        if (outcome.Schedule is not { } schedule)
        {
            foreach (var problem in outcome.Problems)
            {
                parsed.InvocationConfiguration.Error.WriteLine(problem.Path.Length == 0 ? problem.Message : $"{problem.Path}: {problem.Message}");
            }

            return TrainerExitCode.Failed;
        }

        act(outcome, schedule);
        return TrainerExitCode.Finished;
    }

    // Which schedule is read, and what the file does not say of it.
    private sealed class ScheduleSource
    {
        public Argument<FileInfo> File { get; } = new("file") { Description = "The schedule: JSON, Python code that makes a scheduler, or rows of step and rate." };

        public Option<ImportFormat?> From { get; } = new("--from") { Description = "huggingface, pytorch, optax, python, csv or json; recognised without it." };

        public Option<double?> Rate { get; } = new("--lr") { Description = "The optimizer's learning rate, where the file does not say it." };

        public Option<long?> Steps { get; } = new("--steps") { Description = "The number of updates, where the file does not say it." };
    }
}
