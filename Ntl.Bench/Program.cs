using System.CommandLine;
using Ntl.Bench.Burst;
using Ntl.Bench.Compare;
using Ntl.Bench.Ingest;
using Ntl.Bench.Lab;
using Ntl.Bench.Live;
using Ntl.Bench.Page;
using Ntl.Bench.Probes;
using Ntl.Bench.Training;

RootCommand root = new("Measures Ntl beside its peers: a table, then one last line of JSON.")
{
    TrainingBench.Command(),
    IngestBench.Command(),
    LiveBench.Command(),
    PageBench.Command(),
    LabBench.Command(),
    ProbesBench.Command(),
    CompareBench.Command(),
    BurstBench.Command(),
};
// What a test iterates over, so that every benchmark of the list above is tried.
Command list = new("list", "Names the benchmarks, one a line.");
list.SetAction(_ =>
{
    foreach (var bench in root.Subcommands.Where(command => command != list))
    {
        Console.WriteLine(bench.Name);
    }
});
root.Subcommands.Add(list);
return await root.Parse(args).InvokeAsync();
