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
return await root.Parse(args).InvokeAsync();
