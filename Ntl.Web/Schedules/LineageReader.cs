using Microsoft.EntityFrameworkCore;
using Ntl.Web.Persistence;

namespace Ntl.Web.Schedules;

/// <summary>Reads a schedule's family, one statement a generation. A fork's parent is older than it and never changes, so there is no circle.</summary>
internal static class LineageReader
{
    private const int MostShown = 500;

    public static async Task<ScheduleLineage?> ReadAsync(NtlDbContext context, string id, CancellationToken cancellationToken)
    {
        // Up first: the own line is always whole.
        List<ScheduleEntity> family = [];
        for (var next = id; next is not null;)
        {
            if (await context.Schedules.SingleOrDefaultAsync(schedule => schedule.Id == next, cancellationToken) is not { } found)
            {
                return null;
            }

            family.Insert(0, found);
            next = found.ForkOfId;
        }

        var known = family.Select(schedule => schedule.Id).ToHashSet(StringComparer.Ordinal);
        var isWhole = true;
        for (List<string> generation = [family[0].Id]; generation.Count > 0;)
        {
            var parents = generation;
            var forks = await context.Schedules
                .Where(schedule => parents.Contains(schedule.ForkOfId!))
                .OrderBy(schedule => schedule.CreatedTicks).ThenBy(schedule => schedule.Id)
                .Take(MostShown + 1)
                .ToListAsync(cancellationToken);
            var room = Math.Max(0, MostShown - family.Count);
            var added = forks.Where(fork => !known.Contains(fork.Id)).Take(room).ToList();
            isWhole &= forks.TrueForAll(fork => known.Contains(fork.Id) || added.Contains(fork));
            family.AddRange(added);
            known.UnionWith(added.Select(fork => fork.Id));
            generation = [.. forks.Where(fork => known.Contains(fork.Id)).Select(fork => fork.Id)];
        }

        return new ScheduleLineage(Tree(family), isWhole);
    }

    private static List<LineageNode> Tree(List<ScheduleEntity> family)
    {
        List<LineageNode> nodes = [];
        var forks = family.Where(schedule => schedule.ForkOfId is not null)
            .OrderBy(schedule => schedule.CreatedTicks).ThenBy(schedule => schedule.Id, StringComparer.Ordinal)
            .ToLookup(schedule => schedule.ForkOfId!, StringComparer.Ordinal);
        // Not by recursion: a line may be as long as people like.
        var waiting = new Stack<(ScheduleEntity Schedule, int Depth)>([(family[0], 0)]);
        while (waiting.TryPop(out var next))
        {
            var (schedule, depth) = next;
            nodes.Add(new LineageNode(
                schedule.Id, schedule.Name, schedule.Owner, ScheduleRows.ForkOf(schedule.ForkOfId, schedule.ForkOfVersion), schedule.CurrentVersion, schedule.ArchivedTicks is not null, depth));
            foreach (var fork in forks[schedule.Id].Reverse())
            {
                waiting.Push((fork, depth + 1));
            }
        }

        return nodes;
    }
}
