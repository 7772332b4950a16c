using System.CommandLine;
using Ntl.Training.Commands;
using Ntl.Training.Tuning;

ProcessTuning.Apply();
RootCommand root = new("Trains GPTs for Ntl: a run's spec in, journal and checkpoints out.")
{
    RunCommand.Create(),
    TrainCommand.Create(),
    SampleCommand.Create(),
    DataCommand.Create(),
    DoctorCommand.Create(),
    LabCommand.Create(),
    ScheduleCommand.Create(),
    LawsCommand.Create(),
    ReportCommand.Create(),
    BenchStepCommand.Create(),
    BenchProbesCommand.Create(),
};
return root.Parse(args).Invoke();
