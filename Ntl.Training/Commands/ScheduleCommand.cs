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
        var (file, from) = Source();
        Command command = new("import", "Prints a schedule as Ntl's own JSON, and on standard error how its source counts steps.") { file, from };
        command.SetAction(parsed => Run(parsed, file, from, (outcome, schedule) =>
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
        var (file, from) = Source();
        Option<ExportFormat> to = new("--to") { Description = "pytorch, optax, huggingface, csharp, csv, json or svg.", Required = true };
        Command command = new("export", "Prints a schedule in another form.") { file, from, to };
        command.SetAction(parsed => Run(parsed, file, from, (_, schedule) => parsed.InvocationConfiguration.Output.Write(ScheduleExport.Write(schedule, parsed.GetValue(to)).Text)));
        return command;
    }

    private static Command Show()
    {
        var (file, from) = Source();
        Command command = new("show", "Says what a schedule is.") { file, from };
        command.SetAction(parsed => Run(parsed, file, from, (_, schedule) =>
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

    private static (Argument<FileInfo> File, Option<ImportFormat?> From) Source() =>
        (new("file") { Description = "The schedule." }, new("--from") { Description = "huggingface, pytorch, optax, csv or json; recognised without it." });

    private static int Run(ParseResult parsed, Argument<FileInfo> file, Option<ImportFormat?> from, Action<ImportOutcome, ScheduleSpec> act)
    {
        string text;
        try
        {
            text = File.ReadAllText(parsed.GetValue(file)!.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
            return TrainerExitCode.Usage;
        }

        var outcome = ScheduleImport.Read(text, parsed.GetValue(from));
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
}
