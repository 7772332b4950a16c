using System.CommandLine;
using Ntl.Domain.Laboratory;
using Ntl.Training.Lab;
using Ntl.Training.Runs;

namespace Ntl.Training.Commands;

/// <summary><c>ntl-train lab</c>: runs cards of the river–valley laboratory and judges their claims.</summary>
internal static class LabCommand
{
    public static Command Create()
    {
        Argument<string[]> cards = new("card") { Description = "Ids of cards; none lists them.", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> all = new("--all") { Description = "Every card." };
        Option<bool> json = new("--json") { Description = "JSON: a line for each card, then one last line with all rows." };
        Option<bool> markdown = new("--markdown") { Description = "A Markdown table." };
        Option<string[]> set = new("--set") { Description = "knob=value, for every named card that has the knob. May be given again." };
        Option<DirectoryInfo?> plots = new("--plots") { Description = "Where to write every plot as SVG." };
        Command command = new("lab", "Runs experiments of the river–valley laboratory and judges the theory's claims.") { cards, all, json, markdown, set, plots };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new LabSession(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken),
            parsed.GetValue(all) ? [.. LabCards.All.Select(card => card.Id)] : parsed.GetValue(cards) ?? [],
            parsed.GetValue(set) ?? [],
            parsed.GetValue(json) ? LabFormat.Json : parsed.GetValue(markdown) ? LabFormat.Markdown : LabFormat.Text,
            parsed.GetValue(plots))));
        return command;
    }

    private static int Run(LabSession session, string[] cards, string[] settings, LabFormat format, DirectoryInfo? plots)
    {
        if (cards.Length == 0)
        {
            session.List();
            return TrainerExitCode.Finished;
        }

        return session.Read(cards, settings) is not { } planned ? TrainerExitCode.Usage
            : session.Run(planned, format, plots) ? TrainerExitCode.Finished
            : TrainerExitCode.Failed;
    }
}
